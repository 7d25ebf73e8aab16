#pragma once
// Where a report is, for globes.

#include "tiler/report/report.hpp"

#include <string>

namespace relief::report {

/// A Point; the cell as a Polygon where the place is not known to the point: a pin would claim it.
/// Units: degrees. Source: OGC KML 2.3, 10.
std::string kml_geometry(const Draft& said);

}  // namespace relief::report
