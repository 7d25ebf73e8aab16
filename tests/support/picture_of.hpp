#pragma once
// A picture written down in letters, so that a test can show what it expects.

#include "tiler/core/picture.hpp"

#include <array>
#include <cctype>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace relief::test {

/// The colour of a premultiplied level, 0 where nothing shows.
inline std::uint8_t straight(int level, int alpha) {
    return static_cast<std::uint8_t>(alpha == 0 ? 0 : (level * 255 + alpha / 2) / alpha);
}

inline std::vector<Colour> colours_in(const IndexedPixels& pixels) {
    std::vector<Colour> colours;
    colours.reserve(pixels.indices.size());
    for (const auto index : pixels.indices) {
        const auto colour = pixels.palette->at(index);
        colours.push_back(colour.alpha == 0 ? transparent : colour);
    }
    return colours;
}

inline std::vector<Colour> colours_in(const GreyPixels& pixels) {
    std::vector<Colour> colours;
    colours.reserve(pixels.values.size());
    for (std::size_t i = 0; i < pixels.values.size(); ++i) {
        const auto alpha = pixels.alpha.empty() ? std::uint8_t{255} : pixels.alpha[i];
        const auto level = straight(pixels.values[i], alpha);
        colours.push_back({level, level, level, alpha});
    }
    return colours;
}

inline std::vector<Colour> colours_in(const RgbaPixels& pixels) {
    const auto& v = pixels.values;
    std::vector<Colour> colours;
    colours.reserve(v.size() / 4);
    for (std::size_t i = 0; i + 3 < v.size(); i += 4) {
        const auto alpha = v[i + 3];
        colours.push_back(
            {straight(v[i], alpha), straight(v[i + 1], alpha), straight(v[i + 2], alpha), alpha});
    }
    return colours;
}

/// Shape: straight colours, row by row, of a picture of any form; alpha 0 is `transparent`.
inline std::vector<Colour> colours_of(const Picture& picture) {
    return std::visit([](const auto& pixels) { return colours_in(pixels); }, picture.pixels);
}

/// The nearest of r(ed) g(reen) b(lue) y(ellow) c(yan) m(agenta) k (black) w(hite) s(ilver grey);
/// a capital when it is translucent, "." when nothing shows.
inline char letter_of(const Colour& colour) {
    static constexpr std::array<std::pair<char, Colour>, 9> letters{{{'r', {255, 0, 0}},
                                                                     {'g', {0, 255, 0}},
                                                                     {'b', {0, 0, 255}},
                                                                     {'y', {255, 255, 0}},
                                                                     {'c', {0, 255, 255}},
                                                                     {'m', {255, 0, 255}},
                                                                     {'k', {0, 0, 0}},
                                                                     {'w', {255, 255, 255}},
                                                                     {'s', {128, 128, 128}}}};
    if (colour.alpha == 0) return '.';
    char nearest = '?';
    int least = std::numeric_limits<int>::max();
    for (const auto& [letter, other] : letters) {
        const int r = colour.red - other.red;
        const int g = colour.green - other.green;
        const int b = colour.blue - other.blue;
        if (const int square = r * r + g * g + b * b; square < least) {
            least = square;
            nearest = letter;
        }
    }
    if (colour.alpha == 255) return nearest;
    return static_cast<char>(std::toupper(static_cast<unsigned char>(nearest)));
}

/// Shape: one line for each row, letters divided by blanks: "b r\n. r\n".
inline std::string picture_of(const Picture& picture) {
    std::string drawing;
    int column = 0;
    for (const auto& colour : colours_of(picture)) {
        drawing += letter_of(colour);
        column = (column + 1) % picture.size.width;
        drawing += column == 0 ? '\n' : ' ';
    }
    return drawing;
}

}  // namespace relief::test
