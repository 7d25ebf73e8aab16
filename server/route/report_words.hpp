#pragma once
// What is asked of reports, and who may decide on them.

#include "server/http/request.hpp"
#include "server/intake/report_desk.hpp"
#include "server/route/house.hpp"
#include "tiler/core/result.hpp"
#include "tiler/report/report_filter.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace relief::route {

/// Sees the exact places of reports and decides on them: a moderator whose token is not for other
/// layers only, nor for maps.
bool sees_exact(const http::Request& request);
/// Errors: unknown_asker, not_allowed.
Result<void> check_moderator(const http::Request& request);
intake::Author moderator_of(const http::Request& request);

/// What is severe is shown to a moderator for a reason, which the audit log keeps: from reason=,
/// empty when none is given. Errors: bad_request for another word than review, response, correction
/// and request.
Result<std::string> reason_to_look(const http::Request& request);
/// Errors: those of reason_to_look(); not_allowed for a severe report without a reason.
Result<void> check_reason(const http::Request& request, const report::Report& report);

/// Leaves a view of exact places in the audit log; what is low is for everyone.
void audit_look(const House& house,
                const http::Request& request,
                const std::vector<report::Report>& reports);

/// What everyone is shown, as it is after all that was answered before; null: nothing, for there is
/// none, or the layer of reports is suspended.
const shown::ShownIndex* shown_now(const House& house, const http::Request& request);

/// The same words for all that there is not or that the asker does not see.
Error no_such_report(std::string_view id);

/// Errors: bad_request naming those there are.
Result<report::Status> parse_report_status(std::string_view text);

struct ReportListWish {
    report::ReportFilter filter{};
    std::size_t limit = 100;
    std::string cursor{};
};
/// From bbox=, since=, until=, category=, status=, limit= (above 1,000 is 1,000) and cursor=.
/// Lists are divided by commas. Errors: bad_request naming the one that cannot be read.
Result<ReportListWish> parse_report_list(const http::Request& request);

/// A JSON object: status, sensitivity, duplicate_of, confidence, assigned, note; others are not
/// looked at. Errors: unsupported_media; bad_request naming the one that cannot be read, or that
/// there is none.
Result<intake::Change> parse_report_change(const http::Request& request);

/// The member "ids" of the same object: 1 to 200 of them. Errors: bad_request.
Result<std::vector<std::string>> parse_report_ids(const http::Request& request);

}  // namespace relief::route
