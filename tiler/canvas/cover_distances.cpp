#include "tiler/canvas/distance_field.hpp"
#include "tiler/canvas/surface.hpp"

#include <algorithm>
#include <cmath>

namespace relief::canvas {
namespace {

/// Between the four distances around a place of the sheet; beyond the last centres the last goes
/// on.
class SheetReader {
public:
    explicit SheetReader(const DistanceSheet& sheet) noexcept : sheet_(sheet) {}

    bool holds(Point at) const noexcept {
        return at.x >= 0 && at.y >= 0 && at.x <= static_cast<float>(sheet_.size.width) &&
               at.y <= static_cast<float>(sheet_.size.height);
    }
    float operator()(Point at) const noexcept {
        const float x = held(at.x - 0.5F, sheet_.size.width);
        const float y = held(at.y - 0.5F, sheet_.size.height);
        const int column = static_cast<int>(x);
        const int row = static_cast<int>(y);
        const float right = x - static_cast<float>(column);
        const float lower = y - static_cast<float>(row);
        const int next_column = std::min(column + 1, sheet_.size.width - 1);
        const int next_row = std::min(row + 1, sheet_.size.height - 1);
        const float above = mixed(value(column, row), value(next_column, row), right);
        const float below = mixed(value(column, next_row), value(next_column, next_row), right);
        return mixed(above, below, lower);
    }

private:
    static float held(float place, int count) noexcept {
        return std::clamp(place, 0.0F, static_cast<float>(count - 1));
    }
    static float mixed(float a, float b, float share) noexcept { return a + (b - a) * share; }
    float value(int column, int row) const noexcept {
        return sheet_
            .distances[static_cast<std::size_t>(row) * static_cast<std::size_t>(sheet_.size.width) +
                       static_cast<std::size_t>(column)];
    }

    const DistanceSheet& sheet_;
};

std::uint8_t met(std::uint8_t before, std::uint8_t value, Meeting meeting) noexcept {
    switch (meeting) {
        case Meeting::sum: return static_cast<std::uint8_t>(std::min(before + value, 255));
        case Meeting::over: return static_cast<std::uint8_t>(before + scaled(value, 255U - before));
        case Meeting::strongest: break;
    }
    return std::max(before, value);
}

/// The part of a sheet that an edge may reach: what lies farther out than the edge costs nothing.
struct Part {
    Placement placement;
    PixelSize size;
};

Part part_of(const DistanceSheet& sheet, const Placement& placement, float reach) noexcept {
    const int spare = std::clamp(
        sheet.margin - 1 - static_cast<int>(std::ceil(reach)), 0, std::max(sheet.margin, 0));
    const auto by = static_cast<float>(spare);
    return {{placement({by, by}), placement.across, placement.down},
            {sheet.size.width - 2 * spare, sheet.size.height - 2 * spare}};
}

}  // namespace

void cover_distances(Coverage& coverage,
                     const DistanceSheet& sheet,
                     const Placement& placement,
                     const GrownEdge& edge) noexcept {
    const auto inverse = Inverse::of(placement);
    if (!inverse || sheet.distances.empty()) return;
    const float scale = std::hypot(placement.across.x, placement.across.y);
    const float reach = (edge.grown + edge.soft) / scale;
    const Part part = part_of(sheet, placement, reach);
    const PixelBox box = reach_of(part.placement, part.size, coverage.size());
    if (box.left >= box.right) return;
    const SheetReader distance_at(sheet);
    const float soft = std::max(edge.soft, 1e-3F);
    const auto farthest = std::min(reach, static_cast<float>(sheet.margin));
    for (int y = box.top; y < box.bottom; ++y) {
        std::uint8_t* const bytes = coverage.touch(y, {box.left, box.right});
        Point at = (*inverse)({static_cast<float>(box.left) + 0.5F, static_cast<float>(y) + 0.5F});
        for (int x = box.left; x < box.right; ++x, at = at + inverse->step_across()) {
            if (!distance_at.holds(at)) continue;
            const float distance = distance_at(at);
            if (distance >= farthest) continue;
            const float inside = edge.grown - distance * scale;
            const float way = std::clamp((inside + soft) / (2 * soft), 0.0F, 1.0F);
            const float share = way * way * (3 - 2 * way);
            bytes[x] = met(bytes[x], rounded_byte(share * 255), edge.meeting);
        }
    }
}

}  // namespace relief::canvas
