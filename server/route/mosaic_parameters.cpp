#include "server/route/mosaic_parameters.hpp"

#include <string>
#include <vector>

namespace relief::route {
namespace {

std::string known_picks() {
    std::string list;
    for (const std::string_view name : pick_names)
        list += (list.empty() ? "" : ", ") + std::string(name);
    return list;
}

}  // namespace

Result<void> check_layer_drawing(const workspace::Layer& layer,
                                 const http::Request& request,
                                 std::initializer_list<std::string_view> others) {
    if (request.query.items.empty()) return {};
    std::vector<std::string_view> known = style::raster_parameter_names();
    known.insert(known.end(), others);
    if (layer.newest().mosaic) known.emplace_back("pick");
    return check_known(request, known);
}

Result<Pick> asked_pick(const workspace::Layer& layer, const http::Request& request) {
    const auto text = request.query.find("pick");
    if (!layer.newest().mosaic || !text || text->empty()) return Pick::first;
    if (const auto pick = parse_pick(*text)) return *pick;
    return bad_request("pick \"" + std::string(text->substr(0, 100)) +
                       "\" does not exist; there are " + known_picks());
}

void tell_skipped(http::Response& response, const std::string& names) {
    if (!names.empty()) response.headers.emplace_back("X-Relief-Skipped", names);
}

http::Parameter pick_parameter() {
    return {"pick",
            "query",
            "Of a mosaic, what a cell shows: the first scene with data in the mosaic's order, the "
            "newest, the mean, median or largest of all, or their count.",
            R"({"type":"string","enum":["first","newest","mean","median","max","count"]})",
            "newest"};
}

}  // namespace relief::route
