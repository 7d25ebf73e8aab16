#include "server/route/styled_tile.hpp"

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

std::vector<std::string_view> words_known(const workspace::Layer& layer) {
    std::vector<std::string_view> names{"style"};
    if (layer.is_vector())
        names.insert(
            names.end(), service::feature_word_names.begin(), service::feature_word_names.end());
    return names;
}

Result<DatedOrder> parse_styled_tile(const House& house,
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
    const workspace::Layer& layer = *layers.front();
    if (layer.is_vector()) wish->features.words = service::feature_words_of(request.query.items);
    // Words that choose features are told wrong here, not by a picture without them.
    const auto shown = service::shown_time(layer, wish->features);
    if (!shown) return shown.error();
    return DatedOrder{{std::move(*wish), address->tile, address->side}, *shown};
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
    serve_drawing(house, request, respond, *asked);
}

}  // namespace relief::route
