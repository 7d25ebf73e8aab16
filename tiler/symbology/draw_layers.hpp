#pragma once
// One way of drawing for each type of layer.

#include "tiler/symbology/brush.hpp"

namespace relief::symbology {

// Each draws the brush's layer onto its surface. Units: `…-width`, `…-radius` and the like are
// style pixels, of which the view's ratio makes pixels. What a feature's values cannot tell falls
// back to the property's default.
// Source: MapLibre Style Specification v8, "Layers".

void draw_background(const Brush& brush);
/// Features are cut at their tile's edges; neighbours let nothing through. Lines count as areas.
void draw_fill(const Brush& brush);
/// The roofs of areas as they are seen from straight above, in the style's light; the highest hides
/// those below it.
void draw_fill_extrusion(const Brush& brush);
/// Features are cut at their tile's edges. Outlines of areas count as lines.
void draw_line(const Brush& brush);
/// A circle on each point, also of lines and areas; drawn from the tile that holds the point.
void draw_circle(const Brush& brush);
void draw_raster(const Brush& brush);
/// Points only.
void draw_heatmap(const Brush& brush);
void draw_hillshade(const Brush& brush);
void draw_color_relief(const Brush& brush);

}  // namespace relief::symbology
