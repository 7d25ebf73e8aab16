#include "tiler/pipeline/read_cells.hpp"

#include "tiler/geo/mercator.hpp"
#include "tiler/pipeline/make_tile.hpp"
#include "tiler/pipeline/mosaic_parts.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace relief::pipeline {
namespace {

using workspace::Mosaic;
using workspace::MosaicChoice;
using workspace::Observation;

geo::PlaneBox plane_box_of(const MercatorBox& box) noexcept {
    const LonLat low = geo::to_lon_lat({box.left, box.bottom});
    const LonLat high = geo::to_lon_lat({box.right, box.top});
    // Whatever reaches the square's edge may hold all that lies beyond it.
    const double south = low.latitude <= -geo::mercator_latitude + 1e-6 ? -90 : low.latitude;
    const double north = high.latitude >= geo::mercator_latitude - 1e-6 ? 90 : high.latitude;
    return {low.longitude, south, high.longitude, north};
}

/// The largest number of a band that is asked for: a scene has all of them that has this one.
int widest(const source::ReadRequest& request) {
    return request.bands.empty() ? 1
                                 : *std::max_element(request.bands.begin(), request.bands.end());
}

/// The overview shows what is asked for: its own pick, bands and cells as coarse as its own.
bool overview_suffices(const Observation& observation,
                       const source::ReadRequest& request,
                       const MosaicChoice& choice) {
    const workspace::Pyramid& pyramid = observation.mosaic->pyramid();
    if (pyramid.file.empty() || request.nodata) return false;
    if (!is_default(*observation.mosaic, choice)) return false;
    const bool has_bands = observation.mosaic->pyramid_suffices(widest(request));
    const double pixel = (request.box.right - request.box.left) / request.size.width;
    return has_bands && pixel >= pyramid.cell * 0.99;
}

Result<void> check(const Observation& observation,
                   const source::ReadRequest& request,
                   const MosaicChoice& choice) {
    const std::size_t bands = observation.raster.bands.size();
    for (const int band : request.bands) {
        if (band < 1 || band > static_cast<int>(bands))
            return bad_request("band " + std::to_string(band) +
                               " does not exist; the mosaic's scenes have at most " +
                               std::to_string(bands));
    }
    if (choice.pick == Pick::mean && observation.raster.kind == RasterKind::categorical)
        return bad_request(
            "pick=mean is not possible for class numbers, between which there is nothing; use "
            "first, newest, median, max or count");
    return {};
}

source::CompositionForm form_of(const Observation& observation,
                                const source::ReadRequest& request,
                                const MosaicChoice& choice) {
    source::CompositionForm form{
        request.size, {}, choice.pick, observation.raster.kind != RasterKind::categorical};
    if (choice.pick == Pick::count) {
        form.types = {ValueType::u16};
        return form;
    }
    for (const int band : request.bands) {
        const auto index = static_cast<std::size_t>(band - 1);
        form.types.push_back(request.fractions ? ValueType::f32
                                               : observation.raster.bands[index].type);
    }
    return form;
}

Result<ReadCells> read_scenes(const source::RasterReader& reader,
                              const Observation& observation,
                              const source::ReadRequest& request,
                              const MosaicChoice& choice) {
    const Mosaic& mosaic = *observation.mosaic;
    auto chosen =
        parts_of(observation, mosaic.touching(plane_box_of(request.box), choice), request.bands);
    auto cells =
        source::read_mosaic(reader, chosen.parts, {request, form_of(observation, request, choice)});
    if (!cells) return cells.error();
    ReadCells result{std::move(cells->grid), std::move(chosen.skipped)};
    for (const source::BrokenPart& part : cells->broken)
        result.skipped.push_back(broken(mosaic.scenes()[chosen.scenes[part.part]], part.reason));
    return result;
}

/// Scenes that the overview leaves out, which are told as if they had been looked at.
std::vector<SkippedScene> lacking_bands(const Observation& observation,
                                        const source::ReadRequest& request) {
    if (observation.mosaic->pyramid_suffices(1)) return {};
    const auto touching = observation.mosaic->touching(plane_box_of(request.box), {});
    return parts_of(observation, touching, {widest(request)}).skipped;
}

}  // namespace

Result<ReadCells> read_cells(const source::RasterReader& reader,
                             const Observation& observation,
                             const source::ReadRequest& request,
                             const MosaicChoice& choice) {
    if (!observation.mosaic) {
        auto grid = reader.read(source_file_of(observation), request);
        if (!grid) return grid.error();
        return ReadCells{*std::move(grid), {}};
    }
    if (auto good = check(observation, request, choice); !good) return good.error();
    if (overview_suffices(observation, request, choice)) {
        const workspace::Pyramid& pyramid = observation.mosaic->pyramid();
        auto grid = reader.read({pyramid.file, pyramid.version}, request);
        if (grid) return ReadCells{*std::move(grid), lacking_bands(observation, request)};
        // The scenes hold all that a broken overview has lost, if they are not too many.
        if (grid.error().fault != Fault::source_broken) return grid.error();
    }
    return read_scenes(reader, observation, request, choice);
}

RasterDescription counted(const Observation& observation) {
    RasterDescription raster = observation.raster;
    const auto depth = static_cast<double>(observation.mosaic ? observation.mosaic->depth() : 1);
    BandDescription band;
    band.type = ValueType::u16;
    band.role = BandRole::grey;
    band.title = "scenes";
    BandStatistics statistics;
    statistics.minimum = 1;
    statistics.maximum = std::max(depth, 2.0);
    statistics.approximate = true;
    for (std::size_t i = 0; i < statistics.percentiles.size(); ++i) {
        const double share = static_cast<double>(i) / 100;
        statistics.percentiles[i] = 1 + share * (statistics.maximum - 1);
    }
    // The stretch leaves two percent at either end aside; counts have no outliers to leave aside.
    statistics.percentiles[2] = 1;
    statistics.percentiles[98] = statistics.maximum;
    band.statistics = statistics;
    raster.bands = {band};
    raster.palette.clear();
    raster.kind = RasterKind::continuous;
    return raster;
}

}  // namespace relief::pipeline
