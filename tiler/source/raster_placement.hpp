#pragma once
// Where a raster lies on the Web Mercator square, and which of its pixels a point falls on.

#include "tiler/core/boxes.hpp"
#include "tiler/core/result.hpp"
#include "tiler/geo/projector_pool.hpp"

#include <array>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace relief::source {

/// GDAL's six numbers: X = t[0] + column·t[1] + row·t[2], Y = t[3] + column·t[4] + row·t[5].
using AffineTransform = std::array<double, 6>;

/// No value when the transform is singular or not finite.
std::optional<AffineTransform> inverted(const AffineTransform& transform) noexcept;

/// Frozen facts, shared by all threads.
///
/// `period` is the number of columns in 360 degrees where the columns run along longitude, else 0:
/// a point is then moved by whole turns to the copy of the world that the raster lies in.
/// `cyclic`: the raster goes all around, its last column is the neighbour of its first.
struct RasterPlacement {
    enum class Via { mercator, wgs84, projector };

    PixelSize size;
    AffineTransform to_crs{};
    AffineTransform to_pixel{};
    std::string crs;
    Via via = Via::projector;
    double period = 0;
    bool cyclic = false;
    LonLatBox bounds;  ///< of the data's outline, WGS 84
    std::vector<MercatorBox>
        footprint;  ///< one box, two over the antimeridian; a little larger than the data

    /// `pool`: lends what takes coordinates to degrees; none: it is made anew.
    /// Errors: source_broken for a singular transform, a CRS that PROJ does not know, or an outline
    /// that is nowhere on Earth.
    static Result<RasterPlacement> make(PixelSize size,
                                        const AffineTransform& transform,
                                        const std::string& crs,
                                        geo::ProjectorPool* pool = nullptr);
};

/// From EPSG:3857 to pixels of the full resolution; owned by one thread at a time.
class PixelMapper {
public:
    /// `pool`: where its projector comes from and returns to; none: it has its own.
    static Result<PixelMapper> make(const RasterPlacement& placement,
                                    geo::ProjectorPool* pool = nullptr);

    /// In place: metres to column and row, (0, 0) being the outer corner of the first pixel. A
    /// point without an image becomes infinite. Columns are the ones nearest to `near_column` where
    /// the raster repeats.
    void to_pixels(std::span<double> x, std::span<double> y, double near_column) const noexcept;

    const RasterPlacement& placement() const noexcept { return placement_; }

private:
    PixelMapper(RasterPlacement placement, std::optional<geo::ProjectorPool::Lease> projector)
        : placement_(std::move(placement)), projector_(std::move(projector)) {}

    RasterPlacement placement_;
    std::optional<geo::ProjectorPool::Lease> projector_;
};

}  // namespace relief::source
