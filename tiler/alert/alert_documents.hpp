#pragma once
// Alerts for those who listen: GeoJSON, CAP 1.2, RSS 2.0 with GeoRSS.

#include "tiler/report/alert.hpp"

#include <span>
#include <string>
#include <string_view>

namespace relief::alert {

/// A FeatureCollection of which each feature is an alert, its geometry a polygon or a point (or a
/// collection of them, or null), its properties those of the main info. Empty: no features.
std::string geojson_document(std::span<const report::Alert> alerts);

/// What the house says of itself in a document.
struct Publisher {
    std::string sender;  ///< CAP: without blanks, commas, < and &; the address of this server
    std::string link;    ///< absolute address of the document
};

/// One message of CAP 1.2 that holds the infos of all, each with the parameter "origin" naming the
/// message that it came from (sender,identifier,sent). Elements stand in the schema's order, times
/// have seconds and an offset, never "Z" (CAP 1.2, 3.3.2). None: a valid message without an info.
std::string cap_document(std::span<const report::Alert> alerts, const Publisher& publisher);

/// A channel with an item for each; a circle is its centre, a polygon georss:polygon.
std::string rss_document(std::span<const report::Alert> alerts, const Publisher& publisher);

}  // namespace relief::alert
