#include "tiler/vector/label_points.hpp"

#include "tiler/core/middle_of_area.hpp"
#include "tiler/core/tile_id.hpp"
#include "tiler/vector/simplify.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

namespace relief::vector {
namespace {

/// Of a part of more points the finest detail does not move the middle.
constexpr std::size_t most_detail = 256;
constexpr double steps_of_extent = 100;

double extent_of(const Shape& shape) noexcept {
    const WorldBox box = vector::box_of(shape);
    return static_cast<double>(std::max(box.right - box.left, box.bottom - box.top));
}

/// An exterior and its holes, as rings around its own corner: numbers stay small.
class RingsOfPart {
public:
    explicit RingsOfPart(const Shape& part) : corner_(vector::box_of(part)) {
        points_.reserve(part.points.size());
        for (const WorldPoint& point : part.points)
            points_.push_back({static_cast<double>(point.x - corner_.left),
                               static_cast<double>(point.y - corner_.top)});
        for (const Path& path : part.paths)
            rings_.emplace_back(points_.data() + path.first, path.count);
    }

    WorldPoint middle(double precision) const {
        const PlanePoint found = middle_of_area(rings_, precision);
        return {corner_.left + std::llround(found.x), corner_.top + std::llround(found.y)};
    }

private:
    WorldBox corner_;
    std::vector<PlanePoint> points_;
    std::vector<PlaneRing> rings_;
};

/// The zoom from which on a square of the area is a pixel of a tile's 512 wide.
std::uint32_t first_zoom_of(double area) {
    constexpr double units_of_pixel = 8;
    const double side = std::sqrt(std::max(area, 1.0));
    const double zoom = std::ceil(unit_zoom + std::log2(units_of_pixel / side));
    return static_cast<std::uint32_t>(std::clamp(zoom, 0.0, double{deepest_zoom}));
}

std::vector<Shape> parts_of(const Shape& shape) {
    std::vector<Shape> parts;
    for (const Path& path : shape.paths) {
        if (!path.hole || parts.empty()) parts.push_back({shape.kind, {}, {}});
        parts.back().begin_path(path.hole && !parts.back().paths.empty());
        for (std::uint32_t i = path.first; i < path.first + path.count; ++i)
            parts.back().add(shape.points[i]);
    }
    return parts;
}

LabelEntry label_of(const Shape& part, std::uint32_t feature) {
    const double extent = extent_of(part);
    Shape coarse;
    if (part.points.size() > most_detail) coarse = simplified(part, extent / 1000);
    const RingsOfPart rings(coarse.empty() ? part : coarse);
    const WorldPoint middle = rings.middle(std::max(extent / steps_of_extent, 1.0));
    const WorldBox32 box = box32({middle.x, middle.y, 0, 0});
    return {feature, box.left, box.top, first_zoom_of(size_of(part))};
}

void append_labels(std::vector<LabelEntry>& labels, const Shape& shape, std::uint32_t feature) {
    const auto begin = static_cast<std::ptrdiff_t>(labels.size());
    for (const Shape& part : parts_of(shape)) labels.push_back(label_of(part, feature));
    const auto largest =
        std::min_element(labels.begin() + begin, labels.end(), [](const auto& a, const auto& b) {
            return a.first_zoom < b.first_zoom;
        });
    if (largest != labels.end()) largest->first_zoom = 0;
}

}  // namespace

std::vector<LabelEntry> label_points(const LevelDraft& full, std::vector<LabelEntry> known) {
    std::set<std::uint32_t> told;
    for (const LabelEntry& label : known) told.insert(label.feature);
    std::vector<LabelEntry> labels = std::move(known);
    for (const DraftShape& draft : full.shapes)
        if (draft.kind == GeometryKind::area && !told.contains(draft.feature))
            append_labels(labels, full.shape(draft), draft.feature);
    std::stable_sort(labels.begin(), labels.end(), [](const auto& a, const auto& b) {
        return a.feature < b.feature;
    });
    return labels;
}

}  // namespace relief::vector
