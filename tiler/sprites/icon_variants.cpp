#include "tiler/sprites/icon_variants.hpp"

#include "tiler/canvas/distance_field.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>

namespace relief::sprites {
namespace {

/// As glyphs have it, and as the reference renderer draws icons: in pixels of a style.
constexpr int field_buffer = 3;
constexpr int field_radius = 8;
/// The shape is drawn so many times as large before distances are taken.
constexpr int field_finer = 4;

/// The alpha with `buffer` transparent pixels around it.
std::vector<std::uint8_t> padded_alpha(const canvas::Surface& surface, PixelSize size, int buffer) {
    std::vector<std::uint8_t> alpha(static_cast<std::size_t>(size.width) *
                                    static_cast<std::size_t>(size.height));
    for (int y = 0; y < surface.size().height; ++y)
        for (int x = 0; x < surface.size().width; ++x)
            alpha[static_cast<std::size_t>(y + buffer) * static_cast<std::size_t>(size.width) +
                  static_cast<std::size_t>(x + buffer)] = surface.row(y)[std::ptrdiff_t{x} * 4 + 3];
    return alpha;
}

/// Distances as alpha of black, which is how sheets hold them.
canvas::Surface field_of(const canvas::Surface& large, int ratio) {
    const int buffer = field_buffer * ratio * field_finer;
    const auto side = [&](int length) {
        // Sides are whole pixels of the field.
        const int whole = (length + field_finer - 1) / field_finer * field_finer;
        return whole + 2 * buffer;
    };
    const PixelSize size{side(large.size().width), side(large.size().height)};
    const auto field = canvas::distance_field(
        padded_alpha(large, size, buffer),
        size,
        {.finer = field_finer, .radius = static_cast<float>(field_radius * ratio)});
    canvas::Surface surface(field.size);
    for (int y = 0; y < field.size.height; ++y)
        for (int x = 0; x < field.size.width; ++x)
            surface.row(y)[std::ptrdiff_t{x} * 4 + 3] =
                field.values[static_cast<std::size_t>(y) *
                                 static_cast<std::size_t>(field.size.width) +
                             static_cast<std::size_t>(x)];
    return surface;
}

/// A way to draw an icon, at any scale.
struct Recipe {
    std::string name;
    std::string_view svg;
    std::optional<std::string_view> overlay;
};

Result<SvgPicture> drawn(const Recipe& recipe, double scale) {
    auto picture = draw_svg(recipe.svg, scale);
    if (!picture || !recipe.overlay) return picture;
    auto overlay = draw_svg(*recipe.overlay, scale);
    if (!overlay) return overlay.error();
    if (overlay->pixels.size() != picture->pixels.size())
        return bad_request("the overlay of a state is not as large as the icon");
    picture->pixels = in_state({std::move(picture->pixels), std::move(overlay->pixels)});
    return picture;
}

/// The picture and its field.
Result<void> draw_both(const Recipe& recipe, int ratio, std::vector<DrawnIcon>& icons) {
    auto picture = drawn(recipe, ratio);
    if (!picture) return picture.error();
    const auto large = drawn(recipe, ratio * field_finer);
    if (!large) return large.error();
    icons.push_back({recipe.name, std::move(*picture), false});
    icons.push_back(
        {recipe.name + std::string(field_suffix), {field_of(large->pixels, ratio), {}}, true});
    return {};
}

}  // namespace

canvas::Surface in_state(StatePicture picture) {
    canvas::Surface result = std::move(picture.icon);
    for (int y = 0; y < result.size().height; ++y) {
        std::uint8_t* const pixels = result.row(y);
        const std::uint8_t* const above = picture.overlay.row(y);
        for (std::ptrdiff_t i = 0; i < std::ptrdiff_t{result.size().width} * 4; i += 4) {
            // Premultiplied, white is as bright as it is opaque, and black is not bright at all.
            const auto dark = static_cast<std::uint32_t>(above[i + 3] - above[i]);
            const std::uint32_t rest = 255U - above[i + 3];
            for (std::ptrdiff_t channel = 0; channel < 4; ++channel)
                pixels[i + channel] =
                    static_cast<std::uint8_t>(canvas::scaled(pixels[i + channel], rest));
            pixels[i + 3] = static_cast<std::uint8_t>(std::min(pixels[i + 3] + dark, 255U));
        }
    }
    return result;
}

Result<std::vector<DrawnIcon>> draw_shipped(const ShippedIcon& icon, int ratio) {
    std::vector<DrawnIcon> icons;
    const std::string name(icon.name);
    if (icon.folder == "icons/states") return icons;
    if (icon.folder == "icons/patterns") {
        auto picture = draw_svg(icon.svg, ratio);
        if (!picture) return picture.error();
        icons.push_back({name, std::move(*picture), false});
        return icons;
    }
    if (auto both = draw_both({name, icon.svg, {}}, ratio, icons); !both) return both.error();
    if (icon.folder != "icons/facilities") return icons;
    for (const ShippedIcon& state : shipped_icons()) {
        if (state.folder != "icons/states") continue;
        const Recipe recipe{name + "-" + std::string(state.name), icon.svg, state.svg};
        if (auto both = draw_both(recipe, ratio, icons); !both) return both.error();
    }
    return icons;
}

Result<std::vector<DrawnIcon>> draw_own(const OwnIcon& icon, int ratio) {
    std::vector<DrawnIcon> icons;
    if (auto both = draw_both({icon.name, icon.svg, {}}, ratio, icons); !both) return both.error();
    return icons;
}

}  // namespace relief::sprites
