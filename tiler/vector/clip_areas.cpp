#include "tiler/vector/clip_areas.hpp"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

namespace relief::vector {
namespace {

using Ring = std::vector<WorldPoint>;

/// One edge of the box: the inside is where `depth` is not negative.
struct Edge {
    bool vertical;  ///< x = at, else y = at
    std::int64_t at;
    std::int64_t sign;  ///< 1: inside is right of or below the edge

    std::int64_t depth(const WorldPoint& point) const noexcept {
        return sign * ((vertical ? point.x : point.y) - at);
    }
    std::int64_t along(const WorldPoint& point) const noexcept {
        return vertical ? point.y : point.x;
    }
    /// Where the way from a to b, on different sides, meets the edge.
    WorldPoint crossing(const WorldPoint& a, const WorldPoint& b) const noexcept {
        const double share =
            static_cast<double>(depth(a)) / static_cast<double>(depth(a) - depth(b));
        const auto between = [&](std::int64_t from, std::int64_t to) {
            return from + std::llround(share * static_cast<double>(to - from));
        };
        if (vertical) return {at, between(a.y, b.y)};
        return {between(a.x, b.x), at};
    }
};

/// A stretch of a ring inside, from its entry over the edge to its exit.
struct Chain {
    Ring points;
    bool used = false;
};

/// The end of a chain on the edge.
struct Landing {
    std::int64_t along;
    std::size_t chain;
    bool entry;
};

/// Cuts the rings of one area, exteriors and holes alike, at one edge. Between the crossings 1 and
/// 2, 3 and 4 … along the edge lies the area's inside: there the chains are joined.
class EdgeCut {
public:
    explicit EdgeCut(const Edge& edge) : edge_(edge) {}

    void take(Ring ring) {
        std::size_t outside = ring.size();
        bool any_inside = false;
        for (std::size_t i = 0; i < ring.size(); ++i) {
            if (edge_.depth(ring[i]) < 0) {
                outside = i;
            } else {
                any_inside = true;
            }
        }
        if (outside == ring.size()) return whole_.push_back(std::move(ring));
        if (!any_inside) return;
        cut(ring, outside);
    }

    std::vector<Ring> joined() {
        std::vector<Landing> landings;
        for (std::size_t i = 0; i < chains_.size(); ++i) {
            landings.push_back({edge_.along(chains_[i].points.front()), i, true});
            landings.push_back({edge_.along(chains_[i].points.back()), i, false});
        }
        std::stable_sort(landings.begin(), landings.end(), [](const auto& a, const auto& b) {
            return a.along < b.along;
        });
        // Place of each chain's exit among the landings.
        std::vector<std::size_t> exits(chains_.size());
        for (std::size_t i = 0; i < landings.size(); ++i)
            if (!landings[i].entry) exits[landings[i].chain] = i;
        for (std::size_t i = 0; i < chains_.size(); ++i)
            if (!chains_[i].used) walk(i, landings, exits);
        return std::move(whole_);
    }

private:
    /// From an outside point once around.
    void cut(const Ring& ring, std::size_t outside) {
        for (std::size_t step = 1; step <= ring.size(); ++step) {
            const WorldPoint& a = ring[(outside + step - 1) % ring.size()];
            const WorldPoint& b = ring[(outside + step) % ring.size()];
            const bool from_inside = edge_.depth(a) >= 0;
            const bool to_inside = edge_.depth(b) >= 0;
            if (!from_inside && to_inside) chains_.push_back({{edge_.crossing(a, b)}});
            if (to_inside) chains_.back().points.push_back(b);
            if (from_inside && !to_inside) chains_.back().points.push_back(edge_.crossing(a, b));
        }
    }

    /// From chain to chain until the first is reached again.
    void walk(std::size_t first,
              const std::vector<Landing>& landings,
              const std::vector<std::size_t>& exits) {
        Ring ring;
        std::size_t at = first;
        while (!chains_[at].used) {
            chains_[at].used = true;
            ring.insert(ring.end(), chains_[at].points.begin(), chains_[at].points.end());
            const std::size_t partner = exits[at] ^ 1U;
            // Rings that cross themselves may meet another exit there: what is joined so far
            // stands.
            if (!landings[partner].entry) break;
            at = landings[partner].chain;
        }
        whole_.push_back(std::move(ring));
    }

    Edge edge_;
    std::vector<Ring> whole_;
    std::vector<Chain> chains_;
};

std::vector<Ring> rings_inside(std::vector<Ring> rings, const WorldBox& box) {
    for (const Edge& edge : {Edge{true, box.left, 1},
                             Edge{true, box.right, -1},
                             Edge{false, box.top, 1},
                             Edge{false, box.bottom, -1}}) {
        EdgeCut cut(edge);
        for (Ring& ring : rings) cut.take(std::move(ring));
        rings = cut.joined();
    }
    return rings;
}

/// A ring with an area, and whether it was an exterior.
struct Sided {
    Ring ring;
    double area;
};

bool holds(const Ring& ring, const WorldPoint& point) noexcept {
    bool inside = false;
    for (std::size_t i = 0, k = ring.size() - 1; i < ring.size(); k = i++) {
        const WorldPoint& a = ring[i];
        const WorldPoint& b = ring[k];
        if ((a.y > point.y) == (b.y > point.y)) continue;
        const double x = static_cast<double>(b.x - a.x) * static_cast<double>(point.y - a.y) /
                             static_cast<double>(b.y - a.y) +
                         static_cast<double>(a.x);
        if (static_cast<double>(point.x) < x) inside = !inside;
    }
    return inside;
}

void append_ring(Shape& shape, const Ring& ring, bool hole) {
    shape.begin_path(hole);
    for (const WorldPoint& point : ring) shape.add(point);
}

/// Of the exteriors that hold most of the hole's points.
std::size_t exterior_of(const Ring& hole, const std::vector<Sided>& exteriors) {
    if (exteriors.size() == 1) return 0;
    std::size_t best = 0;
    std::size_t most = 0;
    for (std::size_t i = 0; i < exteriors.size(); ++i) {
        std::size_t inside = 0;
        for (const WorldPoint& point : hole) inside += holds(exteriors[i].ring, point) ? 1U : 0U;
        if (inside > most) {
            most = inside;
            best = i;
        }
    }
    return best;
}

/// The rings of one polygon, wound as exteriors and holes were, back to a shape.
void append_polygon(Shape& shape, std::vector<Ring> rings) {
    std::vector<Sided> exteriors;
    std::vector<Sided> holes;
    for (Ring& ring : rings) {
        if (ring.size() < 3) continue;
        const double area = twice_area(ring.data(), ring.size());
        if (area > 0)
            exteriors.push_back({std::move(ring), area});
        else if (area < 0)
            holes.push_back({std::move(ring), area});
    }
    if (exteriors.empty()) return;
    std::vector<std::vector<const Ring*>> inside(exteriors.size());
    for (const Sided& hole : holes) inside[exterior_of(hole.ring, exteriors)].push_back(&hole.ring);
    for (std::size_t i = 0; i < exteriors.size(); ++i) {
        append_ring(shape, exteriors[i].ring, false);
        for (const Ring* hole : inside[i]) append_ring(shape, *hole, true);
    }
}

}  // namespace

Shape clipped_areas(const Shape& shape, const WorldBox& box) {
    Shape result;
    result.kind = shape.kind;
    std::vector<Ring> polygon;
    const auto flush = [&] {
        if (!polygon.empty()) append_polygon(result, rings_inside(std::move(polygon), box));
        polygon.clear();
    };
    for (const Path& path : shape.paths) {
        if (!path.hole) flush();
        const auto begin = shape.points.begin() + path.first;
        Ring ring(begin, begin + path.count);
        const bool exterior = twice_area(ring.data(), ring.size()) > 0;
        if (exterior == path.hole) std::reverse(ring.begin(), ring.end());
        polygon.push_back(std::move(ring));
    }
    flush();
    return result;
}

}  // namespace relief::vector
