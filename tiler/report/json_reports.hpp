#pragma once
// Reports in JSON: GeoJSON, and what the survey tools' interfaces give.

#include "tiler/report/reading.hpp"

#include <string_view>

namespace relief::report {

/// A FeatureCollection, a list of submissions ({"results": […]}, {"value": […]}, […]), one of
/// them, or one after another. `text` is UTF-8. Sets reading.format.
/// Errors: bad_request for JSON that is none of these.
Result<void> read_json(std::string_view text,
                       const ReadingWish& wish,
                       Reading& reading,
                       const Finder& find);

}  // namespace relief::report
