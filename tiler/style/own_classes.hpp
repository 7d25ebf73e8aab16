#pragma once
// The colours of class numbers: from the file's own palette, or given out in turn.

#include "tiler/core/raster_description.hpp"
#include "tiler/style/colour_map.hpp"

#include <optional>

namespace relief::style {

/// Each entry of the palette as a class of exactly its number; without transparent entries and
/// those of the nodata value.
/// Shape: at most 255 classes. A palette of 256 loses first what no cell has (by the statistics);
/// then neighbours of the nearest colours share one class.
ColourClasses palette_classes(const Palette& palette, const BandDescription& band);

/// A colour for each whole number from the band's minimum to its maximum, repeating after twenty.
/// Nothing when the numbers are not known or over 255.
std::optional<ColourClasses> counted_classes(const BandDescription& band);

/// False when exact statistics say that no cell is of the class.
bool may_occur(const BandDescription& band, const ColourClass& one);

}  // namespace relief::style
