#pragma once
// What a request says of reports alone.

#include "server/service/feature_words.hpp"
#include "tiler/core/instant.hpp"
#include "tiler/core/result.hpp"
#include "tiler/report/report_filter.hpp"

#include <optional>
#include <string_view>

namespace relief::service {

/// "24h", "7d", "PT6H": a time before now.
bool is_age(std::string_view text);

struct ReportAsk {
    bool of_reports = false;  ///< the layer is that of the reports
    Instant now;
};

/// category= and status= name one or several, divided by commas; since= and until= an ISO 8601 time
/// or an age. Nothing when none of them is there.
/// Errors: bad_request naming the word, its value and what is allowed; for all of these words where
/// the layer holds something else, and for by= and sum= of reports.
Result<std::optional<report::ReportFilter>> report_choice(const FeatureWords& words,
                                                          const ReportAsk& ask);

}  // namespace relief::service
