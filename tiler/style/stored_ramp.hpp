#pragma once
// The colour maps of styles/colormaps.json as the build embeds them.

#include <span>
#include <string_view>

namespace relief::style {

struct StoredRamp {
    std::string_view name;
    std::string_view colours;  ///< "rrggbb" after "rrggbb", at least two, evenly spaced over 0..1
    bool stepped;              ///< a set of flat steps; else linear between the colours
};

/// Sorted by name.
std::span<const StoredRamp> stored_ramps() noexcept;

}  // namespace relief::style
