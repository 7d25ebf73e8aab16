#pragma once
// What people and programs send as a report, checked word by word.

#include "server/intake/form_fields.hpp"
#include "tiler/core/result.hpp"
#include "tiler/exact/exact_store.hpp"
#include "tiler/report/report.hpp"

#include <string>
#include <string_view>

namespace relief::intake {

struct SentReport {
    report::Draft draft;
    /// As report::contact_text() has it; forgotten once it is hashed. Empty: none.
    std::string contact{};
};

/// A GeoJSON Feature (RFC 7946) with a Point. Its properties title, description, category, time,
/// severity, sensitivity and precision are what their names say, contact, phone and email whom it
/// is from; names that reports of this house bear (status, photos …) are left out; all others are
/// kept. Title and description are kept to the byte; control characters other than line ends and
/// tabs are refused. Errors: bad_request naming the member, what it is and what is allowed.
Result<SentReport> read_feature(std::string_view json);

/// The same of a form, whose place is in lon and lat. `website` is a trap for programs that fill in
/// whatever they find: people do not see it. Errors: as above, also for a filled trap.
Result<SentReport> read_fields(const Fields& fields);

/// What a moderator corrects: a JSON object with any of title, description, category, time,
/// severity, precision and geometry, a Point; other members say nothing here.
/// Errors: bad_request as above.
Result<exact::Correction> read_correction(std::string_view json);

}  // namespace relief::intake
