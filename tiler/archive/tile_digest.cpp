#include "tiler/archive/tile_digest.hpp"

#include <array>
#include <cstdint>
#include <string_view>
#include <xxhash.h>

namespace relief::archive {

std::string digest_of(const Bytes& bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    XXH128_canonical_t canonical{};
    XXH128_canonicalFromHash(&canonical, XXH3_128bits(bytes.data(), bytes.size()));
    std::string text;
    text.reserve(2 * sizeof(canonical.digest));
    for (const std::uint8_t byte : canonical.digest) {
        text += digits[byte >> 4U];
        text += digits[byte & 15U];
    }
    return text;
}

}  // namespace relief::archive
