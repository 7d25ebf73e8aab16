#pragma once
// Alerts and reports in XML: CAP, the feeds of GDACS, and RSS or Atom with GeoRSS.

#include "tiler/report/reading.hpp"

#include <string_view>

namespace relief::report {

/// Sets reading.format. Errors: bad_request for a DOCTYPE, for XML that is none from its first
/// record on, and for a document without any of these records.
Result<void> read_feed(std::string_view xml,
                       const ReadingWish& wish,
                       Reading& reading,
                       const Finder& find);

}  // namespace relief::report
