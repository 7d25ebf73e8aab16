#pragma once
// Letters as distances from their edges, kept from picture to picture.

#include "tiler/canvas/distance_field.hpp"
#include "tiler/text/outline.hpp"

#include <map>
#include <utility>

namespace relief::symbology {

struct LetterField {
    canvas::DistanceSheet sheet;
    canvas::Point corner;  ///< ems from the pen's start: where the sheet's upper left corner lies
    float pixel = 0;       ///< ems to the pixel of the sheet
};

/// A browser draws letters from fields of 24 pixels to the em, which blunt the corners of small
/// letters; so that words look alike here and there, so do we, up to the sizes at which that shows.
/// Larger letters come from finer fields. Belongs to one thread.
/// Source: MapLibre GL's glyphs, `symbol_sdf.fragment.glsl`.
class LetterFields {
public:
    /// Units: `em` is the size in pixels at which the letter is drawn.
    /// Shape:  empty of a letter without outline. What is returned lives until the next call; the
    ///         outline as long as this, or until forget().
    const LetterField& of(const text::GlyphOutline& outline, float em);
    /// Before outlines go.
    void forget() noexcept { fields_.clear(); }

private:
    std::map<std::pair<const text::GlyphOutline*, int>, LetterField> fields_;
};

}  // namespace relief::symbology
