#include "tiler/atlas/geojson_tile.hpp"

#include <cmath>

namespace relief::atlas {
namespace {

using symbology::WorldPlace;

struct Limits {
    double low;
    double high;
};

template <double WorldPlace::*axis>
WorldPlace crossing(const WorldPlace& a, const WorldPlace& b, double at) noexcept {
    const double share = (at - a.*axis) / (b.*axis - a.*axis);
    WorldPlace place{a.x + share * (b.x - a.x), a.y + share * (b.y - a.y)};
    place.*axis = at;
    return place;
}

using Places = std::vector<WorldPlace>;

template <double WorldPlace::*axis>
bool lies_within(const WorldPlace& place, Limits limits) noexcept {
    return place.*axis >= limits.low && place.*axis <= limits.high;
}

/// Where the way from `a` to `b` passes the limits, in the order in which it does.
template <double WorldPlace::*axis>
void add_crossings(const WorldPlace& a, const WorldPlace& b, Limits limits, Places& places) {
    const double from = a.*axis;
    const double to = b.*axis;
    const auto pass = [&](double at) {
        if ((from < at && to > at) || (from > at && to < at))
            places.push_back(crossing<axis>(a, b, at));
    };
    pass(from < to ? limits.low : limits.high);
    pass(from < to ? limits.high : limits.low);
}

/// Sutherland and Hodgman 1974, between two parallel lines. Shape: the ring is not closed.
template <double WorldPlace::*axis>
void cut_ring(const Places& ring, Limits limits, Places& cut) {
    cut.clear();
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const WorldPlace& place = ring[i];
        if (lies_within<axis>(place, limits)) cut.push_back(place);
        add_crossings<axis>(place, ring[i + 1 == ring.size() ? 0 : i + 1], limits, cut);
    }
}

/// The pieces between two parallel lines, each told to `take`.
template <double WorldPlace::*axis, typename Take>
void cut_line(const Places& line, Limits limits, Places& piece, const Take& take) {
    const auto finish = [&] {
        if (piece.size() > 1) take(piece);
        piece.clear();
    };
    piece.clear();
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (lies_within<axis>(line[i], limits)) piece.push_back(line[i]);
        if (i + 1 == line.size()) break;
        add_crossings<axis>(line[i], line[i + 1], limits, piece);
        if (!lies_within<axis>(line[i + 1], limits)) finish();
    }
    finish();
}

class TileCutter {
public:
    TileCutter(const WorldFeatures& all, const TileId& tile, const GeoJsonCut& cut)
        : all_(all), cut_(cut), side_(std::exp2(-static_cast<double>(tile.zoom()))) {
        const double buffer = cut.buffer / 512 * side_;
        corner_ = {tile.column() * side_, tile.row() * side_};
        x_ = {corner_.x - buffer, corner_.x + side_ + buffer};
        y_ = {corner_.y - buffer, corner_.y + side_ + buffer};
        const double tolerance = cut.tolerance / 512 * side_;
        least_ = tolerance * tolerance;
    }

    FeatureTile run() {
        for (const WorldFeature& feature : all_.features)
            for (const double shift : {-1.0, 0.0, 1.0}) add(feature, shift);
        if (!out_.features.empty()) {
            out_.keys = all_.keys;
            out_.values = all_.values;
        }
        return std::move(out_);
    }

private:
    void add(const WorldFeature& feature, double shift) {
        const WorldExtent& extent = feature.extent;
        if (extent.high.x + shift < x_.low || extent.low.x + shift > x_.high ||
            extent.high.y < y_.low || extent.low.y > y_.high)
            return;
        TileFeature made;
        made.id = feature.id;
        made.kind = feature.kind;
        made.first_path = static_cast<std::uint32_t>(out_.paths.size());
        for (std::uint32_t i = 0; i < feature.paths; ++i)
            add_path(all_.paths[feature.first_path + i], feature.kind, shift);
        made.paths = static_cast<std::uint32_t>(out_.paths.size()) - made.first_path;
        if (made.paths == 0) return;
        made.first_tag = static_cast<std::uint32_t>(out_.tags.size());
        made.tags = feature.tags;
        const auto tags = all_.tags.begin() + feature.first_tag;
        out_.tags.insert(out_.tags.end(), tags, tags + feature.tags);
        out_.features.push_back(made);
    }

    void add_path(const TilePath& path, GeometryKind kind, double shift) {
        path_.clear();
        const bool ring = kind == GeometryKind::area;
        const std::uint32_t end = path.first + path.count - (ring ? 1 : 0);
        for (std::uint32_t i = path.first; i < end; ++i)
            if (kind == GeometryKind::point || all_.importance[i] > least_)
                path_.push_back({all_.points[i].x + shift, all_.points[i].y});
        if (kind == GeometryKind::point) {
            add_points();
        } else if (ring) {
            cut_ring<&WorldPlace::x>(path_, x_, half_);
            cut_ring<&WorldPlace::y>(half_, y_, path_);
            put(path_, 3);
        } else if (cut_.whole_lines) {
            put(path_, 2);
        } else {
            cut_line<&WorldPlace::x>(path_, x_, half_, [&](const Places& piece) {
                cut_line<&WorldPlace::y>(
                    piece, y_, rest_, [&](const Places& part) { put(part, 2); });
            });
        }
    }

    void add_points() {
        half_.clear();
        for (const WorldPlace& place : path_)
            if (place.x >= x_.low && place.x <= x_.high && place.y >= y_.low && place.y <= y_.high)
                half_.push_back(place);
        put(half_, 1);
    }

    void put(const Places& places, std::size_t least) {
        const auto first = static_cast<std::uint32_t>(out_.points.size());
        for (const WorldPlace& place : places) {
            const TilePoint at{units((place.x - corner_.x) / side_),
                               units((place.y - corner_.y) / side_)};
            // Points of a path that fall together are one; points of their own are as many.
            if (least > 1 && out_.points.size() > first && out_.points.back() == at) continue;
            out_.points.push_back(at);
        }
        const auto count = static_cast<std::uint32_t>(out_.points.size()) - first;
        if (count >= least)
            out_.paths.push_back({first, count});
        else
            out_.points.resize(first);
    }

    static std::int32_t units(double share) noexcept {
        // Whole lines may reach far: further than this nothing can be seen.
        constexpr double far = 1e8;
        return static_cast<std::int32_t>(std::lround(std::clamp(share * tile_extent, -far, far)));
    }

    const WorldFeatures& all_;
    GeoJsonCut cut_;
    double side_;
    WorldPlace corner_;
    Limits x_{};
    Limits y_{};
    double least_;
    FeatureTile out_;
    Places path_;
    Places half_;
    Places rest_;
};

}  // namespace

FeatureTile geojson_tile(const WorldFeatures& features, const TileId& tile, const GeoJsonCut& cut) {
    return TileCutter(features, tile, cut).run();
}

}  // namespace relief::atlas
