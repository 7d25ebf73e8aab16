// /fonts/{fontstack}/{range}.pbf

#include "server/route/house.hpp"
#include "tiler/core/version.hpp"

namespace relief::route {
namespace {

http::Response serve_glyphs(const House& house, const http::Request& request) {
    const auto bytes = house.glyphs.get(request.capture("fontstack"), request.capture("range"));
    if (!bytes) return http::problem(bytes.error());
    http::Response response;
    response.content_type = "application/x-protobuf";
    response.compressible = true;
    response.body = *bytes;
    response.etag =
        fingerprint({reinterpret_cast<const char*>((*bytes)->data()), (*bytes)->size()});
    // Fonts change when the machine's packages do.
    response.cache_control = "public, max-age=86400";
    return response;
}

}  // namespace

void add_font_routes(http::RouteTable& table, const House& house) {
    table.add({.method = "GET",
               .pattern = "/fonts/{fontstack}/{range}.pbf",
               .summary = "256 characters of a font as fields of distances, for MapLibre GL",
               .tag = "styles",
               .parameters = {{"fontstack",
                               "path",
                               "Names of fonts with commas between, best first; what none of them "
                               "has comes from Noto Sans.",
                               R"({"type":"string","maxLength":256})",
                               "Noto Sans Regular"},
                              {"range",
                               "path",
                               "0-255, 256-511 … 65280-65535.",
                               R"({"type":"string","pattern":"^[0-9]+-[0-9]+$"})",
                               "0-255"}},
               .media_types = {"application/x-protobuf"},
               .handler = on_pool(house, serve_glyphs)});
}

}  // namespace relief::route
