#include "tiler/vector/index_parts.hpp"

#include <optional>
#include <string>
#include <xxhash.h>

namespace relief::vector {
namespace {

constexpr std::size_t most_sections = 1024;
constexpr std::size_t most_attributes = 4096;
constexpr std::size_t longest_attribute_name = 1024;

Error damaged_index(const char* what) {
    return source_broken(std::string("the layer's file is damaged: ") + what);
}

/// Takes numbers from the front of bytes.
class FrontReader {
public:
    explicit FrontReader(std::span<const std::uint8_t> bytes) : bytes_(bytes) {}

    template <typename Number>
    std::optional<Number> take() noexcept {
        Number number{};
        if (bytes_.size() < sizeof(Number)) return std::nullopt;
        std::memcpy(&number, bytes_.data(), sizeof(Number));
        bytes_ = bytes_.subspan(sizeof(Number));
        return number;
    }
    std::optional<std::string> text(std::size_t length) {
        if (length > bytes_.size()) return std::nullopt;
        std::string text(bytes_.begin(), bytes_.begin() + static_cast<std::ptrdiff_t>(length));
        bytes_ = bytes_.subspan(length);
        return text;
    }

private:
    std::span<const std::uint8_t> bytes_;
};

Result<IndexHeader> checked_header(std::span<const std::uint8_t> bytes) {
    IndexHeader header;
    if (bytes.size() < sizeof(header)) return damaged_index("it is too short");
    std::memcpy(&header, bytes.data(), sizeof(header));
    if (header.magic != index_magic) return damaged_index("it is no index of features");
    if (header.version != index_version)
        return source_broken(
            "the layer's file was written by another version of Relief; add it again");
    if (header.length != bytes.size()) return damaged_index("it is not whole");
    if (header.sections > most_sections || header.directory > bytes.size() ||
        header.sections * sizeof(SectionEntry) != bytes.size() - header.directory)
        return damaged_index("its directory does not fit");
    return header;
}

std::optional<AttributeDescription> take_attribute(FrontReader& reader) {
    const auto type = reader.take<std::uint8_t>();
    const auto length = reader.take<std::uint32_t>();
    if (!type || !length || *type > static_cast<std::uint8_t>(AttributeType::boolean) ||
        *length == 0 || *length > longest_attribute_name)
        return std::nullopt;
    auto name = reader.text(*length);
    if (!name) return std::nullopt;
    return AttributeDescription{std::move(*name), static_cast<AttributeType>(*type)};
}

/// How many records each height of the tree over the leaves has, up to the root.
std::vector<std::size_t> heights_over(std::size_t leaves) {
    std::vector<std::size_t> heights;
    for (std::size_t count = leaves; count > 1 || heights.empty();) {
        count = (count + node_size - 1) / node_size;
        heights.push_back(count);
    }
    return heights;
}

}  // namespace

std::span<const std::uint8_t> IndexParts::section(SectionKind kind, std::uint32_t number) const {
    const auto found = sections_.find({kind, number});
    return found == sections_.end() ? std::span<const std::uint8_t>() : found->second;
}

Result<void> IndexParts::read_directory() {
    const auto header = checked_header(bytes_);
    if (!header) return header.error();
    const auto directory = bytes_.subspan(header->directory);
    if (XXH3_64bits(directory.data(), directory.size()) != header->checksum)
        return damaged_index("its directory was changed");
    const Records<SectionEntry> entries(directory);
    for (std::size_t i = 0; i < entries.size(); ++i) {
        const SectionEntry entry = entries[i];
        if (entry.offset > header->directory || entry.length > header->directory - entry.offset)
            return damaged_index("a section lies outside of it");
        sections_[{entry.kind, entry.number}] = bytes_.subspan(entry.offset, entry.length);
        if (entry.kind == SectionKind::level) levels_ = std::max(levels_, entry.number + 1);
    }
    if (levels_ == 0 || levels_ > most_sections) return damaged_index("it has no levels");
    return {};
}

Result<void> IndexParts::read_schema(VectorIndex& index) const {
    FrontReader reader(section(SectionKind::schema));
    const auto count = reader.take<std::uint32_t>();
    if (!count || *count > most_attributes)
        return damaged_index("its attributes are not described");
    for (std::uint32_t i = 0; i < *count; ++i) {
        auto attribute = take_attribute(reader);
        if (!attribute) return damaged_index("its attributes are not described");
        index.attributes_.push_back(std::move(*attribute));
    }
    return {};
}

Result<void> IndexParts::read_table(VectorIndex& index) const {
    index.ids_ = Records<std::uint64_t>(section(SectionKind::ids));
    index.rows_ = Records<std::uint32_t>(section(SectionKind::rows));
    index.value_ends_ = Records<std::uint64_t>(section(SectionKind::value_ends));
    index.values_ = section(SectionKind::values);
    index.thinned_ = Records<ThinnedTile>(section(SectionKind::thinned));
    if (index.ids_.size() > 0xFFFF'FFFFU ||
        index.rows_.size() != index.ids_.size() * index.attributes_.size())
        return damaged_index("its table of attributes does not fit");
    index.moments_ = Records<MomentEntry>(section(SectionKind::moments));
    index.times_ = Records<std::uint32_t>(section(SectionKind::times));
    if (index.times_.size() != 0 && index.times_.size() != index.ids_.size())
        return damaged_index("its table of times does not fit");
    for (std::uint32_t depth = 0; depth <= world_bits; ++depth)
        if (const auto counts = section(SectionKind::counts, depth); !counts.empty())
            index.counts_.push_back({depth, Records<CountEntry>(counts)});
    index.labels_ = Records<LabelEntry>(section(SectionKind::labels));
    return {};
}

Result<Level> IndexParts::read_level(std::uint32_t number) const {
    const auto head = section(SectionKind::level, number);
    Level level;
    if (head.size() != sizeof(LevelHead)) return damaged_index("a level is missing");
    std::memcpy(&level.head, head.data(), sizeof(LevelHead));
    const bool sane = level.head.shift <= world_bits - 12 &&
                      level.head.first_zoom <= level.head.last_zoom &&
                      level.head.last_zoom <= deepest_zoom;
    if (!sane) return damaged_index("a level makes no sense");
    level.shapes = Records<ShapeEntry>(section(SectionKind::shapes, number));
    level.geometry = section(SectionKind::geometry, number);
    if (level.shapes.size() != level.head.shapes) return damaged_index("a level is not whole");
    auto boxes = section(SectionKind::tree, number);
    for (const std::size_t count : heights_over(level.shapes.size())) {
        if (boxes.size() / sizeof(WorldBox32) < count) return damaged_index("a tree is not whole");
        level.tree.emplace_back(boxes.first(count * sizeof(WorldBox32)));
        boxes = boxes.subspan(count * sizeof(WorldBox32));
    }
    return level;
}

Result<void> IndexParts::read_levels(VectorIndex& index) const {
    for (std::uint32_t number = 0; number < levels_; ++number) {
        auto level = read_level(number);
        if (!level) return level.error();
        index.levels_.push_back(std::move(*level));
    }
    return {};
}

Result<VectorIndex> IndexParts::whole() {
    VectorIndex index;
    if (auto read = read_directory(); !read) return read.error();
    if (auto read = read_schema(index); !read) return read.error();
    if (auto read = read_table(index); !read) return read.error();
    if (auto read = read_levels(index); !read) return read.error();
    return index;
}

}  // namespace relief::vector
