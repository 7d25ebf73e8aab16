#include "tiler/encode/gzip.hpp"

#include <libdeflate.h>

#include <algorithm>
#include <memory>

namespace relief::encode {
namespace {

constexpr int gzip_level = 6;  // zlib's own choice: beyond it time doubles for a hundredth

struct CompressorEnd {
    void operator()(libdeflate_compressor* one) const noexcept { libdeflate_free_compressor(one); }
};
struct DecompressorEnd {
    void operator()(libdeflate_decompressor* one) const noexcept {
        libdeflate_free_decompressor(one);
    }
};

}  // namespace

Bytes gzipped(std::span<const std::uint8_t> bytes) {
    const std::unique_ptr<libdeflate_compressor, CompressorEnd> compressor(
        libdeflate_alloc_compressor(gzip_level));
    Bytes packed(libdeflate_gzip_compress_bound(compressor.get(), bytes.size()));
    packed.resize(libdeflate_gzip_compress(
        compressor.get(), bytes.data(), bytes.size(), packed.data(), packed.size()));
    return packed;
}

Result<Bytes> gunzipped(std::span<const std::uint8_t> bytes, std::size_t most) {
    const std::unique_ptr<libdeflate_decompressor, DecompressorEnd> decompressor(
        libdeflate_alloc_decompressor());
    // The room grows: what a file says of its size is not believed.
    for (std::size_t room = std::min<std::size_t>(most, 4 * bytes.size() + 1024);;
         room = std::min(most, 4 * room)) {
        Bytes plain(room);
        std::size_t length = 0;
        const auto result = libdeflate_gzip_decompress(
            decompressor.get(), bytes.data(), bytes.size(), plain.data(), plain.size(), &length);
        if (result == LIBDEFLATE_SUCCESS) {
            plain.resize(length);
            return plain;
        }
        if (result != LIBDEFLATE_INSUFFICIENT_SPACE || room == most)
            return source_broken("it is no gzip file, or holds too much");
    }
}

}  // namespace relief::encode
