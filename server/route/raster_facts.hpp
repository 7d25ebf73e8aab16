#pragma once
// What is known of a raster, as members of documents.

#include "tiler/core/raster_description.hpp"

#include <nlohmann/json_fwd.hpp>

#include <vector>

namespace relief::route {

using Json = nlohmann::ordered_json;

/// {min, max, mean, stddev, percentiles, histogram, valid_percent, approximate}.
Json statistics_of(const BandStatistics& band);

/// {"bands": [{band, and the above}]}; of a band without data, and of an alpha band, its number
/// only.
Json statistics_of(const RasterDescription& raster, const std::vector<int>& bands);

/// [{band, title, role, type, unit, nodata, scale, offset, statistics: {min, max, p2, p98}}].
Json bands_of(const RasterDescription& raster);

/// {crs, crs_title, size, transform, overviews}.
Json geometry_of(const RasterDescription& raster);

/// How the cells lie on disk, and the text of a reference system that has no code.
Json file_of(const RasterDescription& raster);

}  // namespace relief::route
