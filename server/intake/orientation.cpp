#include "server/intake/orientation.hpp"

#include <algorithm>
#include <optional>
#include <string_view>

namespace relief::intake {
namespace {

using Piece = std::span<const std::uint8_t>;

constexpr unsigned orientation_tag = 0x0112;

/// Numbers of a TIFF in its own byte order; 0 beyond the end.
class Tiff {
public:
    explicit Tiff(Piece bytes) : bytes_(bytes), little_(!bytes.empty() && bytes[0] == 'I') {}

    std::uint32_t number(std::size_t at, std::size_t size) const noexcept {
        if (at > bytes_.size() || bytes_.size() - at < size) return 0;
        std::uint32_t value = 0;
        for (std::size_t i = 0; i < size; ++i)
            value = value << 8U | bytes_[at + (little_ ? size - 1 - i : i)];
        return value;
    }

private:
    Piece bytes_;
    bool little_;
};

/// Source: Exif 2.3, 4.5.4: the header of a TIFF, then its first directory of 12-byte entries.
int orientation_of_tiff(Piece bytes) noexcept {
    const Tiff tiff(bytes);
    if (tiff.number(2, 2) != 42) return 1;
    const std::size_t directory = tiff.number(4, 4);
    const std::size_t entries = std::min(tiff.number(directory, 2), 256U);
    for (std::size_t i = 0; i < entries; ++i) {
        const std::size_t entry = directory + 2 + i * 12;
        if (tiff.number(entry, 2) != orientation_tag) continue;
        const auto value = tiff.number(entry + 8, 2);
        return value >= 1 && value <= 8 ? static_cast<int>(value) : 1;
    }
    return 1;
}

bool has_mark(Piece bytes, std::string_view mark) noexcept {
    return bytes.size() >= mark.size() &&
           std::equal(mark.begin(), mark.end(), bytes.begin(), [](char a, std::uint8_t b) {
               return static_cast<std::uint8_t>(a) == b;
           });
}

}  // namespace

int orientation_of(Piece jpeg) noexcept {
    using namespace std::string_view_literals;
    constexpr std::uint8_t app1 = 0xE1;
    constexpr std::uint8_t start_of_scan = 0xDA;
    constexpr auto exif = "Exif\0\0"sv;
    std::size_t at = 2;  // after the start of image; then marker, length and so many bytes
    while (at + 4 <= jpeg.size() && jpeg[at] == 0xFF && jpeg[at + 1] != start_of_scan) {
        const std::size_t length = static_cast<std::size_t>(jpeg[at + 2]) << 8U | jpeg[at + 3];
        if (length < 2 || length > jpeg.size() - at - 2) return 1;
        const Piece content = jpeg.subspan(at + 4, length - 2);
        if (jpeg[at + 1] == app1 && has_mark(content, exif))
            return orientation_of_tiff(content.subspan(exif.size()));
        at += 2 + length;
    }
    return 1;
}

}  // namespace relief::intake
