#include "server/route/styled_tile.hpp"

#include "server/http/status.hpp"
#include "server/route/parameters.hpp"
#include "server/route/style_answer.hpp"

#include <utility>

namespace relief::route {
namespace {

std::string_view asked_style(const http::Request& request) {
    const auto style = request.query.find("style").value_or("");
    return style == "default" ? std::string_view() : style;
}

/// Features are written as MVT when it is left open.
bool asks_picture(const http::Request& request) {
    const auto name = request.query.find("format").value_or(request.capture("format"));
    const auto format = encode::parse_image_format(name);
    return format && *format != encode::ImageFormat::automatic;
}

/// What is drawn, and the header that tells of when it is.
struct AskedDrawing {
    service::StyleTileOrder order;
    bool unobserved = false;                 ///< nothing is known of that time
    std::optional<InstantRange> observed{};  ///< from when to when it is, where that is known
};

/// Words that choose features are told wrong here, not by a picture without them.
Result<void> ask_features(const LayerPointer& layer,
                          const http::Request& request,
                          AskedDrawing& asked) {
    if (!layer->is_vector()) {
        asked.observed = moments_shown(*layer, {&layer->newest(), {}});
        return {};
    }
    const auto part = choose_part(layer, request);
    if (!part) return part.error();
    asked.unobserved = !*part;
    if (*part) asked.observed = (*part)->observed;
    asked.order.wish.features = {service::feature_words_of(request.query.items), present_moment()};
    return {};
}

std::vector<std::string_view> words_known(const workspace::Layer& layer) {
    std::vector<std::string_view> names{"style"};
    if (layer.is_vector())
        names.insert(
            names.end(), service::feature_word_names.begin(), service::feature_word_names.end());
    return names;
}

Result<AskedDrawing> parse_styled_tile(const House& house,
                                       const std::vector<LayerPointer>& layers,
                                       const http::Request& request) {
    if (layers.size() != 1)
        return Error{Fault::not_acceptable,
                     "a picture shows one layer; of several together there is mvt, and a style "
                     "under /styles draws as many as it likes"};
    const auto style = house.styles.of_layer(drawing_of(layers.front(), request), request.audience);
    if (!style) return style.error();
    const auto address = parse_tile_address(request);
    if (!address) return address.error();
    auto wish = style_wish(*style, request, words_known(*layers.front()));
    if (!wish) return wish.error();
    AskedDrawing asked{{std::move(*wish), address->tile, address->side}};
    if (auto good = ask_features(layers.front(), request, asked); !good) return good.error();
    return asked;
}

}  // namespace

bool asks_styled_tile(const std::vector<LayerPointer>& layers, const http::Request& request) {
    return is_of_features(layers) ? asks_picture(request) : !asked_style(request).empty();
}

void serve_styled_tile(const House& house,
                       const std::vector<LayerPointer>& layers,
                       const std::shared_ptr<const http::Request>& request,
                       const http::Responder& respond) {
    const auto asked = parse_styled_tile(house, layers, *request);
    if (!asked) return respond(http::problem(asked.error()));
    const auto dated = [respond, unobserved = asked->unobserved, observed = asked->observed](
                           http::Response response) {
        if (!http::is_error(response.status)) {
            if (unobserved) add_unobserved(response);
            add_observed(response, observed);
        }
        respond(std::move(response));
    };
    serve_drawing(house, request, dated, asked->order);
}

}  // namespace relief::route
