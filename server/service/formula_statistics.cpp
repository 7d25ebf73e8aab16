#include "server/service/formula_statistics.hpp"

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

std::optional<BandStatistics> statistics_of(const Grid& grid,
                                            const BandValues& values,
                                            bool approximate) {
    // Results of formulas are never counted one by one, as cells of small integers are.
    source::StatisticsCollector collector(ValueType::f64);
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
    return collector.result(approximate);
}

}  // namespace

Result<FormulaStatistics> formula_statistics(const pipeline::Workshop& workshop,
                                             const workspace::Observation& observation,
                                             const style::RasterStyle& style,
                                             const pipeline::PictureOrder& asked) {
    if (!style.expression)
        return bad_request("statistics are of bands and of formulas; what algorithm " +
                           std::string(style.algorithm->facts().name) +
                           " draws has none. Leave algorithm out, or write an expression");
    const auto& raster = observation.raster();
    pipeline::PictureOrder order = pipeline::preview_order(raster, longest_side);
    order.deadline = asked.deadline;
    order.mosaic = asked.mosaic;
    order.against = asked.against;
    style::RasterStyle unmixed = style;
    unmixed.resampling = Resampling::nearest;
    auto cells = pipeline::read_values(workshop, observation, unmixed, order);
    if (!cells) return cells.error();
    const Grid& grid = cells->grid;
    FormulaStatistics all{std::vector<std::optional<BandStatistics>>(style.outputs()),
                          std::move(cells->skipped)};
    if (grid.coverage == Grid::Coverage::none) return all;
    const bool approximate = std::max(raster.size.width, raster.size.height) > longest_side;
    const auto outputs = render::evaluated(grid, unmixed);
    std::transform(
        outputs.begin(), outputs.end(), all.outputs.begin(), [&](const BandValues& values) {
            return statistics_of(grid, values, approximate);
        });
    return all;
}

}  // namespace relief::service
