#pragma once
// A message of the Common Alerting Protocol 1.2 (OASIS) or 1.1.

#include "tiler/report/alert.hpp"
#include "tiler/report/reading.hpp"
#include "tiler/report/xml_elements.hpp"

namespace relief::report {

/// `element` is <alert>. Polygons and circles are latitude first (CAP 1.2, 3.2.4).
/// Errors: bad_request for what is no message to the public about something real (status, scope,
/// msgType), lacks what CAP asks for, or whose numbers or times are none.
Result<Alert> parse_cap(const XmlElement& element);

/// What an alert is on the map: the middle of its first area, as large as it is.
/// Errors: bad_request when it has no polygon and no circle, is over by `now`, or a cancellation.
Result<Draft> report_of(const Alert& alert, Instant now);

/// A report in CAP's words, for those who listen to nothing else. It has no end.
Alert alert_of(const Report& report);

}  // namespace relief::report
