#include "tiler/pipeline/read_values.hpp"

#include "tiler/pipeline/terrain_picture.hpp"
#include "tiler/style/algorithm_style.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace relief::pipeline {
namespace {

/// Covered fractions of masks; and between cells whole metres would be steps in the ground.
bool keeps_fractions(const style::RasterStyle& style) noexcept {
    if (style.algorithm) return true;
    return style.kind == RasterKind::mask && style.resampling != Resampling::nearest &&
           style.resampling != Resampling::mode;
}

source::ReadRequest read_request(const style::RasterStyle& style, const PictureOrder& order) {
    source::ReadRequest request;
    const PictureOrder wider = with_margin(order, margin_of(style, order));
    request.box = wider.box;
    request.size = wider.size;
    request.bands = style.bands;
    request.resampling = style.resampling;
    request.nodata = style.nodata;
    // A colour picture shows a cell that has data in one of its bands; a formula needs all of them.
    request.any_band = !style.expression;
    request.fractions = keeps_fractions(style);
    request.deadline = order.deadline;
    return request;
}

/// The later observation's bands, then the earlier one's, as the formula numbers them.
struct TwoDates {
    std::vector<int> later;
    std::vector<int> earlier;
};

TwoDates split(const style::RasterStyle& style) {
    TwoDates bands;
    for (const int number : style.bands) {
        if (number <= style.later_bands)
            bands.later.push_back(number);
        else
            bands.earlier.push_back(number - style.later_bands);
    }
    return bands;
}

/// A change is known where both dates are; the weaker of the two weights says how well.
void keep_common(Grid& grid, const Grid& other) {
    using Coverage = Grid::Coverage;
    if (grid.coverage == Coverage::none || other.coverage == Coverage::full) return;
    if (other.coverage == Coverage::none || grid.coverage == Coverage::full) {
        grid.coverage = other.coverage;
        grid.weight = other.weight;
        return;
    }
    std::transform(grid.weight.begin(),
                   grid.weight.end(),
                   other.weight.begin(),
                   grid.weight.begin(),
                   [](float a, float b) { return std::min(a, b); });
}

/// A scene that both dates do without is told once.
void join_skipped(std::vector<SkippedScene>& all, std::vector<SkippedScene>&& others) {
    for (SkippedScene& scene : others) {
        const bool told = std::any_of(all.begin(), all.end(), [&](const SkippedScene& one) {
            return one.version == scene.version;
        });
        if (!told) all.push_back(std::move(scene));
    }
}

/// The later date's bands, then the earlier one's.
void join(ReadCells& later, ReadCells& earlier) {
    keep_common(later.grid, earlier.grid);
    later.grid.coarser = later.grid.coarser || earlier.grid.coarser;
    std::move(
        earlier.grid.bands.begin(), earlier.grid.bands.end(), std::back_inserter(later.grid.bands));
    join_skipped(later.skipped, std::move(earlier.skipped));
}

Result<void> check_dates(const workspace::View& shown,
                         const workspace::View& against,
                         const style::RasterStyle& style) {
    if (against.observation == nullptr)
        return bad_request("algorithm " + std::string(style.algorithm->facts().name) +
                           " compares two observations, and there is no earlier one");
    return style::check_comparable(style,
                                   described(*shown.observation, shown.scenes.pick),
                                   described(*against.observation, against.scenes.pick));
}

}  // namespace

Requests requests_of(const style::RasterStyle& style, const PictureOrder& order) {
    Requests requests{read_request(style, order), {}};
    if (style.later_bands == 0) return requests;
    auto bands = split(style);
    requests.earlier = requests.later;
    requests.later.bands = std::move(bands.later);
    requests.earlier->bands = std::move(bands.earlier);
    return requests;
}

Result<ReadCells> read_values(const Workshop& workshop,
                              const workspace::Observation& observation,
                              const style::RasterStyle& style,
                              const PictureOrder& order) {
    const Requests requests = requests_of(style, order);
    if (!requests.earlier)
        return read_cells(workshop.reader, observation, requests.later, order.mosaic);

    const workspace::View& against = order.against;
    if (auto good = check_dates({&observation, order.mosaic}, against, style); !good)
        return good.error();
    auto later = read_cells(workshop.reader, observation, requests.later, order.mosaic);
    if (!later || later->grid.coverage == Grid::Coverage::none) return later;
    auto earlier =
        read_cells(workshop.reader, *against.observation, *requests.earlier, against.scenes);
    if (!earlier) return earlier;
    join(*later, *earlier);
    return later;
}

}  // namespace relief::pipeline
