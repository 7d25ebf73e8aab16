#include "tiler/encode/png_scanlines.hpp"

#include "tiler/encode/png_filter.hpp"
#include "tiler/encode/straight.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <utility>
#include <variant>

namespace relief::encode {
namespace {

constexpr std::uint8_t no_filter = 0;
constexpr std::uint8_t paeth_filter = 4;

using ByteRow = std::span<const std::uint8_t>;

struct RowShape {
    std::size_t pixels;
    std::size_t pixel_bytes;
};

ByteRow row_of(const Bytes& bytes, std::size_t row, RowShape shape) {
    const std::size_t length = shape.pixels * shape.pixel_bytes;
    return ByteRow(bytes).subspan(row * length, length);
}

/// Rows that must be converted first; the one before stays valid, the filter still looks at it.
class ConvertedRows {
public:
    explicit ConvertedRows(RowShape shape) {
        for (auto& row : rows_) row.resize(shape.pixels * shape.pixel_bytes);
    }
    Bytes& next() {
        std::swap(rows_[0], rows_[1]);
        return rows_[0];
    }

private:
    std::array<Bytes, 2> rows_;
};

// Paeth for every picture that is no palette: on Sentinel-2 and Landsat scenes at level 1 it gave
// 3 to 13 % fewer bytes than Sub, Up or Average, in the same time within the noise (the filter
// is 0.1 ms of 2). A choice row by row would read every row five times.
template <typename NextRow>
Bytes filter_rows(const NextRow& next_row, RowShape shape, std::size_t rows) {
    const std::size_t length = shape.pixels * shape.pixel_bytes;
    Bytes lines((length + 1) * rows);
    const Bytes nothing_above(length, 0);
    ByteRow above = nothing_above;
    for (std::size_t y = 0; y < rows; ++y) {
        const auto line = std::span(lines).subspan(y * (length + 1), length + 1);
        const ByteRow row = next_row(y);
        line[0] = paeth_filter;
        filter_paeth({row, above, shape.pixel_bytes}, line.subspan(1));
        above = row;
    }
    return lines;
}

struct Extent {
    std::size_t width;
    std::size_t height;
};

Scanlines lines_of(const IndexedPixels& pixels, Extent extent) {
    // One cheap pass that often halves a tile: most tiles of a classified layer hold few classes.
    const std::uint8_t highest = *std::max_element(pixels.indices.begin(), pixels.indices.end());
    const IndexBits bits = bits_for(highest);
    const auto depth = static_cast<std::uint8_t>(bits);
    const std::size_t length = (extent.width * depth + 7) / 8;
    Bytes lines((length + 1) * extent.height, no_filter);
    for (std::size_t y = 0; y < extent.height; ++y) {
        const auto line = std::span(lines).subspan(y * (length + 1) + 1, length);
        pack_indices(row_of(pixels.indices, y, {extent.width, 1}), bits, line);
    }
    const auto first = pixels.palette->begin();
    return {ColourType::palette, depth, std::move(lines), Palette(first, first + highest + 1)};
}

Scanlines lines_of(const GreyPixels& pixels, Extent extent) {
    const RowShape grey{extent.width, 1};
    if (pixels.alpha.empty()) {
        const auto next = [&](std::size_t y) { return row_of(pixels.values, y, grey); };
        return {ColourType::grey, 8, filter_rows(next, grey, extent.height), {}};
    }
    const RowShape shape{extent.width, 2};
    ConvertedRows converted(shape);
    const auto next = [&](std::size_t y) {
        const ByteRow values = row_of(pixels.values, y, grey);
        const ByteRow alpha = row_of(pixels.alpha, y, grey);
        Bytes& out = converted.next();
        for (std::size_t x = 0; x < extent.width; ++x) {
            out[x * 2] = straight({values[x], alpha[x]});
            out[x * 2 + 1] = alpha[x];
        }
        return ByteRow(out);
    };
    return {ColourType::grey_alpha, 8, filter_rows(next, shape, extent.height), {}};
}

Scanlines lines_of(const RgbaPixels& pixels, Extent extent) {
    const RowShape rgba{extent.width, 4};
    const RowShape shape{extent.width, pixels.opaque ? 3U : 4U};
    ConvertedRows converted(shape);
    const auto next = [&](std::size_t y) {
        Bytes& out = converted.next();
        const ByteRow row = row_of(pixels.values, y, rgba);
        if (pixels.opaque) {
            rgb_of_opaque(row, out);
        } else {
            straight_rgba(row, out);
        }
        return ByteRow(out);
    };
    return {pixels.opaque ? ColourType::rgb : ColourType::rgba,
            8,
            filter_rows(next, shape, extent.height),
            {}};
}

}  // namespace

Scanlines scanlines_of(const Picture& picture) {
    const Extent extent{static_cast<std::size_t>(picture.size.width),
                        static_cast<std::size_t>(picture.size.height)};
    return std::visit([&](const auto& pixels) { return lines_of(pixels, extent); }, picture.pixels);
}

}  // namespace relief::encode
