#pragma once
// Pictures that styles name, as SVG.

#include <span>
#include <string>
#include <string_view>

namespace relief::sprites {

/// A picture of `styles/icons`, part of the program. The folder tells what it is: "facilities" are
/// drawn in every state, "events" and "marks" as they are, "patterns" fill areas, "states" are the
/// overlays.
struct ShippedIcon {
    std::string_view name;
    std::string_view folder;
    std::string_view svg;
};

std::span<const ShippedIcon> shipped_icons() noexcept;

/// A picture of the workspace.
struct OwnIcon {
    std::string name;
    std::string svg;
};

}  // namespace relief::sprites
