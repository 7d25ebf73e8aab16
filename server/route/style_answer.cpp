#include "server/route/style_answer.hpp"

#include "server/route/cache_words.hpp"
#include "server/route/parameters.hpp"
#include "tiler/core/version.hpp"

#include <utility>

namespace relief::route {
namespace {

http::Response picture_answer(const http::Request& request,
                              const service::VisibleStyle& style,
                              const cache::CachedTile& tile) {
    http::Response response;
    response.content_type = tile.media_type;
    response.body = tile.bytes;
    response.etag = tile.etag;
    response.last_modified = tile.modified;
    const bool passing = tile.stale || tile.incomplete;
    response.cache_control = passing ? "no-store" : cache_control(request, style);
    if (tile.coarser) tell_degraded(response);
    if (tile.empty) response.headers.emplace_back("X-Relief-Empty", "1");
    return response;
}

}  // namespace

Result<service::VisiblePointer> find_style(const House& house, const http::Request& request) {
    auto style = house.styles.find(request.capture("id"), request.audience);
    if (!style && !house.catalogue.ready()) return not_ready(house);
    return style;
}

Result<service::StyleWish> style_wish(const service::VisiblePointer& style,
                                      const http::Request& request,
                                      const std::vector<std::string_view>& others) {
    std::vector<std::string_view> names{"v", "format"};
    names.insert(names.end(), others.begin(), others.end());
    if (auto known = check_known(request, names); !known) return known.error();
    const auto format = parse_format(request);
    if (!format) return format.error();
    return service::StyleWish{style, *format, request.audience, request.deadline};
}

std::string cache_control(const http::Request& request, const service::VisibleStyle& style) {
    const bool current = request.query.find("v") == style.version;
    return current ? "public, max-age=31536000, immutable" : "public, max-age=60";
}

std::optional<http::Response> unchanged_picture(const http::Request& request,
                                                const service::StyleWish& wish,
                                                const std::function<cache::TileKey()>& key) {
    const auto header = request.header("if-none-match");
    if (!header) return std::nullopt;
    cache::CachedTile tile;
    tile.etag = fingerprint(key().text());
    tile.modified = wish.style->modified;
    if (header->find("\"" + tile.etag + "\"") == std::string_view::npos) return std::nullopt;
    return picture_answer(request, *wish.style, tile);
}

service::TileCallback answer_with_picture(const House& house,
                                          const std::shared_ptr<const http::Request>& request,
                                          const http::Responder& respond,
                                          const service::VisiblePointer& style) {
    return [&house, request, respond, style](const service::TileAnswer& answer) {
        if (!answer.tile) return respond(http::problem(answer.tile.error()));
        const cache::CachedTile& tile = **answer.tile;
        house.metrics.tile(tile.stale ? "stale" : cache_metric(answer.origin));
        http::Response response = picture_answer(*request, *style, tile);
        response.headers.emplace_back("X-Cache", tile.stale ? "STALE" : cache_word(answer.origin));
        respond(std::move(response));
    };
}

http::Parameter style_parameter() {
    return {"id",
            "path",
            "Id of a style; /styles lists them.",
            R"({"type":"string","pattern":"^[a-z0-9][a-z0-9_-]{0,63}$"})",
            "base-light"};
}

http::Parameter version_parameter() {
    return {"v",
            "query",
            "Version of the style and its layers, as /styles tells it: with the current one the "
            "answer may be kept for ever.",
            R"({"type":"string"})",
            ""};
}

http::Parameter picture_format_parameter() {
    return {"format",
            "path",
            "png, webp, jpg (white where nothing is drawn), or auto: JPEG where the picture is "
            "opaque, else PNG.",
            R"({"type":"string","enum":["png","webp","jpg","auto"]})",
            "png"};
}

}  // namespace relief::route
