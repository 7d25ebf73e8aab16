#pragma once
// What is known of a vector dataset without reading its features again.

#include "tiler/core/boxes.hpp"
#include "tiler/core/enum_names.hpp"
#include "tiler/core/instant.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace relief {

/// Points, lines and areas, each with its "multi" form.
enum class GeometryKind : std::uint8_t { point, line, area };
inline constexpr EnumNames<3> geometry_kind_names{"point", "line", "area"};

/// Times and dates are texts (ISO 8601), lists are texts (JSON).
enum class AttributeType : std::uint8_t { text, integer, number, boolean };
inline constexpr EnumNames<4> attribute_type_names{"text", "integer", "number", "boolean"};

struct AttributeDescription {
    std::string name;  ///< UTF-8, not empty, each once
    AttributeType type = AttributeType::text;
    bool operator==(const AttributeDescription&) const = default;
};

/// When features were: what one of their attributes says.
struct FeatureTimes {
    std::string attribute;  ///< its name
    InstantRange extent;    ///< from the beginning of the first moment to the end of the last
    InstantRange newest;    ///< the moment that ends last
    /// Ascending, each once; empty when there are more than most_moments.
    std::vector<InstantRange> moments;
    bool operator==(const FeatureTimes&) const = default;
};
/// What a slider can show.
inline constexpr std::size_t most_moments = 500;

struct VectorDescription {
    std::uint64_t features = 0;       ///< those that can be shown
    std::vector<GeometryKind> kinds;  ///< ascending, each once
    std::vector<AttributeDescription> attributes;
    LonLatBox bounds;  ///< WGS 84
    std::uint32_t minimum_zoom = 0;
    std::uint32_t maximum_zoom = 14;      ///< deeper tiles show nothing that this one does not
    std::uint64_t thinned_tiles = 0;      ///< tiles that leave features out to stay small
    std::string crs;                      ///< of the file it was made from: "EPSG:n", else WKT
    std::string crs_title;                ///< for people: "WGS 84 / UTM zone 36N"
    std::string driver;                   ///< GDAL's short name of the file's format: "GPKG"
    std::string layer;                    ///< name inside that file
    std::vector<std::string> findings;    ///< sentences: what was repaired or left out
    std::optional<FeatureTimes> times{};  ///< where an attribute says when each feature was
};

}  // namespace relief
