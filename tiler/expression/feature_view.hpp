#pragma once
// What an expression sees of a feature, whoever keeps it.

#include "tiler/core/features.hpp"
#include "tiler/expression/value.hpp"

#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace relief::expression {

/// The name of a property that expressions ask for. The number is the same for the same name in all
/// expressions compiled with one PropertyKeys: a caller may keep a list from number to its own key.
struct PropertyKey {
    static constexpr std::uint32_t unnumbered = std::numeric_limits<std::uint32_t>::max();

    std::uint32_t number = unnumbered;  ///< unnumbered: the name was worked out while evaluating
    std::string_view name;
};

/// The names that the expressions of a style ask for, each with its number, from 0.
class PropertyKeys {
public:
    std::uint32_t number_of(std::string_view name);
    const std::vector<std::string>& names() const noexcept { return names_; }
    /// An expression asks for all properties, or for one whose name it only finds out when it runs.
    void ask_for_any() noexcept { any_ = true; }
    bool any() const noexcept { return any_; }

private:
    std::map<std::string, std::uint32_t, std::less<>> numbers_;
    std::vector<std::string> names_;
    bool any_ = false;
};

/// Units and CRS: as whoever holds it says.
struct Position {
    double x = 0;
    double y = 0;
    bool operator==(const Position&) const = default;
};

/// Shape: paths as in FeatureTile, rings without their closing position.
/// Units: 1/extent of the tile's side, from its north-western corner, y down.
struct TileGeometry {
    std::span<const Position> positions;
    std::span<const TilePath> paths;
    double extent = tile_extent;
};

class FeatureView {
public:
    FeatureView() = default;
    FeatureView(const FeatureView&) = delete;
    FeatureView& operator=(const FeatureView&) = delete;
    FeatureView(FeatureView&&) = delete;
    FeatureView& operator=(FeatureView&&) = delete;
    virtual ~FeatureView() = default;

    /// Nothing when the feature has no such property. What the value points to outlives the
    /// evaluation.
    virtual std::optional<Value> property(const PropertyKey& key) const = 0;
    /// All of them, as an object.
    virtual Value properties(Scratch& scratch) const = 0;
    /// Null when it has none.
    virtual Value id() const { return {}; }
    /// "Point", "LineString" or "Polygon"; empty when unknown.
    virtual std::string_view geometry_type() const = 0;
    /// Nothing when the geometry is not at hand: then it is within nothing.
    virtual std::optional<TileGeometry> geometry(Scratch&) const { return std::nullopt; }
};

}  // namespace relief::expression
