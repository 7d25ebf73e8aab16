#include "tiler/pipeline/cell_sources.hpp"

#include "tiler/geo/mercator.hpp"

#include <algorithm>

namespace relief::pipeline {
namespace {

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

}  // namespace

int widest_band(const source::ReadRequest& request) {
    return request.bands.empty() ? 1
                                 : *std::max_element(request.bands.begin(), request.bands.end());
}

bool overview_suffices(const Observation& observation,
                       const source::ReadRequest& request,
                       const MosaicChoice& choice) {
    const workspace::Pyramid& pyramid = observation.mosaic->pyramid();
    if (pyramid.file.empty() || request.nodata) return false;
    if (!is_default(*observation.mosaic, choice)) return false;
    const bool has_bands = observation.mosaic->pyramid_suffices(widest_band(request));
    const double pixel = (request.box.right - request.box.left) / request.size.width;
    return has_bands && pixel >= pyramid.cell * 0.99;
}

std::vector<std::uint32_t> scenes_touching(const Observation& observation,
                                           const source::ReadRequest& request,
                                           const MosaicChoice& choice) {
    return observation.mosaic->touching(plane_box_of(request.box), choice);
}

}  // namespace relief::pipeline
