#pragma once
// Where a style's layers take what they draw from.

#include "tiler/core/enum_names.hpp"
#include "tiler/stylesheet/problem_list.hpp"

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace relief::stylesheet {

struct FeatureRules;

enum class SourceType : std::uint8_t { vector, raster, raster_dem, geojson, image, video };

inline constexpr EnumNames<6> source_type_names{
    "vector", "raster", "raster-dem", "geojson", "image", "video"};

/// How heights are written in the colours of a raster-dem tile: base + red * r + green * g +
/// blue * b. Units: metres a step of a channel (0 to 255).
struct DemEncoding {
    double red = 6553.6;
    double green = 25.6;
    double blue = 0.1;
    double base = -10000;
};

struct Source {
    SourceType type = SourceType::vector;
    std::vector<std::string> tiles{};  ///< addresses with {z}, {x}, {y}
    std::string url{};                 ///< of a TileJSON, or of an image
    /// West, south, east, north. CRS: degrees.
    std::array<double, 4> bounds{-180, -85.051129, 180, 85.051129};
    double minzoom = 0;
    double maxzoom = 22;
    double tile_size = 512;  ///< CSS pixels
    bool tms = false;        ///< rows counted from the south
    std::string attribution{};
    DemEncoding encoding{};
    std::shared_ptr<const Json> document{};  ///< of geojson, where the style has it itself
    std::string document_url{};              ///< of geojson, where the style names it
    double tolerance = 0.375;
    double buffer = 128;
    bool line_metrics = false;
    bool generate_id = false;
    std::string promote_id{};  ///< property of geojson that is the id; empty: the feature's own
    bool cluster = false;
    double cluster_radius = 50;               ///< CSS pixels
    std::optional<double> cluster_maxzoom{};  ///< one below maxzoom when not stated
    double cluster_least_points = 2;
    std::shared_ptr<const FeatureRules> rules{};  ///< of geojson: never null there
    /// Of an image, from its top left clockwise. CRS: longitude and latitude in degrees.
    std::array<std::array<double, 2>, 4> corners{};
};

/// Nothing, with errors, when the source cannot be read from.
std::optional<Source> read_source(const Json& json, const JsonPath& path, ProblemList& problems);

}  // namespace relief::stylesheet
