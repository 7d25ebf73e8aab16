#pragma once
// Values of a raster in the frame of a picture, with a weight that tells how much of a cell is
// data.

#include "tiler/core/boxes.hpp"

#include <cstddef>
#include <cstdint>
#include <variant>
#include <vector>

namespace relief {

/// The number types of raster bands, as GDAL 3.6 knows them (complex types are refused at the
/// door).
enum class ValueType : std::uint8_t { u8, u16, i16, u32, i32, f32, f64 };

/// One band's cells in its own type, row by row from the north-west.
using BandValues = std::variant<std::vector<std::uint8_t>,
                                std::vector<std::uint16_t>,
                                std::vector<std::int16_t>,
                                std::vector<std::uint32_t>,
                                std::vector<std::int32_t>,
                                std::vector<float>,
                                std::vector<double>>;

/// Shape: every band holds size.width × size.height cells; row 0 is the northern edge.
/// Mask:  weight is the covered fraction of each cell, 0 (no data) to 1; empty when `coverage`
///        says it all: none (no cell has data) or full (each cell has all of it).
///        Where the weight is 0 the values are unspecified and must not be read as numbers.
struct Grid {
    enum class Coverage : std::uint8_t { none, partial, full };

    PixelSize size;
    std::vector<BandValues> bands;
    Coverage coverage = Coverage::none;
    std::vector<float> weight;
    bool coarser = false;  ///< a part of the file is damaged: an overview was read in its place

    std::size_t cells() const noexcept {
        return static_cast<std::size_t>(size.width) * static_cast<std::size_t>(size.height);
    }
    float weight_at(std::size_t cell) const noexcept {
        if (coverage == Coverage::partial) return weight[cell];
        return coverage == Coverage::full ? 1.0F : 0.0F;
    }
};

}  // namespace relief
