#pragma once
// The moment that a time axis counts from: "2024-01-01 06:00:00 +02:00".

#include <optional>
#include <string>

namespace relief::source {

/// Of any calendar: whether there is such a day is not looked at.
struct CivilDate {
    int year = 0;
    unsigned month = 0;
    unsigned day = 0;
};

struct TimeReference {
    CivilDate date;
    double day_ms = 0;  ///< since midnight UTC; beyond the day when the zone says so
};

/// What stands behind "since", in lower case; a clock and a zone may be missing. None when it is
/// written otherwise.
std::optional<TimeReference> read_time_reference(const std::string& written);

}  // namespace relief::source
