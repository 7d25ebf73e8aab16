#pragma once
// Finds which of many boxes touch another: a packed R-tree, built once.

#include <cstdint>
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

/// Frozen, shared by all threads. 40 bytes for each box and a sixteenth more.
///
/// Source: S. Leutenegger, M. Lopez, J. Edgington, "STR: a simple and efficient algorithm for
/// R-tree packing", ICDE 1997.
class BoxTree {
public:
    struct Entry {
        PlaneBox box;
        std::uint32_t name = 0;  ///< what found() tells; may stand at several boxes
    };

    BoxTree() = default;
    explicit BoxTree(std::vector<Entry> entries);

    /// Names of the boxes that touch, ascending, each once.
    std::vector<std::uint32_t> found(const PlaneBox& box) const;

    std::size_t size() const noexcept { return leaves_; }

private:
    static constexpr std::size_t fan = 16;  ///< boxes of a node

    /// Level 0 holds the entries, each further level a box around every `fan` of the one below; a
    /// node's name is that of its first child.
    std::vector<Entry> nodes_;
    std::vector<std::size_t> level_starts_;
    std::size_t leaves_ = 0;
};

}  // namespace relief::geo
