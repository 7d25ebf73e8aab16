#include "tiler/core/features.hpp"
#include "tiler/vector/clip.hpp"
#include "tiler/vector/geometry_code.hpp"
#include "tiler/vector/hilbert.hpp"
#include "tiler/vector/level_draft.hpp"
#include "tiler/vector/vector_index.hpp"

#include <algorithm>
#include <utility>

namespace relief::vector {
namespace {

/// A shape of more points is cut: reading it whole for every tile that it touches would cost more
/// than the tile can show.
constexpr std::uint32_t most_points = 1024;

/// A square of a zoom's grid.
struct GridCell {
    std::uint32_t zoom;
    std::int64_t column;
    std::int64_t row;

    std::int64_t side() const noexcept { return world_side >> zoom; }
    WorldBox box() const noexcept {
        return {column * side(), row * side(), (column + 1) * side() - 1, (row + 1) * side() - 1};
    }
};

struct PlacedEntry {
    std::uint64_t place;
    ShapeEntry entry;
};

class Finisher {
public:
    Finisher(const LevelDraft& draft, std::uint32_t first_zoom)
        : draft_(draft),
          first_zoom_(first_zoom),
          // A unit more than tiles reach: they round.
          buffer_((tile_buffer + 16) * (world_side >> first_zoom) / tile_extent) {}

    void take(const DraftShape& draft, std::uint8_t shown_from) {
        ShapeEntry entry;
        entry.feature = draft.feature;
        entry.weight = draft.weight;
        entry.kind = static_cast<std::uint8_t>(draft.kind);
        entry.first_zoom = shown_from;
        if (draft.points > most_points && draft.kind != GeometryKind::point) {
            entry.piece = 1;
            return cut(draft_.shape(draft), {0, 0, 0}, entry);
        }
        entry.box = draft.box;
        entry.offset = geometry_.size();
        entry.length = draft.length;
        const auto from = draft_.geometry.begin() + static_cast<std::ptrdiff_t>(draft.offset);
        geometry_.insert(geometry_.end(), from, from + draft.length);
        entries_.push_back({draft.place, entry});
    }

    FinishedLevel result() {
        std::stable_sort(entries_.begin(), entries_.end(), [](const auto& a, const auto& b) {
            return a.place < b.place;
        });
        FinishedLevel level;
        level.head = {first_zoom_,
                      draft_.last_zoom,
                      draft_.shift,
                      static_cast<std::uint32_t>(entries_.size())};
        level.shapes.reserve(entries_.size());
        for (const PlacedEntry& one : entries_) level.shapes.push_back(one.entry);
        level.geometry = std::move(geometry_);
        add_tree(level);
        return level;
    }

private:
    void cut(const Shape& shape, const GridCell& cell, const ShapeEntry& like) {
        if (shape.empty()) return;
        if (shape.points.size() <= most_points || cell.zoom >= first_zoom_)
            return append_piece(shape, cell, like);
        for (std::int64_t i = 0; i < 4; ++i) {
            const GridCell quarter{cell.zoom + 1, cell.column * 2 + i % 2, cell.row * 2 + i / 2};
            const WorldBox box = quarter.box().grown(buffer_);
            if (!vector::box_of(shape).meets(box)) continue;
            cut(clipped(shape, box), quarter, like);
        }
    }
    void append_piece(const Shape& shape, const GridCell& cell, ShapeEntry entry) {
        const WorldBox box = cell.box();
        entry.box = box32(box);
        entry.offset = geometry_.size();
        append_shape(geometry_, shape, {entry.box.left, entry.box.top, draft_.shift});
        entry.length = static_cast<std::uint32_t>(geometry_.size() - entry.offset);
        const auto middle = [](std::int64_t a, std::int64_t b) {
            return static_cast<std::uint32_t>((a + b) / 2);
        };
        entries_.push_back(
            {hilbert(middle(box.left, box.right), middle(box.top, box.bottom)), entry});
    }

    template <typename At>
    static WorldBox32 joined(std::size_t first, std::size_t end, const At& at) {
        WorldBox32 all = at(first);
        for (std::size_t i = first + 1; i < end; ++i) {
            const WorldBox32 one = at(i);
            all.left = std::min(all.left, one.left);
            all.top = std::min(all.top, one.top);
            all.right = std::max(all.right, one.right);
            all.bottom = std::max(all.bottom, one.bottom);
        }
        return all;
    }
    static void add_tree(FinishedLevel& level) {
        std::size_t below = 0;  // where the height below begins in the tree
        std::size_t count = level.shapes.size();
        for (bool leaves = true; leaves || count > 1; leaves = false) {
            const std::size_t begin = level.tree.size();
            for (std::size_t first = 0; first < count; first += node_size) {
                const std::size_t end = std::min(first + node_size, count);
                level.tree.push_back(
                    leaves
                        ? joined(first, end, [&](std::size_t i) { return level.shapes[i].box; })
                        : joined(first, end, [&](std::size_t i) { return level.tree[below + i]; }));
            }
            below = begin;
            count = level.tree.size() - begin;
        }
    }

    const LevelDraft& draft_;
    std::uint32_t first_zoom_;
    std::int64_t buffer_;
    std::vector<PlacedEntry> entries_;
    Bytes geometry_;
};

}  // namespace

FinishedLevel finished(const LevelDraft& draft,
                       std::uint32_t first_zoom,
                       const std::vector<std::uint8_t>& first_zooms) {
    Finisher finisher(draft, first_zoom);
    for (const DraftShape& shape : draft.shapes) finisher.take(shape, first_zooms[shape.feature]);
    return finisher.result();
}

}  // namespace relief::vector
