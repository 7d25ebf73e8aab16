#include "tiler/core/version.hpp"

#include <array>
#include <cstdint>

namespace relief {

std::string fingerprint(std::string_view bytes) {
    // FNV-1a, 64 bit: http://www.isthe.com/chongo/tech/comp/fnv/
    std::uint64_t hash = 14695981039346656037ULL;
    for (const char byte : bytes) {
        hash ^= static_cast<unsigned char>(byte);
        hash *= 1099511628211ULL;
    }
    constexpr std::array<char, 17> digits{"0123456789abcdef"};
    std::string text(16, '0');
    for (std::size_t i = 0; i < text.size(); ++i) text[15 - i] = digits[(hash >> (4 * i)) & 15U];
    return text;
}

}  // namespace relief
