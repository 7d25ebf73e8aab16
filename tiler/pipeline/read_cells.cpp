#include "tiler/pipeline/read_cells.hpp"

#include "tiler/geo/mercator.hpp"
#include "tiler/pipeline/cell_sources.hpp"
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

Result<void> check(const Observation& observation,
                   const source::ReadRequest& request,
                   const MosaicChoice& choice) {
    const std::size_t bands = observation.raster().bands.size();
    for (const int band : request.bands) {
        if (band < 1 || band > static_cast<int>(bands))
            return bad_request("band " + std::to_string(band) +
                               " does not exist; the mosaic's scenes have at most " +
                               std::to_string(bands));
    }
    if (choice.pick == Pick::mean && observation.raster().kind == RasterKind::categorical)
        return bad_request(
            "pick=mean is not possible for class numbers, between which there is nothing; use "
            "first, newest, median, max or count");
    return {};
}

source::CompositionForm form_of(const Observation& observation,
                                const source::ReadRequest& request,
                                const MosaicChoice& choice) {
    source::CompositionForm form{
        request.size, {}, choice.pick, observation.raster().kind != RasterKind::categorical};
    if (choice.pick == Pick::count) {
        form.types = {ValueType::u16};
        return form;
    }
    for (const int band : request.bands) {
        const auto index = static_cast<std::size_t>(band - 1);
        form.types.push_back(request.fractions ? ValueType::f32
                                               : observation.raster().bands[index].type);
    }
    return form;
}

Result<ReadCells> read_scenes(const source::RasterReader& reader,
                              const Observation& observation,
                              const source::ReadRequest& request,
                              const MosaicChoice& choice) {
    const Mosaic& mosaic = *observation.mosaic;
    auto chosen =
        parts_of(observation, scenes_touching(observation, request, choice), request.bands);
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
    const auto touching = scenes_touching(observation, request, {});
    return parts_of(observation, touching, {widest_band(request)}).skipped;
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
    RasterDescription raster = observation.raster();
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
