#pragma once
// Which names look like rasters or features, and which files beside them belong to them.

#include <string>
#include <string_view>
#include <vector>

namespace relief::workspace {

/// ASCII letters in lower case: names are compared without regard to case.
std::string lower_case(std::string_view name);

/// "a/b.Tif" → "tif"; empty when there is none.
std::string extension_of(std::string_view name);

bool is_raster_name(std::string_view name);

/// A GeoPackage is both; ".json" is not, for it may be anything.
bool may_hold_features(std::string_view name);

/// PNG and JPEG say themselves nothing of their place on earth.
bool needs_world_file(std::string_view name);

/// A side file that gives a place: a world file or .aux.xml. All names in lower case.
bool gives_place(std::string_view side_name);

/// Names, in lower case, of the files that GDAL may read along with this one.
std::vector<std::string> side_names(std::string_view name);

}  // namespace relief::workspace
