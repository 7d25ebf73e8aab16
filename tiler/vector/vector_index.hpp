#pragma once
// The index file, read: levels, shapes in a box, attributes. Nothing in it is trusted.

#include "tiler/core/features.hpp"
#include "tiler/core/instant.hpp"
#include "tiler/core/result.hpp"
#include "tiler/core/tile_id.hpp"
#include "tiler/vector/index_format.hpp"
#include "tiler/vector/mapped_file.hpp"
#include "tiler/vector/shape.hpp"

#include <cstdint>
#include <cstring>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

namespace relief::vector {

/// Records of one kind in bytes that may lie at any address.
template <typename Record>
class Records {
    static_assert(std::is_trivially_copyable_v<Record>);

public:
    Records() = default;
    explicit Records(std::span<const std::uint8_t> bytes) : bytes_(bytes) {}
    std::size_t size() const noexcept { return bytes_.size() / sizeof(Record); }
    /// `index` is below size().
    Record operator[](std::size_t index) const noexcept {
        Record record;
        std::memcpy(&record, bytes_.data() + index * sizeof(Record), sizeof(Record));
        return record;
    }

private:
    std::span<const std::uint8_t> bytes_;
};

WorldBox box_of(const WorldBox32& box) noexcept;

/// One generalised level.
struct Level {
    LevelHead head;
    Records<ShapeEntry> shapes;
    std::vector<Records<WorldBox32>> tree;  ///< from the leaves' parents up to the root
    std::span<const std::uint8_t> geometry;
};

/// For any thread.
class VectorIndex {
public:
    /// Errors: source_broken when the file is not whole, not ours or does not fit together.
    static Result<VectorIndex> open(const std::filesystem::path& file);
    /// The same of bytes that outlive the index.
    static Result<VectorIndex> read(std::span<const std::uint8_t> bytes);

    const std::vector<AttributeDescription>& attributes() const noexcept { return attributes_; }
    std::uint64_t features() const noexcept { return ids_.size(); }
    /// The level that has what tiles of the zoom show.
    const Level& level_for(std::uint32_t zoom) const noexcept;
    std::size_t levels() const noexcept { return levels_.size(); }

    /// Numbers of the level's shapes whose box meets the box, ascending. `take` may say false:
    /// stop. Errors: what `take` says.
    static Result<void> find(const Level& level,
                             const WorldBox& box,
                             const std::function<Result<void>(std::uint32_t)>& take);

    /// Errors: source_broken when the bytes make no sense.
    static Result<void> read_shape(const Level& level, const ShapeEntry& entry, Shape& shape);

    /// Id in the source of a feature below features().
    std::uint64_t id_of(std::uint32_t feature) const noexcept { return ids_[feature]; }
    /// 0 for null, else number of a value + 1.
    std::uint32_t value_number(std::uint32_t feature, std::size_t attribute) const noexcept {
        return rows_[feature * attributes_.size() + attribute];
    }
    /// Errors: source_broken for a number without a value, or bytes that are none.
    Result<AttributeValue> value(std::uint32_t number) const;

    /// The moments at which features were, ascending, each once; none when nothing is known of it.
    std::size_t moments() const noexcept { return moments_.size(); }
    InstantRange moment(std::size_t number) const noexcept {
        const MomentEntry entry = moments_[number];
        return {Instant{entry.first}, Instant{entry.last}};
    }
    /// 0 when it is not known when the feature was, else number of a moment + 1.
    std::uint32_t moment_number(std::uint32_t feature) const noexcept {
        return times_.size() == 0 ? 0 : times_[feature];
    }

    /// Of the coarsest depth of the quadtree that is kept and not above `depth`, which is the
    /// entries' own; nothing when none is.
    struct Counts {
        std::uint32_t depth = 0;
        Records<CountEntry> entries;
    };
    std::optional<Counts> counts_for(std::uint32_t depth) const;

    /// Whether it is known where areas have their names; of a feature then, those places.
    bool knows_labels() const noexcept { return labels_.size() != 0; }
    std::vector<LabelEntry> labels_of(std::uint32_t feature) const;

    /// Asked when all that an answer needs has been read. Errors: source_broken when the file was
    /// cut, or its disk failed, since it was opened: then the answer may be wrong.
    Result<void> intact() const;

    /// Features whose middle lies in the tile and that it does not show.
    std::uint64_t left_out(const TileId& tile) const noexcept;

private:
    VectorIndex() = default;
    friend class IndexParts;

    std::optional<MappedFile> file_;
    std::vector<AttributeDescription> attributes_;
    std::vector<Level> levels_;  ///< coarsest first
    Records<std::uint64_t> ids_;
    Records<std::uint32_t> rows_;
    Records<std::uint64_t> value_ends_;
    std::span<const std::uint8_t> values_;
    Records<ThinnedTile> thinned_;
    Records<MomentEntry> moments_;
    Records<std::uint32_t> times_;  ///< none, or one for each feature
    std::vector<Counts> counts_;    ///< ascending by depth
    Records<LabelEntry> labels_;
};

}  // namespace relief::vector
