#pragma once
// The features of a GeoJSON document, on the world's square.

#include "tiler/core/features.hpp"
#include "tiler/core/result.hpp"
#include "tiler/symbology/view.hpp"

#include <nlohmann/json_fwd.hpp>

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

namespace relief::atlas {

/// CRS: the Web Mercator square, side 1.
struct WorldExtent {
    symbology::WorldPlace low{1e9, 1e9};
    symbology::WorldPlace high{-1e9, -1e9};

    void add(const symbology::WorldPlace& place) noexcept {
        low = {std::min(low.x, place.x), std::min(low.y, place.y)};
        high = {std::max(high.x, place.x), std::max(high.y, place.y)};
    }
};

/// Shape: paths as in TileFeature; rings have their first point again at the end, exteriors run
///        clockwise as seen, holes the other way.
struct WorldFeature {
    std::uint64_t id = 0;
    GeometryKind kind = GeometryKind::point;
    std::uint32_t first_path = 0;
    std::uint32_t paths = 0;
    std::uint32_t first_tag = 0;
    std::uint32_t tags = 0;
    WorldExtent extent;
};

struct WorldFeatures {
    std::vector<std::string> keys;
    std::vector<AttributeValue> values;
    std::vector<std::uint32_t> tags;
    std::vector<WorldFeature> features;
    std::vector<TilePath> paths;
    std::vector<symbology::WorldPlace> points;
    /// Of each point of lines and areas, as mark_importance() gives it; 0 of points.
    std::vector<double> importance;
};

struct GeoJsonWish {
    bool number_features = false;  ///< ids from 1 on, whatever the document says
    std::string id_property{};     ///< whose value is the id; empty: the feature's own
};

/// A geometry, a Feature or a FeatureCollection. Features without geometry are left out; of
/// properties lists and objects become their JSON, and nulls are not there. Ids that are no whole
/// numbers from 1 on are none.
///
/// Errors: bad_request saying which feature is no GeoJSON, and why.
/// Source: RFC 7946.
Result<WorldFeatures> world_features(const nlohmann::json& document, const GeoJsonWish& wish = {});

}  // namespace relief::atlas
