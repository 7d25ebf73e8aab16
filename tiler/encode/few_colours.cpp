#include "tiler/encode/few_colours.hpp"

#include "tiler/encode/straight.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>
#include <memory>
#include <numeric>
#include <utility>
#include <vector>

namespace relief::encode {
namespace {

constexpr std::size_t most_in_palette = 256;
// Beyond that a palette would need coarser steps than eyes forgive, and a photograph is known for
// what it is within its first rows.
constexpr std::size_t most_counted = 1024;

using Number = std::uint16_t;

/// Numbers for colours, from 0 in the order in which they are first seen.
class ColourNumbers {
public:
    /// The number of this colour; most_counted when there are too many.
    Number of(std::uint32_t colour) noexcept {
        std::size_t at = (colour * 2654435769U) >> shift;  // Knuth's multiplicative hash
        while (slots_[at].number != none && slots_[at].colour != colour) at = (at + 1) % slot_count;
        if (slots_[at].number != none) return slots_[at].number;
        if (seen_ == most_counted) return most_counted;
        slots_[at] = {colour, seen_};
        return seen_++;
    }
    Number seen() const noexcept { return seen_; }

private:
    static constexpr unsigned bits = 12;
    static constexpr unsigned shift = 32 - bits;
    static constexpr std::size_t slot_count = std::size_t{1} << bits;
    static constexpr Number none = 0xFFFF;
    struct Slot {
        std::uint32_t colour = 0;
        Number number = none;
    };
    std::array<Slot, slot_count> slots_{};
    Number seen_ = 0;
};

struct Counted {
    std::vector<std::uint32_t> colours{};  ///< premultiplied, as four bytes lie in memory
    std::vector<std::uint32_t> pixels{};   ///< of each colour
    std::vector<Number> numbers{};         ///< of each pixel's colour
};

constexpr std::size_t stretch = 8;

/// Whether the next pixels are all of this colour, as most of a map's are.
bool goes_on(const RgbaPixels& picture, std::size_t first, std::uint32_t colour) noexcept {
    if (first + stretch > picture.values.size() / 4) return false;
    std::array<std::uint32_t, stretch> pixels{};
    std::memcpy(pixels.data(), picture.values.data() + first * 4, sizeof(pixels));
    std::uint32_t others = 0;
    for (const std::uint32_t pixel : pixels) others |= pixel ^ colour;
    return others == 0;
}

std::optional<Counted> count(const RgbaPixels& picture) {
    Counted counted;
    counted.numbers.resize(picture.values.size() / 4);
    const auto numbers = std::make_unique<ColourNumbers>();
    std::uint32_t last = 0;
    Number number = most_counted;
    for (std::size_t i = 0; i < counted.numbers.size(); ++i) {
        if (number != most_counted && goes_on(picture, i, last)) {
            std::fill_n(counted.numbers.begin() + static_cast<std::ptrdiff_t>(i), stretch, number);
            counted.pixels[number] += stretch;
            i += stretch - 1;
            continue;
        }
        std::uint32_t colour = 0;
        std::memcpy(&colour, picture.values.data() + i * 4, 4);
        if (colour != last || number == most_counted) {
            number = numbers->of(colour);
            if (number == most_counted) return std::nullopt;
            if (number == counted.colours.size()) {
                counted.colours.push_back(colour);
                counted.pixels.push_back(0);
            }
            last = colour;
        }
        ++counted.pixels[number];
        counted.numbers[i] = number;
    }
    return counted;
}

/// For each colour the one that stands for it, colours of most pixels first.
class Stand {
public:
    Stand(const Counted& counted, unsigned dropped_bits)
        : counted_(counted),
          kept_mask_(0x01010101U * ((0xFFU << dropped_bits) & 0xFFU)),
          instead_(counted.colours.size()) {}

    /// Nothing when more than a palette holds are left.
    std::optional<std::vector<Number>> find(const std::vector<Number>& order) {
        const std::size_t rare = counted_.numbers.size() / 1024;
        ColourNumbers groups;
        std::size_t left = 0;
        for (const Number colour : order) {
            const Number group = groups.of(counted_.colours[colour] & kept_mask_);
            const bool first = group == first_of_.size();
            if (first) first_of_.push_back(colour);
            const bool stays = first || counted_.pixels[colour] > rare;
            instead_[colour] = stays ? colour : first_of_[group];
            left += stays ? 1 : 0;
        }
        if (left > most_in_palette) return std::nullopt;
        return std::move(instead_);
    }

private:
    const Counted& counted_;
    std::uint32_t kept_mask_;
    std::vector<Number> instead_;
    std::vector<Number> first_of_{};
};

std::optional<std::vector<Number>> stand_ins(const Counted& counted) {
    std::vector<Number> order(counted.colours.size());
    std::iota(order.begin(), order.end(), Number{0});
    if (order.size() <= most_in_palette) return order;
    std::stable_sort(order.begin(), order.end(), [&](Number a, Number b) {
        return counted.pixels[a] > counted.pixels[b];
    });
    for (const unsigned dropped_bits : {1U, 2U})
        if (auto found = Stand(counted, dropped_bits).find(order)) return found;
    return std::nullopt;
}

Colour straight_of(std::uint32_t premultiplied) noexcept {
    std::array<std::uint8_t, 4> level{};
    std::memcpy(level.data(), &premultiplied, 4);
    return {straight({level[0], level[3]}),
            straight({level[1], level[3]}),
            straight({level[2], level[3]}),
            level[3]};
}

}  // namespace

std::optional<IndexedPixels> few_colours(const RgbaPixels& pixels) {
    const auto counted = count(pixels);
    if (!counted) return std::nullopt;
    const auto instead = stand_ins(*counted);
    if (!instead) return std::nullopt;
    auto palette = std::make_shared<Palette>();
    std::vector<std::uint8_t> index_of(counted->colours.size());
    // Opaque colours last: a PNG need not tell their alpha.
    for (const bool opaque : {false, true})
        for (std::size_t colour = 0; colour < instead->size(); ++colour) {
            const Colour straight = straight_of(counted->colours[colour]);
            if ((*instead)[colour] != colour || (straight.alpha == 255) != opaque) continue;
            index_of[colour] = static_cast<std::uint8_t>(palette->size());
            palette->push_back(straight);
        }
    for (std::size_t colour = 0; colour < instead->size(); ++colour)
        index_of[colour] = index_of[(*instead)[colour]];
    IndexedPixels result;
    result.indices.resize(counted->numbers.size());
    std::transform(counted->numbers.begin(),
                   counted->numbers.end(),
                   result.indices.begin(),
                   [&](Number number) { return index_of[number]; });
    result.palette = std::move(palette);
    return result;
}

}  // namespace relief::encode
