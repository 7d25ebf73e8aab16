// /layers/{id}/statistics

#include "server/route/house.hpp"
#include "server/route/layer_document.hpp"
#include "server/route/mosaic_parameters.hpp"
#include "server/route/parameters.hpp"
#include "server/service/read_statistics.hpp"

#include <nlohmann/json.hpp>

#include <utility>

namespace relief::route {
namespace {

struct Chosen {
    const workspace::Layer& layer;
    const workspace::View& view;
};

pipeline::PictureOrder order_of(const http::Request& request, const Chosen& subject) {
    pipeline::PictureOrder order;
    order.deadline = request.deadline;
    order.mosaic = subject.view.scenes;
    return order;
}

Result<http::Response> of_formula(const House& house,
                                  const http::Request& request,
                                  const Chosen& subject,
                                  const style::RasterStyle& style) {
    const auto against = choose_against(subject.layer, subject.view, request);
    if (!against) return against.error();
    pipeline::PictureOrder order = order_of(request, subject);
    order.against = *against;
    const auto found = service::formula_statistics(
        house.tiles.workshop(), *subject.view.observation, style, order);
    if (!found) return found.error();
    house.tiles.note_skipped(subject.layer, found->skipped);
    auto response =
        http::json(formula_statistics_document(style.expression->text(), found->outputs));
    tell_skipped(response, service::names_of(found->skipped));
    return response;
}

/// A file's are known since it was added; which cells a mosaic shows depends on the request.
Result<http::Response> of_bands(const House& house,
                                const http::Request& request,
                                const Chosen& subject,
                                const std::vector<int>& bands) {
    const auto& observation = *subject.view.observation;
    if (!observation.mosaic) return http::json(statistics_document(observation.raster(), bands));
    const auto found = service::band_statistics(
        house.tiles.workshop(), observation, bands, order_of(request, subject));
    if (!found) return found.error();
    house.tiles.note_skipped(subject.layer, found->skipped);
    RasterDescription raster = pipeline::described(observation, subject.view.scenes.pick);
    for (std::size_t i = 0; i < bands.size(); ++i)
        raster.bands.at(static_cast<std::size_t>(bands[i]) - 1).statistics = found->outputs[i];
    auto response = http::json(statistics_document(raster, bands));
    tell_skipped(response, service::names_of(found->skipped));
    return response;
}

/// Of the request's formula or algorithm, of the bands it names, or of all bands.
Result<http::Response> answer(const House& house,
                              const http::Request& request,
                              const Chosen& subject) {
    const RasterDescription raster =
        pipeline::described(*subject.view.observation, subject.view.scenes.pick);
    const style::RasterWords words = raster_words(request, house.expressions);
    auto style = style::style_of(words, raster);
    if (!style) return style.error();
    if (style->expression || style->algorithm) return of_formula(house, request, subject, *style);
    const bool chosen = words.find("bands", "bidx").has_value();
    return of_bands(house, request, subject, chosen ? style->bands : all_bands(raster));
}

http::Response show_statistics(const House& house, const http::Request& request) {
    const auto layer = find_raster(house, request, "statistics");
    if (!layer) return http::problem(layer.error());
    const auto view = choose_view(**layer, request);
    if (!view) return http::problem(view.error());
    if (view->observation == nullptr)
        return http::problem(not_found("the layer has no observation at that time"));
    auto response = answer(house, request, {**layer, *view});
    return response ? *std::move(response) : http::problem(response.error());
}

}  // namespace

void add_statistics_routes(http::RouteTable& table, const House& house) {
    auto parameters = drawing_parameters();
    parameters.insert(parameters.begin(), layer_parameter());
    parameters.push_back(pick_parameter());
    table.add({.method = "GET",
               .pattern = "/layers/{id}/statistics",
               .summary = "Range, mean, percentiles and histogram of each band, or of a formula",
               .tag = "layers",
               .parameters = std::move(parameters),
               .media_types = {"application/json"},
               .handler = on_pool(house, show_statistics)});
}

}  // namespace relief::route
