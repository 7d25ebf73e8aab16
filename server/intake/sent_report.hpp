#pragma once
// What people and programs send as a report, checked word by word.

#include "tiler/core/result.hpp"
#include "tiler/report/report.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace relief::intake {

struct SentReport {
    report::Draft draft;
    /// As it was typed; forgotten once it is hashed. Empty: none.
    std::string contact{};
};

/// A GeoJSON Feature (RFC 7946) with a Point. Its properties title, description, category, time,
/// severity, sensitivity and precision are what their names say, contact, phone and email whom it
/// is from; names that reports of this house bear (status, photos …) are left out; all others are
/// kept. Control characters other than line feeds and tabs are left out, line ends become line
/// feeds. Errors: bad_request naming the member, what it is and what is allowed.
Result<SentReport> read_feature(std::string_view json);

using Fields = std::vector<std::pair<std::string, std::string>>;
/// The first of that name.
std::optional<std::string> value_of(const Fields& fields, std::string_view name);

/// The same of a form, whose place is in lon and lat. `website` is a trap for programs that fill in
/// whatever they find: people do not see it. Errors: as above, also for a filled trap.
Result<SentReport> read_fields(const Fields& fields);

/// A body of application/x-www-form-urlencoded. Errors: bad_request for malformed percent signs or
/// more fields than a report may have.
Result<Fields> parse_form(std::string_view body);

}  // namespace relief::intake
