#pragma once
// The properties that a style gives its clusters.

#include "tiler/atlas/world_feature_view.hpp"
#include "tiler/expression/scratch.hpp"
#include "tiler/stylesheet/feature_rules.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace relief::atlas {

/// A value for each property: a number, a text or a truth; nothing for all else.
using ClusterValues = std::vector<std::optional<AttributeValue>>;

/// Document and properties outlive it.
class ClusterSums {
public:
    ClusterSums(const WorldFeatures& document,
                const std::vector<stylesheet::ClusterProperty>& properties);

    const std::vector<std::string>& names() const noexcept { return names_; }
    ClusterValues of_feature(std::uint32_t feature);
    /// Puts the next into the sum.
    void add(ClusterValues& sum, const ClusterValues& next);

private:
    const WorldFeatures& document_;
    const std::vector<stylesheet::ClusterProperty>& properties_;
    std::vector<std::string> names_;
    expression::Scratch scratch_;
};

}  // namespace relief::atlas
