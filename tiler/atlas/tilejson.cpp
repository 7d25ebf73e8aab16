#include "tiler/atlas/tilejson.hpp"

#include "tiler/expression/json_document.hpp"
#include "tiler/stylesheet/problem_list.hpp"

#include <nlohmann/json.hpp>

namespace relief::atlas {
namespace {

/// A member of a TileJSON, by its name.
void take_over(stylesheet::Source& source, const stylesheet::Source& read, std::string_view name) {
    if (name == "tiles") source.tiles = read.tiles;
    if (name == "minzoom") source.minzoom = read.minzoom;
    if (name == "maxzoom") source.maxzoom = read.maxzoom;
    if (name == "bounds") source.bounds = read.bounds;
    if (name == "scheme") source.tms = read.tms;
}

}  // namespace

Result<void> fill_up(stylesheet::Source& source, std::string_view text) {
    const auto json = expression::parse_json(text);
    if (!json) return json.error();
    stylesheet::Json both = *json;
    if (!both.is_object()) return bad_request("its TileJSON is no object");
    for (const char* const kept : {"tiles", "minzoom", "maxzoom", "bounds", "scheme"}) {
        if (stylesheet::find_member(both, kept) == nullptr) continue;
        stylesheet::Json one{{"type", name_of(stylesheet::source_type_names, source.type)},
                             {"tiles", both.value("tiles", stylesheet::Json::array())}};
        one[kept] = both[kept];
        stylesheet::ProblemList problems;
        const auto read = stylesheet::read_source(one, {}, problems);
        if (!read) return bad_request("its TileJSON is broken at \"" + std::string(kept) + "\"");
        take_over(source, *read, kept);
    }
    return {};
}

}  // namespace relief::atlas
