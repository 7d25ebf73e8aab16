#pragma once
// The features under a finger.

#include "tiler/core/boxes.hpp"
#include "tiler/core/features.hpp"
#include "tiler/core/result.hpp"
#include "tiler/vector/vector_index.hpp"

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace relief::vector {

struct FoundFeature {
    std::uint64_t id = 0;
    GeometryKind kind = GeometryKind::point;
    std::vector<std::pair<std::string, AttributeValue>> attributes;  ///< those that it has
};

struct Touch {
    LonLat place;
    double reach = 0;       ///< degrees of longitude: how far away points and lines count
    std::size_t most = 20;  ///< features told
};

/// Areas that hold the place, lines and points within reach, in full detail. Errors: source_broken.
Result<std::vector<FoundFeature>> features_at(const VectorIndex& index, const Touch& touch);

}  // namespace relief::vector
