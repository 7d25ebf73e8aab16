#include "tiler/encode/image_limits.hpp"

#include <algorithm>
#include <cstddef>
#include <string>

namespace relief::encode {
namespace {

constexpr std::size_t most_bytes = 0x7FFFFFFF;  // what the codecs count in a signed 32-bit number

int longest_side(ImageFormat format) noexcept {
    switch (format) {
        case ImageFormat::webp: return 16383;  // 14 bits: RFC 9649 section 3.4
        case ImageFormat::jpeg: return 65500;  // JPEG_MAX_DIMENSION of libjpeg
        case ImageFormat::png:
        case ImageFormat::automatic: break;
    }
    return 65535;
}

}  // namespace

Result<void> check_size(PixelSize size, ImageFormat format) {
    const std::string shown =
        std::to_string(size.width) + " x " + std::to_string(size.height) + " pixels";
    if (size.width < 1 || size.height < 1) {
        return bad_request("an image of " + shown + " is impossible; each side is 1 or more");
    }
    const int longest = longest_side(format);
    const auto bytes =
        static_cast<std::size_t>(size.width) * static_cast<std::size_t>(size.height) * 4;
    if (std::max(size.width, size.height) > longest || bytes > most_bytes) {
        return Error{Fault::too_large,
                     "an image of " + shown + " is too large; a side may have up to " +
                         std::to_string(longest) + " pixels and the whole 2 GB"};
    }
    return {};
}

}  // namespace relief::encode
