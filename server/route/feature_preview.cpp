#include "server/route/feature_preview.hpp"

#include "server/route/static_view.hpp"
#include "server/route/style_answer.hpp"

namespace relief::route {

void serve_feature_preview(const House& house,
                           const std::shared_ptr<const workspace::Layer>& layer,
                           const std::shared_ptr<const http::Request>& request,
                           const http::Responder& respond) {
    const auto longest = preview_side(request->query.find("size").value_or(""));
    if (!longest) return respond(http::problem(longest.error()));
    const auto asked = request->query.find("style").value_or("");
    const auto style = house.styles.of_layer({layer, asked}, request->audience);
    if (!style) return respond(http::problem(style.error()));
    const service::StyleImageOrder order{
        {*style, encode::ImageFormat::png, request->audience, request->deadline},
        view_around(layer->newest().bounds(), *longest)};
    serve_drawing(house, request, respond, order);
}

}  // namespace relief::route
