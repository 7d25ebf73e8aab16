#include "tiler/encode/png_writer.hpp"

#include "tiler/encode/png_scanlines.hpp"

#include <libdeflate.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <utility>

namespace relief::encode {
namespace {

constexpr std::array<std::uint8_t, 8> signature{0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
constexpr std::size_t longest_chunk = 0x7FFFFFFF;  // PNG specification 5.3

/// A PNG file that grows by chunks.
class ChunkWriter {
public:
    explicit ChunkWriter(std::size_t expected_size) {
        file_.reserve(expected_size);
        file_.insert(file_.end(), signature.begin(), signature.end());
    }

    void add(std::string_view type, std::span<const std::uint8_t> data) {
        add_number(static_cast<std::uint32_t>(data.size()));
        const std::size_t start = file_.size();
        file_.insert(file_.end(), type.begin(), type.end());
        file_.insert(file_.end(), data.begin(), data.end());
        // The check covers type and data, not the length.
        add_number(libdeflate_crc32(0, file_.data() + start, file_.size() - start));
    }

    Bytes take() && { return std::move(file_); }

private:
    void add_number(std::uint32_t number) {
        for (const unsigned shift : {24U, 16U, 8U, 0U}) {
            file_.push_back(static_cast<std::uint8_t>(number >> shift));
        }
    }

    Bytes file_;
};

std::array<std::uint8_t, 13> header_of(PixelSize size, const Scanlines& lines) {
    const auto width = static_cast<std::uint32_t>(size.width);
    const auto height = static_cast<std::uint32_t>(size.height);
    const auto byte = [](std::uint32_t number, unsigned shift) {
        return static_cast<std::uint8_t>(number >> shift);
    };
    return {byte(width, 24),
            byte(width, 16),
            byte(width, 8),
            byte(width, 0),
            byte(height, 24),
            byte(height, 16),
            byte(height, 8),
            byte(height, 0),
            lines.depth,
            static_cast<std::uint8_t>(lines.colour_type)};  // deflate, filters by row, no interlace
}

void add_palette(ChunkWriter& file, const Palette& palette) {
    Bytes colours;
    Bytes alphas;
    for (const auto& colour : palette) {
        colours.insert(colours.end(), {colour.red, colour.green, colour.blue});
        alphas.push_back(colour.alpha);
    }
    // Entries that tRNS does not reach are opaque.
    while (!alphas.empty() && alphas.back() == 255) alphas.pop_back();
    file.add("PLTE", colours);
    if (!alphas.empty()) file.add("tRNS", alphas);
}

struct CompressorRelease {
    void operator()(libdeflate_compressor* compressor) const noexcept {
        libdeflate_free_compressor(compressor);
    }
};

Result<Bytes> compress(const Bytes& lines, int level) {
    // Made anew for each picture: 4 µs against 260 (palette) to 2000 µs of work; with one kept for
    // each thread the time was the same within the noise.
    const std::unique_ptr<libdeflate_compressor, CompressorRelease> compressor(
        libdeflate_alloc_compressor(level));
    if (!compressor) return Error{Fault::too_busy, "no memory to encode the image; try again"};
    Bytes packed(libdeflate_zlib_compress_bound(compressor.get(), lines.size()));
    packed.resize(libdeflate_zlib_compress(
        compressor.get(), lines.data(), lines.size(), packed.data(), packed.size()));
    if (packed.size() > longest_chunk) return Error{Fault::too_large, "the image is too large"};
    return packed;
}

}  // namespace

Result<Bytes> write_png(const Picture& picture, int level) {
    const Scanlines lines = scanlines_of(picture);
    const auto packed = compress(lines.bytes, std::clamp(level, 1, 12));
    if (!packed) return packed.error();

    // Heads and checks of IHDR, IDAT and IEND, then PLTE and tRNS: close to what is needed, since
    // caches pay for every reserved byte.
    constexpr std::size_t chunk = 12;
    const std::size_t palette_size =
        lines.palette.empty() ? 0 : 2 * chunk + lines.palette.size() * 4;
    const std::size_t frame = signature.size() + 3 * chunk + 13 + palette_size;
    ChunkWriter file(frame + packed->size());
    file.add("IHDR", header_of(picture.size, lines));
    if (lines.colour_type == ColourType::palette) add_palette(file, lines.palette);
    file.add("IDAT", *packed);
    file.add("IEND", {});
    return std::move(file).take();
}

}  // namespace relief::encode
