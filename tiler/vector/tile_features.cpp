#include "tiler/vector/tile_features.hpp"

#include "tiler/vector/clip.hpp"
#include "tiler/vector/simplify.hpp"
#include "tiler/vector/unit_grid.hpp"
#include "tiler/vector/world.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

namespace relief::vector {
namespace {

/// Numbers of values in the index to numbers in one tile: open addressing, since a tile looks up
/// one for each attribute of each feature.
class ValueNumbers {
public:
    ValueNumbers() : slots_(least_slots) {}

    /// The slot of a value: `second` is 0 for one that is new and must be filled.
    std::pair<std::uint32_t, std::uint32_t>& slot(std::uint32_t number) {
        if (used_ * 2 >= slots_.size()) grow();
        auto& found = slots_[place(number)];
        if (found.first == 0) {
            found.first = number;
            ++used_;
        }
        return found;
    }

private:
    static constexpr std::size_t least_slots = 256;

    std::size_t place(std::uint32_t number) const noexcept {
        // Knuth's multiplicative hash; the number of slots is a power of two.
        const std::uint32_t hash = number * 2654435769U;
        std::size_t at = hash & (slots_.size() - 1);
        while (slots_[at].first != 0 && slots_[at].first != number)
            at = (at + 1) & (slots_.size() - 1);
        return at;
    }
    void grow() {
        std::vector<std::pair<std::uint32_t, std::uint32_t>> before(slots_.size() * 2);
        before.swap(slots_);
        for (const auto& slot : before)
            if (slot.first != 0) slots_[place(slot.first)] = slot;
    }

    std::vector<std::pair<std::uint32_t, std::uint32_t>> slots_;
    std::size_t used_ = 0;
};

class TileCollector {
public:
    TileCollector(const VectorIndex& index, const TileId& tile, const TileWish& wish)
        : index_(index),
          tile_(tile),
          wish_(wish),
          level_(index.level_for(tile.zoom())),
          grid_(tile),
          own_(world_box(tile)),
          window_{wish.window.left, wish.window.top, wish.window.right, wish.window.bottom} {
        result_.name = wish.name;
        attributes_.resize(index.attributes().size());
        std::iota(attributes_.begin(), attributes_.end(), std::size_t{0});
        if (wish.attributes) attributes_ = *wish.attributes;
        for (const std::size_t attribute : attributes_)
            result_.keys.push_back(index.attributes()[attribute].name);
    }

    Result<FeatureTile> collect() {
        const auto done = VectorIndex::find(
            level_, grid_.steps_of(window_), [&](std::uint32_t number) { return take(number); });
        if (!done) return done.error();
        result_.left_out = index_.left_out(tile_);
        return std::move(result_);
    }

private:
    Result<void> take(std::uint32_t number) {
        const ShapeEntry entry = level_.shapes[number];
        if (entry.first_zoom > tile_.zoom()) return {};
        // Of a large shape there is a piece for each cell; only that of the tile's own is for it.
        if (entry.piece != 0 && !box_of(entry.box).holds(own_)) return {};
        // A filter may be the most of the work.
        const std::uint32_t look_up = wish_.wanted ? 16 : 256;
        if (++taken_ % look_up == 0 && wish_.deadline.passed())
            return Error{Fault::out_of_time, "the tile could not be made in time"};
        if (entry.feature >= index_.features())
            return source_broken("the layer's file is damaged: a shape of no feature");
        if (entry.kind > static_cast<std::uint8_t>(GeometryKind::area))
            return source_broken("the layer's file is damaged: a shape of no kind");
        if (wish_.wanted && !wish_.wanted(entry.feature, static_cast<GeometryKind>(entry.kind)))
            return {};
        if (auto read = VectorIndex::read_shape(level_, entry, shape_); !read) return read;
        grid_.to_units(shape_);
        append(shape_, entry);
        if (appended_ && shape_.kind == GeometryKind::area && wish_.labels && index_.knows_labels())
            append_labels_of(entry.feature);
        return append_tags_of(entry.feature);
    }

    void append_labels_of(std::uint32_t number) {
        TileFeature& feature = result_.features.back();
        feature.first_label = static_cast<std::uint32_t>(result_.labels.size());
        feature.labels_known = true;
        for (const LabelEntry& label : index_.labels_of(number)) {
            const WorldPoint at = grid_.units_of({label.x, label.y});
            const bool here = std::min(at.x, at.y) >= 0 && std::max(at.x, at.y) < tile_extent;
            if (label.first_zoom > tile_.zoom() || !here) continue;
            result_.labels.push_back(
                {static_cast<std::int32_t>(at.x), static_cast<std::int32_t>(at.y)});
        }
        feature.labels = static_cast<std::uint32_t>(result_.labels.size()) - feature.first_label;
    }

    /// Nothing when nothing of it is to be seen: then the feature's tags are not wanted either.
    void append(Shape& shape, const ShapeEntry& entry) {
        appended_ = false;
        if (shape.kind != GeometryKind::point) shape = snapped(shape, 0);
        if (shape.empty()) return;
        if (!window_.holds(vector::box_of(shape))) {
            shape = clipped(shape, window_);
            if (shape.kind == GeometryKind::area) shape = snapped(shape, 0);
            if (shape.empty()) return;
        }
        wind(shape);
        TileFeature feature;
        feature.id = index_.id_of(entry.feature);
        feature.kind = shape.kind;
        feature.weight = entry.weight;
        feature.first_path = static_cast<std::uint32_t>(result_.paths.size());
        for (const Path& path : shape.paths) append_path(shape, path);
        feature.paths = static_cast<std::uint32_t>(result_.paths.size()) - feature.first_path;
        if (feature.paths == 0) return;
        appended_ = true;
        result_.features.push_back(feature);
    }
    void append_path(const Shape& shape, const Path& path) {
        if (path.count == 0 || (shape.kind == GeometryKind::line && path.count < 2)) return;
        const auto first = static_cast<std::uint32_t>(result_.points.size());
        for (std::uint32_t i = path.first; i < path.first + path.count; ++i)
            result_.points.push_back({static_cast<std::int32_t>(shape.points[i].x),
                                      static_cast<std::int32_t>(shape.points[i].y)});
        result_.paths.push_back({first, path.count});
    }

    Result<void> append_tags_of(std::uint32_t number) {
        if (!appended_) return {};
        TileFeature& feature = result_.features.back();
        feature.first_tag = static_cast<std::uint32_t>(result_.tags.size());
        for (std::size_t key = 0; key < attributes_.size(); ++key) {
            const std::uint32_t value = index_.value_number(number, attributes_[key]);
            if (value == 0) continue;
            auto& slot = numbers_.slot(value);
            if (slot.second == 0) {
                auto read = index_.value(value);
                if (!read) return read.error();
                result_.values.push_back(std::move(*read));
                slot.second = static_cast<std::uint32_t>(result_.values.size());
            }
            result_.tags.push_back(static_cast<std::uint32_t>(key));
            result_.tags.push_back(slot.second - 1);
        }
        feature.tags = static_cast<std::uint32_t>(result_.tags.size()) - feature.first_tag;
        return {};
    }

    const VectorIndex& index_;
    const TileId& tile_;
    const TileWish& wish_;
    const Level& level_;
    UnitGrid grid_;
    WorldBox own_;
    WorldBox window_;
    std::vector<std::size_t> attributes_;
    ValueNumbers numbers_;
    Shape shape_;
    FeatureTile result_;
    std::uint32_t taken_ = 0;
    bool appended_ = false;
};

}  // namespace

Result<FeatureTile> tile_features(const VectorIndex& index,
                                  const TileId& tile,
                                  const TileWish& wish) {
    auto found = TileCollector(index, tile, wish).collect();
    if (auto whole = index.intact(); !whole) return whole.error();
    return found;
}

}  // namespace relief::vector
