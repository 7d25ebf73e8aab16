#include "server/route/mosaic_parameters.hpp"

#include <chrono>
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

Instant now() {
    return {std::chrono::duration_cast<std::chrono::milliseconds>(
                std::chrono::system_clock::now().time_since_epoch())
                .count()};
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

Result<workspace::MosaicChoice> mosaic_choice(const workspace::Layer& layer,
                                              const http::Request& request) {
    workspace::MosaicChoice choice;
    if (!layer.newest().mosaic) return choice;
    if (const auto text = request.query.find("pick"); text && !text->empty()) {
        const auto pick = parse_pick(*text);
        if (!pick)
            return bad_request("pick \"" + std::string(text->substr(0, 100)) +
                               "\" does not exist; there are " + known_picks());
        choice.pick = *pick;
    }
    const auto time = workspace::parse_time_choice(request.query.find("time").value_or(""),
                                                   request.query.find("max_age").value_or(""));
    if (!time) return time.error();
    choice.span = workspace::span_of(*layer.newest().mosaic, *time, now());
    return choice;
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
