#include "tiler/vector/vector_index.hpp"

#include "tiler/vector/geometry_code.hpp"
#include "tiler/vector/index_parts.hpp"

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

namespace relief::vector {
namespace {

Error damaged_value() {
    return source_broken("the layer's file is damaged: an attribute in it makes no sense");
}

template <typename Number>
std::optional<Number> number_in(std::span<const std::uint8_t> bytes) noexcept {
    Number number{};
    if (bytes.size() != sizeof(Number)) return std::nullopt;
    std::memcpy(&number, bytes.data(), sizeof(Number));
    return number;
}

Result<AttributeValue> parse_value(std::span<const std::uint8_t> bytes) {
    if (bytes.empty()) return damaged_value();
    const auto payload = bytes.subspan(1);
    switch (static_cast<AttributeType>(bytes[0])) {
        case AttributeType::text:
            return AttributeValue(std::string(payload.begin(), payload.end()));
        case AttributeType::integer:
            if (const auto number = number_in<std::int64_t>(payload))
                return AttributeValue(*number);
            break;
        case AttributeType::number:
            if (const auto number = number_in<double>(payload)) return AttributeValue(*number);
            break;
        case AttributeType::boolean:
            if (payload.size() == 1) return AttributeValue(payload[0] != 0);
            break;
    }
    return damaged_value();
}

/// Looks down the packed tree without recursion.
class TreeWalk {
public:
    TreeWalk(const Level& level, const WorldBox& box) : level_(level), box_(box) {}

    /// The numbers of one node after the other, from the root.
    Result<void> run(const std::function<Result<void>(std::uint32_t)>& take) {
        push_children({level_.tree.size(), 0});
        while (!open_.empty()) {
            const auto [height, node] = open_.back();
            open_.pop_back();
            if (height == 0) {
                if (auto taken = take(static_cast<std::uint32_t>(node)); !taken) return taken;
            } else {
                push_children({height, node});
            }
        }
        return {};
    }

private:
    std::size_t count(std::size_t height) const {
        return height == 0 ? level_.shapes.size() : level_.tree[height - 1].size();
    }
    WorldBox box(std::size_t height, std::size_t node) const {
        return box_of(height == 0 ? level_.shapes[node].box : level_.tree[height - 1][node]);
    }
    /// Last first, so that they are opened in their order.
    void push_children(const std::pair<std::size_t, std::size_t>& place) {
        const auto [height, node] = place;
        const std::size_t below = height - 1;
        const std::size_t first = node * node_size;
        const std::size_t end = std::min(first + node_size, count(below));
        for (std::size_t child = end; child > first; --child)
            if (box(below, child - 1).meets(box_)) open_.emplace_back(below, child - 1);
    }

    const Level& level_;
    const WorldBox& box_;
    std::vector<std::pair<std::size_t, std::size_t>> open_;
};

}  // namespace

WorldBox box_of(const WorldBox32& box) noexcept {
    // The last step stands for the edge too.
    const auto edge = [](std::uint32_t step) {
        return std::int64_t{step} + (step == 0xFFFF'FFFFU ? 1 : 0);
    };
    return {box.left, box.top, edge(box.right), edge(box.bottom)};
}

Result<VectorIndex> VectorIndex::open(const std::filesystem::path& file) {
    auto mapped = MappedFile::open(file);
    if (!mapped) return mapped.error();
    auto index = read(mapped->bytes());
    if (!index) return index;
    index->file_.emplace(std::move(*mapped));
    if (auto whole = index->intact(); !whole) return whole.error();
    return index;
}

Result<VectorIndex> VectorIndex::read(std::span<const std::uint8_t> bytes) {
    IndexParts parts(bytes);
    return parts.whole();
}

const Level& VectorIndex::level_for(std::uint32_t zoom) const noexcept {
    const auto found = std::find_if(levels_.begin(), levels_.end(), [&](const Level& level) {
        return zoom <= level.head.last_zoom;
    });
    return found == levels_.end() ? levels_.back() : *found;
}

Result<void> VectorIndex::find(const Level& level,
                               const WorldBox& box,
                               const std::function<Result<void>(std::uint32_t)>& take) {
    return TreeWalk(level, box).run(take);
}

Result<void> VectorIndex::read_shape(const Level& level, const ShapeEntry& entry, Shape& shape) {
    const std::size_t size = level.geometry.size();
    if (entry.offset > size || entry.length > size - entry.offset ||
        entry.kind > static_cast<std::uint8_t>(GeometryKind::area))
        return source_broken("the layer's file is damaged: a geometry lies outside of it");
    shape.kind = static_cast<GeometryKind>(entry.kind);
    return vector::read_shape(level.geometry.subspan(entry.offset, entry.length),
                              {entry.box.left, entry.box.top, level.head.shift},
                              shape);
}

Result<AttributeValue> VectorIndex::value(std::uint32_t number) const {
    if (number == 0 || number > value_ends_.size()) return damaged_value();
    const std::uint64_t begin = number == 1 ? 0 : value_ends_[number - 2];
    const std::uint64_t end = value_ends_[number - 1];
    if (begin > end || end > values_.size()) return damaged_value();
    return parse_value(values_.subspan(begin, end - begin));
}

std::optional<VectorIndex::Counts> VectorIndex::counts_for(std::uint32_t depth) const {
    const auto found = std::find_if(
        counts_.begin(), counts_.end(), [&](const Counts& one) { return one.depth >= depth; });
    return found == counts_.end() ? std::nullopt : std::optional(*found);
}

std::vector<LabelEntry> VectorIndex::labels_of(std::uint32_t feature) const {
    std::size_t low = 0;
    std::size_t high = labels_.size();
    while (low < high) {
        const std::size_t middle = low + (high - low) / 2;
        if (labels_[middle].feature < feature) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    std::vector<LabelEntry> found;
    for (; low < labels_.size() && labels_[low].feature == feature; ++low)
        found.push_back(labels_[low]);
    return found;
}

Result<void> VectorIndex::intact() const {
    if (!file_ || !file_->spoiled()) return {};
    return source_broken(
        "the layer's file was cut, or its disk failed, while it was read; add the layer again");
}

std::uint64_t VectorIndex::left_out(const TileId& tile) const noexcept {
    const auto key = std::tuple(tile.zoom(), tile.row(), tile.column());
    std::size_t low = 0;
    std::size_t high = thinned_.size();
    while (low < high) {
        const std::size_t middle = low + (high - low) / 2;
        const ThinnedTile one = thinned_[middle];
        if (std::tuple(one.zoom, one.row, one.column) < key) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    if (low == thinned_.size()) return 0;
    const ThinnedTile found = thinned_[low];
    return std::tuple(found.zoom, found.row, found.column) == key ? found.left_out : 0;
}

}  // namespace relief::vector
