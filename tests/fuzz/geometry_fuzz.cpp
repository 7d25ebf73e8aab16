// Geometry of an index: what reads back must be clipped and snapped without harm.

#include "tiler/vector/clip.hpp"
#include "tiler/vector/geometry_code.hpp"
#include "tiler/vector/simplify.hpp"

#include <cstdint>
#include <cstdlib>
#include <span>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 2) return 0;
    relief::vector::Shape shape;
    shape.kind = static_cast<relief::GeometryKind>(data[0] % 3);
    const relief::vector::CodeFrame frame{0, 0, data[1] % 21U};
    if (!relief::vector::read_shape(std::span(data, size).subspan(2), frame, shape)) return 0;
    const relief::vector::WorldBox box{-64, -64, 4160, 4160};
    const auto small = relief::vector::snapped(shape, 3);
    const auto inside = relief::vector::clipped(small, box);
    if (!inside.empty() && !box.holds(relief::vector::box_of(inside))) std::abort();
    static_cast<void>(relief::vector::simplified(shape, 10));
    return 0;
}
