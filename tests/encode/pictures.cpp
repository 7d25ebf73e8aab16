#include "tests/encode/pictures.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <memory>
#include <random>

namespace relief::encode {
namespace {

struct Place {
    int x;
    int y;
};

std::uint8_t alpha_at(int x, PixelSize size) {
    if (size.width == 1) return 128;
    return static_cast<std::uint8_t>(255 - 255 * x / (size.width - 1));
}

/// 0 to 255: waves with a little noise, another wave for each channel.
class Field {
public:
    std::uint8_t at(Place place, int channel) {
        const double wave = std::sin((place.x + 40 * channel) / 17.0) + std::cos(place.y / 23.0);
        const double level = 128 + 55 * wave + std::uniform_int_distribution(-6, 6)(random_);
        return static_cast<std::uint8_t>(std::clamp(level, 0.0, 255.0));
    }

private:
    std::mt19937 random_{20191};  // NOLINT(cert-msc32-c,cert-msc51-cpp): the same picture each time
};

std::uint8_t times(std::uint8_t level, std::uint8_t alpha) {
    return static_cast<std::uint8_t>((level * alpha + 127) / 255);
}

}  // namespace

Picture indexed_picture(PixelSize size, PaletteSize palette) {
    Palette colours;
    for (std::size_t i = 0; i < palette.colours; ++i) {
        const auto level = static_cast<std::uint8_t>(i);
        const auto reversed = static_cast<std::uint8_t>(255 - i);
        const auto alpha = static_cast<std::uint8_t>(i % 3 == 0 ? i % 256 : 255);
        colours.push_back({level, reversed, static_cast<std::uint8_t>(i * 7 % 256), alpha});
    }
    Bytes indices(area(size));
    for (std::size_t i = 0; i < indices.size(); ++i) {
        indices[i] = static_cast<std::uint8_t>((palette.colours - 1 + i * 5) % palette.colours);
    }
    return {size,
            IndexedPixels{std::move(indices), std::make_shared<const Palette>(std::move(colours))}};
}

Picture grey_picture(PixelSize size, Alpha alpha) {
    GreyPixels pixels;
    Field field;
    for (int y = 0; y < size.height; ++y) {
        for (int x = 0; x < size.width; ++x) {
            const std::uint8_t a = alpha == Alpha::opaque ? 255 : alpha_at(x, size);
            pixels.values.push_back(times(field.at({x, y}, 0), a));
            if (alpha == Alpha::edges) pixels.alpha.push_back(a);
        }
    }
    return {size, std::move(pixels)};
}

Picture colour_picture(PixelSize size, Alpha alpha) {
    RgbaPixels pixels{{}, alpha == Alpha::opaque};
    Field field;
    for (int y = 0; y < size.height; ++y) {
        for (int x = 0; x < size.width; ++x) {
            const std::uint8_t a = alpha == Alpha::opaque ? 255 : alpha_at(x, size);
            for (const int channel : {0, 1, 2}) {
                pixels.values.push_back(times(field.at({x, y}, channel), a));
            }
            pixels.values.push_back(a);
        }
    }
    return {size, std::move(pixels)};
}

Picture transparent_colour_picture(PixelSize size) {
    return {size, RgbaPixels{Bytes(area(size) * 4, 0), false}, true};
}

Bytes shown_by(const IndexedPixels& pixels) {
    Bytes rgba;
    for (const auto index : pixels.indices) {
        const Colour colour = pixels.palette->at(index);
        rgba.insert(rgba.end(), {colour.red, colour.green, colour.blue, colour.alpha});
    }
    return rgba;
}

Bytes shown_by(const GreyPixels& pixels) {
    Bytes rgba;
    for (std::size_t i = 0; i < pixels.values.size(); ++i) {
        const std::uint8_t level = pixels.values[i];
        const std::uint8_t alpha = pixels.alpha.empty() ? std::uint8_t{255} : pixels.alpha[i];
        rgba.insert(rgba.end(), {level, level, level, alpha});
    }
    return rgba;
}

Bytes premultiplied(Bytes rgba) {
    for (std::size_t i = 0; i + 3 < rgba.size(); i += 4) {
        for (std::size_t c = 0; c < 3; ++c) rgba[i + c] = times(rgba[i + c], rgba[i + 3]);
    }
    return rgba;
}

int largest_difference(const Bytes& one, const Bytes& other) {
    if (one.size() != other.size()) return 256;
    int largest = 0;
    for (std::size_t i = 0; i < one.size(); ++i) {
        largest = std::max(largest, std::abs(int{one[i]} - int{other[i]}));
    }
    return largest;
}

}  // namespace relief::encode
