#pragma once
// An item of the feeds of GDACS (gdacs.org): an event of its alert system.

#include "tiler/report/alert.hpp"
#include "tiler/report/xml_elements.hpp"

namespace relief::report {

bool is_gdacs(const XmlElement& item);

/// Named by its event, so that a later episode takes its place. Points are latitude first.
/// Errors: bad_request for an item without event, time or point.
Result<Alert> parse_gdacs(const XmlElement& item);

/// georss:point, geo:Point, geo:lat with geo:long, gml:pos: latitude first, all of them.
/// Errors: bad_request when there is none, or no place.
Result<Place> place_of_item(const XmlElement& item);

}  // namespace relief::report
