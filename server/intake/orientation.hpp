#pragma once
// Which way up a photo is, by what the camera wrote into it.

#include <cstdint>
#include <span>

namespace relief::intake {

/// 1 to 8 as in Exif 2.3, 4.6.4 (1: as it is). 1 for what has none or is damaged.
int orientation_of(std::span<const std::uint8_t> jpeg) noexcept;

}  // namespace relief::intake
