#include "tiler/atlas/simplify_marks.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace relief::atlas {
namespace {

using symbology::WorldPlace;

double square_distance(const WorldPlace& at, const WorldPlace& from, const WorldPlace& to) {
    const double dx = to.x - from.x;
    const double dy = to.y - from.y;
    const double square = dx * dx + dy * dy;
    double share = square > 0 ? ((at.x - from.x) * dx + (at.y - from.y) * dy) / square : 0;
    share = std::clamp(share, 0.0, 1.0);
    const double x = at.x - from.x - share * dx;
    const double y = at.y - from.y - share * dy;
    return x * x + y * y;
}

}  // namespace

void mark_importance(std::span<const WorldPlace> line, std::vector<double>& marks) {
    marks.assign(line.size(), 0);
    if (line.empty()) return;
    marks.front() = marks.back() = std::numeric_limits<double>::infinity();
    std::vector<std::pair<std::size_t, std::size_t>> open{{0, line.size() - 1}};
    while (!open.empty()) {
        const auto [first, last] = open.back();
        open.pop_back();
        double furthest = 0;
        std::size_t at = first;
        for (std::size_t i = first + 1; i < last; ++i) {
            const double distance = square_distance(line[i], line[first], line[last]);
            if (distance <= furthest) continue;
            furthest = distance;
            at = i;
        }
        if (at == first) continue;
        marks[at] = furthest;
        open.emplace_back(first, at);
        open.emplace_back(at, last);
    }
}

}  // namespace relief::atlas
