#include "tiler/vector/geometry_code.hpp"

#include <optional>

namespace relief::vector {
namespace {

// A quarter of the world beyond its edge: buffers reach that far at zoom 0 and no further.
constexpr std::int64_t furthest = world_side * 2;

void append_varint(Bytes& bytes, std::uint64_t value) {
    while (value >= 0x80U) {
        bytes.push_back(static_cast<std::uint8_t>(value | 0x80U));
        value >>= 7U;
    }
    bytes.push_back(static_cast<std::uint8_t>(value));
}

std::uint64_t zigzag(std::int64_t value) noexcept {
    return (static_cast<std::uint64_t>(value) << 1U) ^ static_cast<std::uint64_t>(value >> 63U);
}

std::int64_t unzigzag(std::uint64_t value) noexcept {
    return static_cast<std::int64_t>((value >> 1U) ^ (~(value & 1U) + 1U));
}

/// Reads varints to the end of its bytes and not beyond; the first failure stays.
class VarintReader {
public:
    explicit VarintReader(std::span<const std::uint8_t> bytes) : bytes_(bytes) {}

    std::uint64_t next() noexcept {
        std::uint64_t value = 0;
        for (unsigned shift = 0; shift < 64 && at_ < bytes_.size(); shift += 7) {
            const std::uint8_t byte = bytes_[at_++];
            value |= std::uint64_t{byte & 0x7FU} << shift;
            if (byte < 0x80U) return value;
        }
        good_ = false;
        return 0;
    }
    std::size_t left() const noexcept { return bytes_.size() - at_; }
    bool good() const noexcept { return good_; }

private:
    std::span<const std::uint8_t> bytes_;
    std::size_t at_ = 0;
    bool good_ = true;
};

Error damaged_shape() {
    return source_broken("the layer's file is damaged: a geometry in it makes no sense");
}

/// Steps along from the point before; nothing when that leads off the world.
std::optional<std::int64_t> moved(std::int64_t from, std::int64_t by) noexcept {
    const auto to = static_cast<std::int64_t>(static_cast<std::uint64_t>(from) +
                                              static_cast<std::uint64_t>(by));
    if (to < -furthest || to > furthest) return std::nullopt;
    return to;
}

}  // namespace

void append_shape(Bytes& bytes, const Shape& shape, const CodeFrame& frame) {
    std::int64_t x = frame.left >> frame.shift;
    std::int64_t y = frame.top >> frame.shift;
    append_varint(bytes, shape.paths.size());
    for (const Path& path : shape.paths) {
        append_varint(bytes, std::uint64_t{path.count} * 2 + (path.hole ? 1 : 0));
        for (std::uint32_t i = path.first; i < path.first + path.count; ++i) {
            const std::int64_t next_x = shape.points[i].x >> frame.shift;
            const std::int64_t next_y = shape.points[i].y >> frame.shift;
            append_varint(bytes, zigzag(next_x - x));
            append_varint(bytes, zigzag(next_y - y));
            x = next_x;
            y = next_y;
        }
    }
}

Result<void> read_shape(std::span<const std::uint8_t> bytes, const CodeFrame& frame, Shape& shape) {
    shape.clear();
    VarintReader reader(bytes);
    std::int64_t x = frame.left >> frame.shift;
    std::int64_t y = frame.top >> frame.shift;
    const std::uint64_t paths = reader.next();
    // A path takes a byte at least, a point two: no more memory than bytes are there to fill it.
    if (!reader.good() || paths > reader.left()) return damaged_shape();
    shape.paths.reserve(paths);
    shape.points.reserve(reader.left() / 2);
    for (std::uint64_t path = 0; path < paths; ++path) {
        const std::uint64_t head = reader.next();
        if (!reader.good() || head / 2 > reader.left() / 2) return damaged_shape();
        shape.begin_path((head & 1U) != 0);
        for (std::uint64_t i = 0; i < head / 2; ++i) {
            const auto next_x = moved(x, unzigzag(reader.next()));
            const auto next_y = moved(y, unzigzag(reader.next()));
            if (!next_x || !next_y) return damaged_shape();
            x = *next_x;
            y = *next_y;
            shape.add({x * (std::int64_t{1} << frame.shift), y * (std::int64_t{1} << frame.shift)});
        }
    }
    if (!reader.good() || reader.left() != 0) return damaged_shape();
    return {};
}

}  // namespace relief::vector
