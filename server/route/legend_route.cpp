// /layers/{id}/legend.{format} and /layers/{id}/preview.png

#include "server/route/feature_preview.hpp"
#include "server/route/house.hpp"
#include "server/route/mosaic_parameters.hpp"
#include "server/route/parameters.hpp"
#include "server/route/static_view.hpp"
#include "server/route/style_answer.hpp"
#include "server/service/legend_samples.hpp"
#include "tiler/core/version.hpp"
#include "tiler/render/legend_picture.hpp"
#include "tiler/style/legend.hpp"

#include <nlohmann/json.hpp>

#include <utility>

namespace relief::route {
namespace {

/// What both are made from: the layer, what is shown of it, and the style that the request asks
/// for.
struct Explained {
    std::shared_ptr<const workspace::Layer> layer;
    workspace::View view;
    workspace::View against;
    style::RasterStyle style;
};

RasterDescription described(const workspace::View& view) {
    return pipeline::described(*view.observation, view.scenes.pick);
}

Result<Explained> subject_of(const House& house, const http::Request& request) {
    auto layer = find_raster(house, request, "preview");
    if (!layer) return layer.error();
    if (auto known = check_style(request); !known) return known.error();
    const auto view = choose_view(**layer, request);
    if (!view) return view.error();
    if (view->observation == nullptr) return not_found("the layer has no observation at that time");
    auto style =
        style::style_of(service::drawing_words(
                            **layer, raster_words(request, house.expressions), view->scenes.pick),
                        described(*view));
    if (!style) return style.error();
    const auto against = choose_against(**layer, *view, request);
    if (!against) return against.error();
    return Explained{std::move(*layer), *view, *against, std::move(*style)};
}

http::Response picture_response(SharedBytes bytes, std::string caching) {
    http::Response response;
    response.content_type = "image/png";
    response.etag =
        fingerprint(std::string_view(reinterpret_cast<const char*>(bytes->data()), bytes->size()));
    response.body = std::move(bytes);
    response.cache_control = std::move(caching);
    return response;
}

struct AskedLegend {
    style::Legend legend;
    std::string cache_control;
};

/// None for a style without a sprite: making the sheet takes its time.
Result<service::IconSizes> icons_for(const House& house, const service::VisibleStyle& style) {
    if (style.document->sprites.empty()) return service::IconSizes();
    const auto index = house.sprites.get({.ratio = 1, .image = false});
    if (!index) return index.error();
    return service::icon_sizes({reinterpret_cast<const char*>((*index)->data()), (*index)->size()});
}

/// Of a layer that a style draws: of features always, of rasters with style=.
Result<AskedLegend> styled_legend(const House& house,
                                  const std::shared_ptr<const workspace::Layer>& layer,
                                  const http::Request& request) {
    const auto style = house.styles.of_layer(drawing_of(layer, request), request.audience);
    if (!style) return style.error();
    const auto icons = icons_for(house, **style);
    if (!icons) return icons.error();
    auto legend = service::legend_of_style(**style, layer->title, *icons);
    const auto drawn = service::draw_samples(legend, **style, house.drawing, request.deadline);
    if (!drawn) return drawn.error();
    return AskedLegend{std::move(legend.legend), cache_control(request, **style)};
}

Result<AskedLegend> legend_of(const House& house, const http::Request& request) {
    auto layer = find_layer(house, request);
    if (!layer) return layer.error();
    const auto asked = request.query.find("style").value_or("");
    const bool by_style = !asked.empty() && asked != "default";
    if (by_style || (*layer)->is_vector()) return styled_legend(house, *layer, request);
    const auto subject = subject_of(house, request);
    if (!subject) return subject.error();
    return AskedLegend{
        style::legend_of(subject->style, described(subject->view), subject->layer->title),
        cache_control(request, *subject->layer)};
}

http::Response draw_legend(const House& house, const http::Request& request, AskedLegend asked) {
    if (!house.fonts)
        return http::problem(source_broken(
            "this machine has no font to draw a legend with; legend.svg and legend.json work"));
    const auto theme = request.query.find("theme");
    const render::LegendLook look{.scale = request.query.find("scale") == "2" ? 2 : 1,
                                  .dark = theme == "dark"};
    const Picture picture = render::draw_legend(asked.legend, look, *house.fonts);
    auto bytes = encode::encode(picture, encode::ImageFormat::png, {.png_level = 6});
    if (!bytes) return http::problem(bytes.error());
    return picture_response(std::make_shared<const Bytes>(std::move(*bytes)),
                            std::move(asked.cache_control));
}

http::Response serve_legend(const House& house, const http::Request& request) {
    const std::string_view format = request.capture("format");
    if (format != "json" && format != "svg" && format != "png") {
        return http::problem({Fault::not_acceptable,
                              "legend format \"" + std::string(format.substr(0, 40)) +
                                  "\" is not offered; formats are png, svg and json"});
    }
    auto asked = legend_of(house, request);
    if (!asked) return http::problem(asked.error());
    if (format == "png") return draw_legend(house, request, std::move(*asked));
    http::Response response =
        format == "json" ? http::json(style::to_json(asked->legend))
                         : http::text(render::legend_svg(asked->legend, {}), "image/svg+xml");
    response.cache_control = std::move(asked->cache_control);
    if (format == "svg")
        response.headers.emplace_back(
            "Content-Security-Policy",
            "default-src 'none'; style-src 'unsafe-inline'; img-src data:");
    return response;
}

http::Response serve_preview(const House& house, const http::Request& request) {
    const auto longest = preview_side(request.query.find("size").value_or(""));
    if (!longest) return http::problem(longest.error());
    const auto subject = subject_of(house, request);
    if (!subject) return http::problem(subject.error());
    pipeline::PictureOrder order =
        pipeline::preview_order(subject->view.observation->raster(), *longest);
    order.deadline = request.deadline;
    order.mosaic = subject->view.scenes;
    order.against = subject->against;
    const auto picture = pipeline::make_picture(
        house.tiles.workshop(), *subject->view.observation, subject->style, order);
    if (!picture) return http::problem(picture.error());
    house.tiles.note_skipped(*subject->layer, picture->skipped);
    http::Response response =
        picture_response(picture->bytes, cache_control(request, *subject->layer));
    tell_skipped(response, service::names_of(picture->skipped));
    add_age(response, *subject->layer, subject->view);
    if (picture->incomplete) response.cache_control = "no-store";
    if (picture->coarser) tell_degraded(response);
    return response;
}

/// Features are drawn by a style, on the threads that draw styles.
void serve_any_preview(const House& house,
                       const std::shared_ptr<const http::Request>& request,
                       const http::Responder& respond) {
    const auto layer = find_layer(house, *request);
    if (layer && (*layer)->is_vector())
        return serve_feature_preview(house, *layer, request, respond);
    answer_later(house, request, respond, [&house](const http::Request& asked) {
        return serve_preview(house, asked);
    });
}

}  // namespace

void add_legend_routes(http::RouteTable& table, const House& house) {
    std::vector<http::Parameter> drawing = drawing_parameters();
    drawing.insert(drawing.begin(), layer_parameter());
    drawing.push_back(pick_parameter());
    std::vector<http::Parameter> legend = drawing;
    legend.push_back({"format",
                      "path",
                      "png, svg or json.",
                      R"({"type":"string","enum":["png","svg","json"]})",
                      "png"});
    legend.push_back({"theme",
                      "query",
                      "light or dark, of the PNG.",
                      R"({"type":"string","enum":["light","dark"]})",
                      ""});
    legend.push_back(
        {"scale", "query", "1 or 2, of the PNG.", R"({"type":"string","enum":["1","2"]})", ""});
    table.add({.method = "GET",
               .pattern = "/layers/{id}/legend.{format}",
               .summary = "What the colours of a layer mean, by the style that draws it",
               .tag = "layers",
               .parameters = std::move(legend),
               .media_types = {"image/png", "image/svg+xml", "application/json"},
               .handler = on_pool(house, serve_legend)});
    drawing.push_back({"size",
                       "query",
                       "Pixels of the longer side; 512 when not given.",
                       R"({"type":"integer","minimum":16,"maximum":512})",
                       "96"});
    table.add({.method = "GET",
               .pattern = "/layers/{id}/preview.png",
               .summary = "The whole layer in one picture of at most 512 pixels a side",
               .tag = "layers",
               .parameters = std::move(drawing),
               .media_types = {"image/png"},
               .handler = [&house](const std::shared_ptr<const http::Request>& request,
                                   const http::Responder& respond) {
                   serve_any_preview(house, request, respond);
               }});
}

}  // namespace relief::route
