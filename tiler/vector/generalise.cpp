#include "tiler/vector/geometry_code.hpp"
#include "tiler/vector/level_draft.hpp"
#include "tiler/vector/simplify.hpp"

#include <cmath>
#include <optional>
#include <utility>

namespace relief::vector {
namespace {

/// Side of the smallest area that stands alone, in units of a tile: one pixel of 512.
constexpr std::int64_t least_side = 8;

/// Small areas further apart than this, in the same units, do not stand for each other.
constexpr std::int64_t neighbourhood = 8 * least_side;

std::uint32_t clamped(std::int64_t step) noexcept {
    return static_cast<std::uint32_t>(std::clamp<std::int64_t>(step, 0, world_side - 1));
}

/// What one coarser level makes of shape after shape.
class Generaliser {
public:
    Generaliser(std::uint32_t zoom, const Repair& repair)
        : bits_(unit_zoom - zoom), unit_(std::int64_t{1} << bits_), repair_(repair) {}

    /// Without points when it is not to be seen.
    Shape coarser(const Shape& shape, const DraftShape& draft) {
        if (shape.kind == GeometryKind::area) return area(shape, draft);
        if (shape.kind == GeometryKind::line) {
            const WorldBox box = vector::box_of(shape);
            const bool visible = box.right - box.left >= unit_ || box.bottom - box.top >= unit_;
            if (!visible) return {};
        }
        return snapped(simplified(shape, static_cast<double>(unit_)), bits_);
    }

private:
    Shape area(const Shape& shape, const DraftShape& draft) {
        const double least = std::pow(static_cast<double>(least_side * unit_), 2);
        const double size = size_of(shape);
        if (size >= least) {
            Shape coarse = snapped(simplified(shape, static_cast<double>(unit_)), bits_);
            if (repair_ && !coarse.empty()) coarse = snapped(repair_(std::move(coarse)), bits_);
            if (!coarse.empty()) return coarse;
        }
        if (is_apart(draft)) {
            // Something small and alone is shown all the same; those beside it make up for it.
            gathered_ = size - least;
            return square(draft, std::sqrt(least));
        }
        gathered_ += size;
        if (gathered_ < least) return {};
        const double side = std::sqrt(gathered_);
        gathered_ = 0;
        return square(draft, side);
    }
    /// True for the first of a neighbourhood.
    bool is_apart(const DraftShape& draft) {
        const auto before = std::exchange(last_, WorldPoint{draft.middle_x, draft.middle_y});
        if (!before) return true;
        const std::int64_t far = neighbourhood * unit_;
        return std::abs(last_->x - before->x) > far || std::abs(last_->y - before->y) > far;
    }
    Shape square(const DraftShape& draft, double side) const {
        Shape shape;
        shape.kind = GeometryKind::area;
        const auto length = static_cast<std::int64_t>(side);
        const std::int64_t left = draft.middle_x - length / 2;
        const std::int64_t top = draft.middle_y - length / 2;
        shape.begin_path();
        shape.add({left, top});
        shape.add({left + length, top});
        shape.add({left + length, top + length});
        shape.add({left, top + length});
        return snapped(shape, bits_);
    }

    unsigned bits_;
    std::int64_t unit_;
    const Repair& repair_;
    double gathered_ = 0;
    std::optional<WorldPoint> last_;  ///< middle of the last small area
};

}  // namespace

WorldBox32 box32(const WorldBox& box) noexcept {
    return {clamped(box.left), clamped(box.top), clamped(box.right), clamped(box.bottom)};
}

void LevelDraft::append(const Shape& shape, DraftShape like) {
    like.box = box32(vector::box_of(shape));
    like.offset = geometry.size();
    like.points = static_cast<std::uint32_t>(shape.points.size());
    like.kind = shape.kind;
    append_shape(geometry, shape, {like.box.left, like.box.top, shift});
    like.length = static_cast<std::uint32_t>(geometry.size() - like.offset);
    points += like.points;
    shapes.push_back(like);
}

Shape LevelDraft::shape(const DraftShape& draft) const {
    Shape shape;
    shape.kind = draft.kind;
    const auto bytes = std::span(geometry).subspan(draft.offset, draft.length);
    // Written by append(): it reads back.
    static_cast<void>(read_shape(bytes, {draft.box.left, draft.box.top, shift}, shape));
    return shape;
}

LevelDraft generalised(const LevelDraft& finer, std::uint32_t zoom, const Coarsening& coarsening) {
    LevelDraft coarser;
    coarser.shift = unit_zoom - zoom;
    coarser.last_zoom = zoom;
    Generaliser generaliser(zoom, coarsening.repair);
    for (std::size_t i = 0; i < finer.shapes.size(); i += coarsening.step) {
        const DraftShape& draft = finer.shapes[i];
        if (!coarsening.shown(draft)) continue;
        const Shape shape = generaliser.coarser(finer.shape(draft), draft);
        if (!shape.empty()) coarser.append(shape, draft);
    }
    return coarser;
}

}  // namespace relief::vector
