#pragma once
// Owned bytes, and bytes that many answers share without a copy.

#include <cstdint>
#include <memory>
#include <vector>

namespace relief {

using Bytes = std::vector<std::uint8_t>;
using SharedBytes = std::shared_ptr<const Bytes>;

}  // namespace relief
