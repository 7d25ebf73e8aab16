#include "server/service/read_statistics.hpp"

#include "tiler/pipeline/read_values.hpp"
#include "tiler/render/outputs.hpp"
#include "tiler/source/band_statistics.hpp"

#include <algorithm>
#include <cmath>
#include <utility>
#include <variant>

namespace relief::service {
namespace {

constexpr int longest_side = 1024;

bool is_sampled(const RasterDescription& raster) noexcept {
    return std::max(raster.size.width, raster.size.height) > longest_side;
}

pipeline::PictureOrder whole_layer(const RasterDescription& raster,
                                   const pipeline::PictureOrder& asked) {
    pipeline::PictureOrder order = pipeline::preview_order(raster, longest_side);
    order.deadline = asked.deadline;
    order.mosaic = asked.mosaic;
    order.against = asked.against;
    return order;
}

struct Counting {
    ValueType type;  ///< small integers are counted one by one
    bool approximate;
};

std::optional<BandStatistics> statistics_of(const Grid& grid,
                                            const BandValues& values,
                                            Counting counting) {
    source::StatisticsCollector collector(counting.type);
    std::visit(
        [&](const auto& cells) {
            for (std::size_t i = 0; i < cells.size(); ++i) {
                const auto value = static_cast<double>(cells[i]);
                if (grid.weight_at(i) > 0 && std::isfinite(value))
                    collector.add(value);
                else
                    collector.skip();
            }
        },
        values);
    return collector.result(counting.approximate);
}

}  // namespace

Result<ReadStatistics> formula_statistics(const pipeline::Workshop& workshop,
                                          const workspace::Observation& observation,
                                          const style::RasterStyle& style,
                                          const pipeline::PictureOrder& asked) {
    if (!style.expression)
        return bad_request("statistics are of bands and of formulas; what algorithm " +
                           std::string(style.algorithm->facts().name) +
                           " draws has none. Leave algorithm out, or write an expression");
    style::RasterStyle unmixed = style;
    unmixed.resampling = Resampling::nearest;
    auto cells = pipeline::read_values(
        workshop, observation, unmixed, whole_layer(observation.raster(), asked));
    if (!cells) return cells.error();
    const Grid& grid = cells->grid;
    ReadStatistics all{std::vector<std::optional<BandStatistics>>(style.outputs()),
                       std::move(cells->skipped)};
    if (grid.coverage == Grid::Coverage::none) return all;
    // Results of formulas are never counted one by one, as cells of small integers are.
    const Counting counting{ValueType::f64, is_sampled(observation.raster())};
    const auto outputs = render::evaluated(grid, unmixed);
    std::transform(
        outputs.begin(), outputs.end(), all.outputs.begin(), [&](const BandValues& values) {
            return statistics_of(grid, values, counting);
        });
    return all;
}

Result<ReadStatistics> band_statistics(const pipeline::Workshop& workshop,
                                       const workspace::Observation& observation,
                                       const std::vector<int>& bands,
                                       const pipeline::PictureOrder& asked) {
    const RasterDescription raster = pipeline::described(observation, asked.mosaic.pick);
    const auto order = whole_layer(raster, asked);
    ReadStatistics all;
    for (const int number : bands) {
        style::RasterStyle style;
        style.bands = {number};
        style.resampling = Resampling::nearest;
        style.kind = raster.kind;
        const auto cells = pipeline::read_values(workshop, observation, style, order);
        if (!cells) return cells.error();
        const BandDescription& band = raster.bands.at(static_cast<std::size_t>(number) - 1);
        std::optional<BandStatistics> found;
        if (cells->grid.coverage != Grid::Coverage::none)
            found = statistics_of(
                cells->grid, cells->grid.bands.front(), {band.type, is_sampled(raster)});
        if (found) found = source::in_units(*found, band.scale, band.offset);
        all.outputs.push_back(std::move(found));
        all.skipped = cells->skipped;  // the same scenes for every band
    }
    return all;
}

}  // namespace relief::service
