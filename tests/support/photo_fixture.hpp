#pragma once
// Photos as cameras make them.

#include "tiler/core/bytes.hpp"
#include "tiler/encode/jpeg_writer.hpp"

#include <cstdint>
#include <string_view>

namespace relief::testing {

/// A JPEG whose upper left quarter is bright, all else dark.
inline Bytes photo_of(PixelSize size) {
    RgbaPixels pixels{{}, true};
    for (int row = 0; row < size.height; ++row)
        for (int column = 0; column < size.width; ++column) {
            const bool lit = row * 2 < size.height && column * 2 < size.width;
            const std::uint8_t grey = lit ? std::uint8_t{250} : std::uint8_t{5};
            for (const std::uint8_t value : {grey, grey, grey, std::uint8_t{255}})
                pixels.values.push_back(value);
        }
    return *encode::write_jpeg({size, pixels}, 95);
}

/// With an APP1 segment after its beginning, as cameras write it: orientation and a secret.
inline Bytes with_exif(const Bytes& jpeg, std::uint8_t orientation) {
    Bytes exif{'E', 'x', 'i', 'f', 0, 0, 'I', 'I', 42, 0, 8, 0, 0, 0, 1, 0};
    const Bytes entry{0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0, 0, 0, 0, 0};
    exif.insert(exif.end(), entry.begin(), entry.end());
    for (const char c : std::string_view("SecretCam 33.53N"))
        exif.push_back(static_cast<std::uint8_t>(c));
    Bytes all(jpeg.begin(), jpeg.begin() + 2);
    const auto length = static_cast<std::uint8_t>(exif.size() + 2);
    all.insert(all.end(), {0xFF, 0xE1, 0, length});
    all.insert(all.end(), exif.begin(), exif.end());
    all.insert(all.end(), jpeg.begin() + 2, jpeg.end());
    return all;
}

}  // namespace relief::testing
