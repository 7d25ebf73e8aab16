#pragma once
// All pictures of a style in one image, with the list of where each lies.

#include "tiler/core/bytes.hpp"
#include "tiler/core/result.hpp"
#include "tiler/sprites/icon.hpp"
#include "tiler/sprites/icon_variants.hpp"

#include <span>
#include <string>
#include <vector>

namespace relief::sprites {

struct SpriteSheet {
    std::string index;  ///< JSON
    Bytes image;        ///< PNG
    /// Own icons that are missing, each with the reason.
    std::vector<std::string> problems;
};

/// More own icons than this are not drawn, which is a problem of the sheet.
inline constexpr std::size_t most_own_icons = 256;

/// Places icons side by side in rows, those of one height together.
/// Errors: those of encoding.
/// Source: MapLibre Style Specification, "Sprite": x, y, width, height, pixelRatio, sdf, and where
///         an icon has them stretchX, stretchY, content.
Result<SpriteSheet> pack_icons(std::vector<DrawnIcon> icons, int ratio);

/// The shipped icons and those of the workspace, which take the place of shipped ones of their
/// name. A workspace's icon that cannot be drawn is a problem, not an error.
/// Units:  `ratio` 1 or 2 pixels for each pixel of a style.
/// Errors: source_broken when the shipped icons cannot be drawn.
Result<SpriteSheet> make_sprite_sheet(std::span<const OwnIcon> own, int ratio);

}  // namespace relief::sprites
