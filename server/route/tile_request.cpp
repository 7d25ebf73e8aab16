#include "server/route/tile_request.hpp"

#include "server/route/mosaic_parameters.hpp"
#include "server/route/parameters.hpp"

#include <algorithm>
#include <utility>

namespace relief::route {
namespace {

bool states_format(const http::Request& request) {
    const auto& captures = request.captures;
    return request.query.find("format") ||
           std::any_of(captures.begin(), captures.end(), [](const auto& capture) {
               return capture.first == "format";
           });
}

}  // namespace

Result<AskedTile> parse_tile(const House& house, LayerPointer layer, const http::Request& request) {
    const auto known = check_layer_drawing(
        *layer, request, {"time", "max_age", "against", "style", "v", "format"});
    if (!known) return known.error();
    const auto address = parse_tile_address(request);
    if (!address) return address.error();
    const auto format =
        states_format(request) ? parse_format(request) : Result(encode::ImageFormat::png);
    if (!format) return format.error();
    if (auto style = check_style(request); !style) return style.error();
    const auto view = choose_view(*layer, request);
    if (!view) return view.error();
    const bool observed = view->observation != nullptr;
    const auto against = observed ? choose_against(*layer, *view, request)
                                  : Result<workspace::View>(workspace::View{});
    if (!against) return against.error();
    const workspace::Observation* shown = observed ? view->observation : &layer->newest();
    service::TileOrder order{std::move(layer),
                             shown,
                             address->tile,
                             address->side,
                             *format,
                             raster_words(request, house.expressions),
                             request.audience,
                             request.deadline,
                             view->scenes,
                             *against};
    return AskedTile{std::move(order), !observed};
}

}  // namespace relief::route
