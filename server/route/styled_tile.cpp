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

/// Words that choose features are told wrong here, not by a picture without them.
Result<void> ask_features(const LayerPointer& layer,
                          const http::Request& request,
                          service::StyleWish& wish) {
    if (!layer->is_vector()) return {};
    if (const auto part = choose_part(layer, request); !part) return part.error();
    wish.features = {service::feature_words_of(request.query.items), present_moment()};
    return {};
}

std::vector<std::string_view> words_known(const workspace::Layer& layer) {
    std::vector<std::string_view> names{"style"};
    if (layer.is_vector())
        names.insert(
            names.end(), service::feature_word_names.begin(), service::feature_word_names.end());
    return names;
}

Result<service::StyleTileOrder> parse_styled_tile(const House& house,
                                                  const std::vector<LayerPointer>& layers,
                                                  const http::Request& request) {
    if (layers.size() != 1)
        return Error{Fault::not_acceptable,
                     "a picture shows one layer; of several together there is mvt, and a style "
                     "under /styles draws as many as it likes"};
    const auto style = house.styles.of_layer(
        {layers.front(), asked_style(request), request.query.find("aggregate").value_or("")},
        request.audience);
    if (!style) return style.error();
    const auto address = parse_tile_address(request);
    if (!address) return address.error();
    auto wish = style_wish(*style, request, words_known(*layers.front()));
    if (!wish) return wish.error();
    if (auto asked = ask_features(layers.front(), request, *wish); !asked) return asked.error();
    return service::StyleTileOrder{std::move(*wish), address->tile, address->side};
}

}  // namespace

bool asks_styled_tile(const std::vector<LayerPointer>& layers, const http::Request& request) {
    return is_of_features(layers) ? asks_picture(request) : !asked_style(request).empty();
}

void serve_styled_tile(const House& house,
                       const std::vector<LayerPointer>& layers,
                       const std::shared_ptr<const http::Request>& request,
                       const http::Responder& respond) {
    const auto order = parse_styled_tile(house, layers, *request);
    if (!order) return respond(http::problem(order.error()));
    if (auto same =
            unchanged_picture(*request, order->wish, [&] { return service::key_of(*order); }))
        return respond(std::move(*same));
    house.drawing.get(*order, answer_with_picture(house, request, respond, order->wish.style));
}

}  // namespace relief::route
