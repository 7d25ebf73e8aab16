#pragma once
// Numbers of points as labels of clusters show them.

#include "tiler/core/features.hpp"

#include <cstdint>

namespace relief {

/// 950, "1.2k", "34k", as Supercluster writes them.
AttributeValue abbreviated_count(std::uint64_t count);

}  // namespace relief
