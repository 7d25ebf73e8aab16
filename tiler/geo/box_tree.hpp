#pragma once
// Finds which of many boxes touch another: an R-tree, packed at once.

#include <cstdint>
#include <memory>
#include <vector>

namespace relief::geo {

/// Any plane: west ≤ east, south ≤ north; a box may be a point.
struct PlaneBox {
    double west = 0;
    double south = 0;
    double east = 0;
    double north = 0;
    bool operator==(const PlaneBox&) const = default;
};

/// True when they share a point; an edge is enough.
inline bool touch(const PlaneBox& a, const PlaneBox& b) noexcept {
    return a.west <= b.east && b.west <= a.east && a.south <= b.north && b.south <= a.north;
}

/// Frozen, shared by all threads and by its copies.
class BoxTree {
public:
    struct Entry {
        PlaneBox box;
        std::uint32_t name = 0;  ///< what found() tells; may stand at several boxes
    };

    BoxTree() = default;
    explicit BoxTree(const std::vector<Entry>& entries);

    /// Names of the boxes that touch, ascending, each once.
    std::vector<std::uint32_t> found(const PlaneBox& box) const;

private:
    struct Nodes;
    std::shared_ptr<const Nodes> nodes_;  ///< null: no boxes
};

}  // namespace relief::geo
