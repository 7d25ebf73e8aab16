#include "server/route/style_answer.hpp"

#include "server/http/status.hpp"
#include "server/route/parameters.hpp"
#include "server/route/tile_answer.hpp"
#include "tiler/core/version.hpp"

#include <utility>

namespace relief::route {
namespace {

/// A 304 where the asker has the picture; else it is drawn.
template <class Order>
void answer_with_picture(const House& house,
                         const std::shared_ptr<const http::Request>& request,
                         const http::Responder& respond,
                         const Order& order) {
    const service::VisiblePointer& style = order.wish.style;
    if (request->header("if-none-match")) {
        cache::CachedTile tile;
        tile.etag = fingerprint(service::key_of(order).text());
        tile.modified = style->modified;
        if (already_has(*request, tile.etag))
            return respond(tile_answer(tile, cache_control(*request, *style)));
    }
    house.drawing.get(order, [&house, request, respond, style](const service::TileAnswer& answer) {
        if (!answer.tile) return respond(http::problem(answer.tile.error()));
        http::Response response = tile_answer(**answer.tile, cache_control(*request, *style));
        tell_origin(house, response, answer);
        respond(std::move(response));
    });
}

/// For an answer that is no error.
http::Responder telling_time(const http::Responder& respond, const service::ShownTime& shown) {
    return [respond, shown](http::Response response) {
        if (!http::is_error(response.status)) {
            if (shown.none) add_unobserved(response);
            add_observed(response, shown.span);
        }
        respond(std::move(response));
    };
}

/// The same, or why there is none, with when it is.
template <class Order>
void answer_of_time(const House& house,
                    const std::shared_ptr<const http::Request>& request,
                    const http::Responder& respond,
                    const Result<Order>& order) {
    if (!order) return respond(http::problem(order.error()));
    const auto shown = service::shown_time(*order->wish.style, order->wish.features);
    if (!shown) return respond(http::problem(shown.error()));
    answer_with_picture(house, request, telling_time(respond, *shown), *order);
}

std::string_view language_of(const http::Request& request) {
    return request.query.find("lang").value_or("");
}

}  // namespace

service::StyleDesk::Drawing drawing_of(const std::shared_ptr<const workspace::Layer>& layer,
                                       const http::Request& request) {
    return {layer,
            request.query.find("style").value_or(""),
            request.query.find("aggregate").value_or(""),
            language_of(request)};
}

Result<service::VisiblePointer> find_style(const House& house, const http::Request& request) {
    auto style = house.styles.find(request.capture("id"), request.audience, language_of(request));
    if (!style && !house.catalogue.ready()) return not_ready(house);
    return style;
}

Result<service::StyleWish> style_wish(const service::VisiblePointer& style,
                                      const http::Request& request,
                                      const std::vector<std::string_view>& others) {
    std::vector<std::string_view> names{"v", "format", "lang", "time", "max_age"};
    names.insert(names.end(), others.begin(), others.end());
    if (auto known = check_known(request, names); !known) return known.error();
    const auto format = parse_format(request);
    if (!format) return format.error();
    return service::StyleWish{style,
                              *format,
                              request.audience,
                              request.deadline,
                              {service::time_words_of(request.query.items), present_moment()}};
}

std::string cache_control(const http::Request& request, const service::VisibleStyle& style) {
    if (style.live) return "no-cache";  // as tiles of features
    // What an age means goes on with the clock.
    const bool current = request.query.find("v") == style.version && !request.query.find("max_age");
    return current ? "public, max-age=31536000, immutable" : "public, max-age=60";
}

void serve_drawing(const House& house,
                   const std::shared_ptr<const http::Request>& request,
                   const http::Responder& respond,
                   const Result<service::StyleTileOrder>& order) {
    answer_of_time(house, request, respond, order);
}

void serve_drawing(const House& house,
                   const std::shared_ptr<const http::Request>& request,
                   const http::Responder& respond,
                   const Result<service::StyleImageOrder>& order) {
    answer_of_time(house, request, respond, order);
}

void serve_drawing(const House& house,
                   const std::shared_ptr<const http::Request>& request,
                   const http::Responder& respond,
                   const DatedOrder& order) {
    answer_with_picture(house, request, telling_time(respond, order.shown), order.order);
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

http::Parameter language_parameter() {
    return {"lang",
            "query",
            "Language of the names, as a tag (RFC 5646): name:ar, or name_ar, of the data is shown "
            "before what the style itself says.",
            R"({"type":"string","pattern":"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$","maxLength":35})",
            "ar"};
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
