#pragma once
// Between what is drawn on and what is encoded.

#include "tiler/canvas/surface.hpp"
#include "tiler/core/picture.hpp"

namespace relief::service {

/// Premultiplied pixels, of whatever form the picture is.
canvas::Surface surface_of(const Picture& picture);

/// A part of a surface, in its pixels.
struct SurfacePart {
    int left = 0;
    int top = 0;
    PixelSize size;
};

/// Shape: RGBA; the part lies within the surface.
Picture picture_of(const canvas::Surface& surface, const SurfacePart& part);
/// All of it.
Picture picture_of(const canvas::Surface& surface);

}  // namespace relief::service
