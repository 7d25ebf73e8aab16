#pragma once
// A generalised level while the index is made.

#include "tiler/core/bytes.hpp"
#include "tiler/core/result.hpp"
#include "tiler/vector/index_format.hpp"
#include "tiler/vector/shape.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

namespace relief::vector {

struct DraftShape {
    WorldBox32 box;
    std::uint64_t place = 0;  ///< Hilbert number of its middle in full detail
    std::uint32_t middle_x = 0;
    std::uint32_t middle_y = 0;
    std::uint64_t offset = 0;
    std::uint32_t length = 0;
    std::uint32_t points = 0;
    std::uint32_t feature = 0;
    float weight = 0;
    GeometryKind kind = GeometryKind::point;
};

WorldBox32 box32(const WorldBox& box) noexcept;

struct LevelDraft {
    unsigned shift = 0;
    std::uint32_t last_zoom = 0;
    std::uint64_t points = 0;
    std::vector<DraftShape> shapes;  ///< ascending by place
    Bytes geometry;

    /// Behind the others; `like` tells all but where its bytes lie.
    void append(const Shape& shape, DraftShape like);
    Shape shape(const DraftShape& draft) const;
};

/// Makes an area valid that was not: what simplifying and snapping may do. Coordinates are those of
/// the lattice.
using Repair = std::function<Shape(Shape)>;

struct Coarsening {
    std::function<bool(const DraftShape&)> shown;  ///< the features that are left at the zoom
    const Repair& repair;
    std::size_t step = 1;  ///< 16: only every sixteenth shape, to see whether it is worth while
};

/// The shapes as a tile of the zoom can show them: within one unit of the tile, on its lattice.
/// Areas smaller than 8 × 8 units are gathered along the curve: whenever they add up to that, one
/// of them stands as a square of their common area; where none lies near, one alone does. Lines
/// within one unit go.
LevelDraft generalised(const LevelDraft& finer, std::uint32_t zoom, const Coarsening& coarsening);

/// A level as it stands in the file.
struct FinishedLevel {
    LevelHead head;
    std::vector<ShapeEntry> shapes;
    std::vector<WorldBox32> tree;
    Bytes geometry;
};

/// Shapes of more than a thousand points are cut into pieces for the tiles of the zoom or coarser
/// cells of the same grid: a tile of `first_zoom` or deeper lies in one piece.
FinishedLevel finished(const LevelDraft& draft,
                       std::uint32_t first_zoom,
                       const std::vector<std::uint8_t>& first_zooms);

}  // namespace relief::vector
