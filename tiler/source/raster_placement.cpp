#include "tiler/source/raster_placement.hpp"

#include "tiler/geo/mercator.hpp"
#include "tiler/source/coordinate_check.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <utility>

namespace relief::source {
namespace {

constexpr int outline_steps = 64;  // along each side; a UTM zone's edge bends by metres between two
constexpr int inner_steps = 24;
constexpr double whole_turn = 360;

struct Outline {
    std::vector<double> longitudes;
    std::vector<double> latitudes;
};

PixelPoint apply(const AffineTransform& t, double column, double row) noexcept {
    return {t[0] + column * t[1] + row * t[2], t[3] + column * t[4] + row * t[5]};
}

/// Points on the edge and, coarser, inside: a polar raster is widest in the middle.
Outline sample(PixelSize size, const AffineTransform& transform) {
    Outline points;
    const auto add = [&](double across, double down) {
        const PixelPoint p = apply(transform, across * size.width, down * size.height);
        points.longitudes.push_back(p.column);
        points.latitudes.push_back(p.row);
    };
    for (int i = 0; i <= outline_steps; ++i) {
        const double along = static_cast<double>(i) / outline_steps;
        add(along, 0);
        add(along, 1);
        add(0, along);
        add(1, along);
    }
    for (int row = 1; row < inner_steps; ++row) {
        for (int column = 1; column < inner_steps; ++column) {
            add(static_cast<double>(column) / inner_steps, static_cast<double>(row) / inner_steps);
        }
    }
    return points;
}

void drop_infinite(Outline& points) {
    std::size_t kept = 0;
    for (std::size_t i = 0; i < points.longitudes.size(); ++i) {
        if (!std::isfinite(points.longitudes[i]) || std::abs(points.latitudes[i]) > 90.0001)
            continue;
        points.longitudes[kept] = points.longitudes[i];
        points.latitudes[kept++] = std::clamp(points.latitudes[i], -90.0, 90.0);
    }
    points.longitudes.resize(kept);
    points.latitudes.resize(kept);
}

double wrapped(double longitude) noexcept {
    return longitude - whole_turn * std::floor((longitude + 180) / whole_turn);
}

/// The shortest arc that holds all longitudes: everything but the largest gap between neighbours.
std::pair<double, double> arc_of(std::vector<double> longitudes) {
    for (double& value : longitudes) value = wrapped(value);
    std::sort(longitudes.begin(), longitudes.end());
    double gap = longitudes.front() + whole_turn - longitudes.back();
    std::pair<double, double> arc{longitudes.front(), longitudes.back()};
    for (std::size_t i = 1; i < longitudes.size(); ++i) {
        if (longitudes[i] - longitudes[i - 1] <= gap) continue;
        gap = longitudes[i] - longitudes[i - 1];
        arc = {longitudes[i], longitudes[i - 1]};
    }
    // Samples of a raster all around a pole lie closer than this.
    if (gap < 30) return {-180, 180};
    return arc;
}

bool holds(const RasterPlacement& placement, const geo::Projector& to_degrees, LonLat place) {
    double x = place.longitude;
    double y = place.latitude;
    to_degrees.inverse({&x, 1}, {&y, 1});
    if (!std::isfinite(x)) return false;
    const PixelPoint p = apply(placement.to_pixel, x, y);
    return p.column >= 0 && p.row >= 0 && p.column <= placement.size.width &&
           p.row <= placement.size.height;
}

/// Bounds of a raster whose columns are degrees of longitude: exact, and known beyond 180.
LonLatBox bounds_in_degrees(const Outline& points) {
    const auto [west, east] =
        std::minmax_element(points.longitudes.begin(), points.longitudes.end());
    const auto [south, north] =
        std::minmax_element(points.latitudes.begin(), points.latitudes.end());
    if (*east - *west >= whole_turn - 1e-6) return {-180, *south, 180, *north};
    const double first = wrapped(*west);
    const double last = first + (*east - *west);
    return {first, *south, last > 180 ? last - whole_turn : last, *north};
}

LonLatBox bounds_anywhere(const RasterPlacement& placement,
                          const geo::Projector& to_degrees,
                          const Outline& points) {
    const auto [south, north] =
        std::minmax_element(points.latitudes.begin(), points.latitudes.end());
    LonLatBox box{0, *south, 0, *north};
    std::tie(box.west, box.east) = arc_of(points.longitudes);
    for (const double pole : {-90.0, 90.0}) {
        if (!holds(placement, to_degrees, {0, pole})) continue;
        box.west = -180;
        box.east = 180;
        (pole < 0 ? box.south : box.north) = pole;
    }
    return box;
}

std::vector<MercatorBox> footprint_of(const LonLatBox& box) {
    const double east = box.east < box.west ? box.east + whole_turn : box.east;
    // The outline is known at samples only; a fiftieth of the size covers what bends between them.
    const double across = (east - box.west) / 50 + 1e-6;
    const double up = (box.north - box.south) / 50 + 1e-6;
    const MercatorPoint low =
        geo::to_mercator({box.west - across, std::max(-90.0, box.south - up)});
    const MercatorPoint high = geo::to_mercator({east + across, std::min(90.0, box.north + up)});
    const double half = geo::mercator_half;
    if (high.x - low.x >= 2 * half) return {{-half, low.y, half, high.y}};
    std::vector<MercatorBox> boxes;
    for (const double turn : {-2 * half, 0.0, 2 * half}) {
        const MercatorBox copy{
            std::max(-half, low.x + turn), low.y, std::min(half, high.x + turn), high.y};
        if (copy.left < copy.right) boxes.push_back(copy);
    }
    return boxes;
}

/// Degrees (or metres of EPSG:3857) of one whole turn along the columns; 0 where columns run
/// another way.
double turn_of(const RasterPlacement& placement, bool degrees) {
    const bool straight = placement.to_crs[2] == 0 && placement.to_crs[4] == 0;
    if (!straight) return 0;
    if (placement.via == RasterPlacement::Via::mercator) return 2 * geo::mercator_half;
    return degrees ? whole_turn : 0;
}

/// True when the system's own coordinates are degrees: a step of one along x is one of longitude.
bool counts_degrees(const geo::Projector& to_degrees) {
    std::array<double, 2> x{10, 11};
    std::array<double, 2> y{10, 11};
    to_degrees.forward(x, y);
    return std::abs(x[0] - 10) < 0.1 && std::abs(x[1] - 11) < 0.1 && std::abs(y[1] - 11) < 0.1;
}

Error nowhere(const char* why) {
    return source_broken(std::string("the raster's place on Earth is not usable: ") + why);
}

}  // namespace

std::optional<AffineTransform> inverted(const AffineTransform& t) noexcept {
    const double determinant = t[1] * t[5] - t[2] * t[4];
    const double scale = std::max(std::abs(t[1]) + std::abs(t[2]), std::abs(t[4]) + std::abs(t[5]));
    const bool finite = std::all_of(t.begin(), t.end(), [](double v) { return std::isfinite(v); });
    // Relative to the pixel's size: a pixel of 1e-9 degrees is small, not singular.
    if (!finite || !(std::abs(determinant) > scale * scale * 1e-12)) return std::nullopt;
    const AffineTransform result{(t[2] * t[3] - t[0] * t[5]) / determinant,
                                 t[5] / determinant,
                                 -t[2] / determinant,
                                 (t[0] * t[4] - t[1] * t[3]) / determinant,
                                 -t[4] / determinant,
                                 t[1] / determinant};
    const bool usable =
        std::all_of(result.begin(), result.end(), [](double v) { return std::isfinite(v); });
    return usable ? std::optional(result) : std::nullopt;
}

Result<RasterPlacement> RasterPlacement::make(PixelSize size,
                                              const AffineTransform& transform,
                                              const std::string& crs,
                                              geo::ProjectorPool* pool) {
    const auto inverse = inverted(transform);
    if (!inverse) return nowhere("its geotransform is singular");
    const auto lease = geo::ProjectorPool::borrow(pool, {crs, "OGC:CRS84"});
    if (!lease) return nowhere("its coordinate reference system is unknown");
    const geo::Projector& to_degrees = **lease;

    RasterPlacement placement;
    placement.size = size;
    placement.to_crs = transform;
    placement.to_pixel = *inverse;
    placement.crs = crs;
    if (crs == "EPSG:3857") placement.via = Via::mercator;
    if (crs == "EPSG:4326" || crs == "OGC:CRS84") placement.via = Via::wgs84;
    const bool degrees = counts_degrees(to_degrees);
    if (auto right = check_coordinates({size, transform, crs, degrees}); !right)
        return right.error();
    const double turn = turn_of(placement, degrees);
    if (turn > 0) {
        placement.period = turn / std::abs(transform[1]);
        placement.cyclic = size.width >= placement.period - 0.01;
    }

    Outline points = sample(size, transform);
    if (!degrees) to_degrees.forward(points.longitudes, points.latitudes);
    if (degrees && size.width > 1.5 * placement.period && placement.period > 0) {
        return nowhere("it is wider than the world; its coordinates are probably not degrees");
    }
    drop_infinite(points);
    if (points.longitudes.size() < 4) {
        return nowhere("its coordinates lie outside their reference system");
    }
    placement.bounds =
        degrees ? bounds_in_degrees(points) : bounds_anywhere(placement, to_degrees, points);
    placement.footprint = footprint_of(placement.bounds);
    return placement;
}

Result<PixelMapper> PixelMapper::make(const RasterPlacement& placement, geo::ProjectorPool* pool) {
    if (placement.via != RasterPlacement::Via::projector)
        return PixelMapper(placement, std::nullopt);
    auto projector = geo::ProjectorPool::borrow(pool, {"EPSG:3857", placement.crs});
    if (!projector)
        return source_broken("the raster's coordinate reference system is unknown",
                             projector.error().detail);
    return PixelMapper(placement, std::move(*projector));
}

void PixelMapper::to_pixels(std::span<double> x,
                            std::span<double> y,
                            double near_column) const noexcept {
    if (projector_) {
        (*projector_)->forward(x, y);
    } else if (placement_.via == RasterPlacement::Via::wgs84) {
        for (std::size_t i = 0; i < x.size(); ++i) {
            x[i] *= 180 / geo::mercator_half;
            y[i] = std::atan(std::sinh(y[i] / geo::mercator_half * std::numbers::pi)) * 180 /
                   std::numbers::pi;
        }
    }
    const AffineTransform& t = placement_.to_pixel;
    const double period = placement_.period;
    for (std::size_t i = 0; i < x.size(); ++i) {
        if (!std::isfinite(x[i])) continue;
        double column = t[0] + x[i] * t[1] + y[i] * t[2];
        const double row = t[3] + x[i] * t[4] + y[i] * t[5];
        if (period > 0) column -= period * std::round((column - near_column) / period);
        x[i] = column;
        y[i] = row;
    }
}

}  // namespace relief::source
