#include "tiler/ingest/footprint.hpp"

#include "tiler/geo/projector.hpp"
#include "tiler/ingest/outline.hpp"
#include "tiler/source/block_cache.hpp"
#include "tiler/source/open_raster.hpp"
#include "tiler/source/window.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <numeric>
#include <optional>

namespace relief::ingest {
namespace {

constexpr int most_side = 256;  // of the mask that is looked at
constexpr std::size_t most_points = 64;
constexpr std::size_t cache_bytes = std::size_t{64} << 20U;
constexpr double longest_edge = 16;  // mask cells between two projected points
constexpr int coarsest_margin = 8;

Result<DataCells> data_cells(const source::SourceFile& file) {
    const auto raster = source::OpenRaster::open(file);
    if (!raster) return raster.error();
    const source::RasterFacts& facts = (*raster)->facts();
    source::WindowNeed need;
    const auto longest = [&](const source::RasterLevel& level) {
        return std::max(level.size.width, level.size.height);
    };
    while (need.level + 1 < static_cast<int>(facts.levels.size()) &&
           longest(facts.levels[static_cast<std::size_t>(need.level)]) > most_side)
        ++need.level;
    const source::RasterLevel& level = facts.levels[static_cast<std::size_t>(need.level)];
    need.reduce = std::max(1, (longest(level) + most_side - 1) / most_side);
    need.size = source::reduced_size(level, need.reduce);
    need.bands.resize(facts.bands.size());
    std::iota(need.bands.begin(), need.bands.end(), 1);
    source::BlockCache cache(cache_bytes);
    const auto window = source::read_window(
        {**raster, std::make_shared<const std::string>("footprint"), cache}, need);
    if (!window) return window.error();
    const auto count =
        static_cast<std::size_t>(need.size.width) * static_cast<std::size_t>(need.size.height);
    if (window->nothing) return DataCells{need.size, std::vector<std::uint8_t>(count, 0)};
    if (window->weights.empty()) return DataCells{need.size, std::vector<std::uint8_t>(count, 1)};
    return DataCells{need.size, window->weights};
}

/// Points at most `longest_edge` apart: a straight edge of the grid bends on the globe.
CellRing densified(const CellRing& ring) {
    CellRing points;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const PixelPoint a = ring[i];
        const PixelPoint b = ring[(i + 1) % ring.size()];
        const double length = std::hypot(b.column - a.column, b.row - a.row);
        const int parts = std::max(1, static_cast<int>(std::ceil(length / longest_edge)));
        for (int part = 0; part < parts; ++part) {
            const double share = static_cast<double>(part) / parts;
            points.push_back(
                {a.column + share * (b.column - a.column), a.row + share * (b.row - a.row)});
        }
    }
    return points;
}

/// From the cells of the mask to the globe.
class Globe {
public:
    Globe(const RasterDescription& raster, PixelSize mask, geo::Projector projector)
        : raster_(raster), mask_(mask), projector_(std::move(projector)) {}

    /// In degrees, without a jump at the antimeridian; none when a point has no image or the ring
    /// goes around a pole.
    std::optional<CellRing> project(const CellRing& ring) const {
        std::vector<double> x;
        std::vector<double> y;
        for (const PixelPoint& point : ring) {
            const double column = point.column * raster_.size.width / mask_.width;
            const double row = point.row * raster_.size.height / mask_.height;
            const auto& t = raster_.transform;
            x.push_back(t[0] + column * t[1] + row * t[2]);
            y.push_back(t[3] + column * t[4] + row * t[5]);
        }
        projector_.forward(x, y);
        CellRing degrees;
        // A grid of longitudes 0 to 360 begins on the other side of the antimeridian.
        double turn = std::isfinite(x[0]) ? -360 * std::round(x[0] / 360) : 0;
        const double home = turn;
        for (std::size_t i = 0; i < x.size(); ++i) {
            if (!std::isfinite(x[i]) || !std::isfinite(y[i])) return std::nullopt;
            if (i > 0) turn += step(x[i - 1], x[i]);
            degrees.push_back({x[i] + turn, std::clamp(y[i], -90.0, 90.0)});
        }
        if (turn + step(x.back(), x.front()) != home) return std::nullopt;
        return degrees;
    }

private:
    static double step(double before, double after) noexcept {
        if (after - before > 180) return -360;
        return before - after > 180 ? 360 : 0;
    }

    const RasterDescription& raster_;
    PixelSize mask_;
    geo::Projector projector_;
};

std::optional<geo::Footprint> footprint_from(const DataCells& data,
                                             const Globe& globe,
                                             const RasterDescription& raster,
                                             int margin) {
    double width = raster.bounds.east - raster.bounds.west;
    if (width < 0) width += 360;
    // Half of the margin may go to thinning the cells' steps, a quarter of a cell to the globe's.
    const double tolerance = 0.25 * width / data.size.width;
    geo::Footprint footprint;
    for (const CellRing& ring : outline(data, margin)) {
        const auto degrees = globe.project(densified(simplified(ring, margin / 2.0)));
        if (!degrees) return std::nullopt;
        std::vector<LonLat> points;
        for (const PixelPoint& point : simplified(*degrees, tolerance))
            points.push_back({point.column, point.row});
        if (points.size() < 3) continue;
        geo::add_ring(footprint, points);
        if (footprint.points.size() > most_points) return std::nullopt;
    }
    if (footprint.empty()) return std::nullopt;
    return footprint;
}

}  // namespace

Result<geo::Footprint> footprint_of(const source::SourceFile& file,
                                    const RasterDescription& raster) {
    const auto data = data_cells(file);
    if (!data) return data.error();
    if (std::all_of(data->cells.begin(), data->cells.end(), [](auto cell) { return cell == 0; }))
        return source_broken("it holds no data at all");
    auto projector = geo::Projector::make(raster.crs, "OGC:CRS84");
    if (!projector) return projector.error();
    const Globe globe(raster, data->size, std::move(*projector));
    for (int margin = 2; margin <= coarsest_margin; margin *= 2) {
        if (auto footprint = footprint_from(*data, globe, raster, margin))
            return std::move(*footprint);
    }
    return geo::footprint_of(raster.bounds);
}

}  // namespace relief::ingest
