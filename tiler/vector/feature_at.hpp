#pragma once
// The features under a finger.

#include "tiler/core/boxes.hpp"
#include "tiler/core/features.hpp"
#include "tiler/core/result.hpp"
#include "tiler/vector/vector_index.hpp"

#include <cstdint>
#include <functional>
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
    /// Says which features are wanted, by their number in the index; all when not given.
    std::function<bool(std::uint32_t feature, GeometryKind kind)> wanted{};
};

/// What is looked at, in steps of the world.
WorldBox reach_of(const Touch& touch) noexcept;

/// Areas that hold the place, lines and points within reach, in full detail. Errors: source_broken.
Result<std::vector<FoundFeature>> features_at(const VectorIndex& index, const Touch& touch);

}  // namespace relief::vector
