#include "server/route/report_words.hpp"

#include "server/http/letters.hpp"
#include "server/route/admission.hpp"
#include "server/route/parameters.hpp"
#include "tiler/report/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cmath>

namespace relief::route {
namespace {

constexpr std::size_t longest_report_page = 1000;
constexpr std::size_t most_choices = 50;
constexpr std::string_view layer_of_reports = "reports";

std::string named(std::string_view name, std::string_view value) {
    return std::string(name) + " \"" + report::shown(value) + '"';
}

Result<LonLatBox> parse_report_box(std::string_view text) {
    const auto wrong = bad_request(
        named("bbox", text) +
        " is no west,south,east,north in degrees (west above east crosses the antimeridian)");
    std::array<double, 4> sides{};
    std::string_view rest = text;
    for (double& side : sides) {
        if (rest.empty()) return wrong;
        const auto number = parse_number("bbox", http::trimmed(http::take_until(rest, ',')));
        if (!number) return wrong;
        side = *number;
    }
    const auto [west, south, east, north] = sides;
    const bool lies_on_earth = std::abs(west) <= 180 && std::abs(east) <= 180 && south >= -90 &&
                               north <= 90 && south <= north;
    if (!rest.empty() || !lies_on_earth) return wrong;
    return LonLatBox{west, south, east, north};
}

/// Errors: bad_request for more than any list here has.
Result<std::vector<std::string>> choices(const http::Request& request, const char* name) {
    std::vector<std::string> found;
    std::string_view text = request.query.find(name).value_or("");
    while (!text.empty()) {
        const auto word = http::trimmed(http::take_until(text, ','));
        if (!word.empty()) found.emplace_back(word);
        if (found.size() > most_choices)
            return bad_request(std::string(name) + " names more than " +
                               std::to_string(most_choices));
    }
    return found;
}

Result<std::size_t> parse_limit(std::string_view text) {
    std::size_t limit = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), limit);
    if (error != std::errc{} || end != text.data() + text.size() || limit == 0)
        return bad_request(named("limit", text) + " is no whole number from 1 on");
    return std::min(limit, longest_report_page);
}

/// since= and until=: the beginning of the first, the end of the last.
Result<void> read_times(const http::Request& request, report::ReportFilter& filter) {
    if (const auto text = request.query.find("since")) {
        const auto range = parse_instant(*text);
        if (!range) return bad_request("since: " + range.error().what);
        filter.since = range->first;
    }
    if (const auto text = request.query.find("until")) {
        const auto range = parse_instant(*text);
        if (!range) return bad_request("until: " + range.error().what);
        filter.until = range->last;
    }
    return {};
}

Result<void> read_choices(const http::Request& request, report::ReportFilter& filter) {
    auto categories = choices(request, "category");
    if (!categories) return categories.error();
    filter.categories = std::move(*categories);
    const auto statuses = choices(request, "status");
    if (!statuses) return statuses.error();
    for (const std::string& word : *statuses) {
        const auto status = parse_report_status(word);
        if (!status) return status.error();
        filter.statuses.push_back(*status);
    }
    return {};
}

}  // namespace

bool sees_exact(const http::Request& request) {
    return request.audience.serves_as(Role::moderator) &&
           request.audience.may_see(layer_of_reports, Sensitivity::severe);
}

Result<void> check_moderator(const http::Request& request) {
    if (auto duty = check_duty(request, Role::moderator); !duty) return duty;
    if (sees_exact(request)) return {};
    return Error{Fault::not_allowed, "the token is for other layers than reports"};
}

intake::Author moderator_of(const http::Request& request) {
    return {request.asker, request.audience.role()};
}

Result<std::string> reason_to_look(const http::Request& request) {
    constexpr std::array<std::string_view, 4> reasons{
        "review", "response", "correction", "request"};
    const std::string_view reason = request.query.find("reason").value_or("");
    if (reason.empty() || std::find(reasons.begin(), reasons.end(), reason) != reasons.end())
        return std::string(reason);
    return bad_request(named("reason", reason) +
                       " is not known; allowed: review, response, correction, request");
}

Result<void> check_reason(const http::Request& request, const report::Report& report) {
    const auto reason = reason_to_look(request);
    if (!reason) return reason.error();
    if (report.level < Sensitivity::severe || !reason->empty()) return {};
    return Error{Fault::not_allowed,
                 "a severe report is shown for a reason: add reason=review, response, correction "
                 "or request; it is written to the audit log"};
}

void audit_look(const House& house,
                const http::Request& request,
                const std::vector<report::Report>& reports) {
    constexpr std::chrono::hours together{1};
    if (house.audit == nullptr) return;
    auto highest = Sensitivity::low;
    for (const report::Report& report : reports) highest = std::max(highest, report.level);
    if (highest == Sensitivity::low) return;
    const auto reason = reason_to_look(request);
    house.audit->tell_often({.actor = request.asker,
                             .role = std::string(name_of(role_names, request.audience.role())),
                             .action = "view-exact",
                             .object = reports.size() == 1 ? reports.front().id : "reports",
                             .level = std::string(to_text(highest)),
                             .reason = reason ? *reason : std::string()},
                            together);
}

const shown::ShownIndex* shown_now(const House& house, const http::Request& request) {
    const auto catalogue = house.catalogue.current();
    if (!catalogue->find(LayerName::of_reports().text(), request.audience)) return nullptr;
    if (house.shown_reports != nullptr && house.settle_reports) house.settle_reports();
    return house.shown_reports;
}

Error no_such_report(std::string_view id) {
    return not_found("there is no report \"" + std::string(id.substr(0, 100)) +
                     "\", or it is not shown");
}

Result<ReportListWish> parse_report_list(const http::Request& request) {
    if (auto good = check_known(
            request, {"bbox", "since", "until", "category", "status", "limit", "cursor", "reason"});
        !good)
        return good.error();
    ReportListWish wish;
    if (const auto text = request.query.find("bbox")) {
        const auto box = parse_report_box(*text);
        if (!box) return box.error();
        wish.filter.box = *box;
    }
    if (auto read = read_times(request, wish.filter); !read) return read.error();
    if (auto read = read_choices(request, wish.filter); !read) return read.error();
    if (const auto text = request.query.find("limit")) {
        const auto limit = parse_limit(*text);
        if (!limit) return limit.error();
        wish.limit = *limit;
    }
    wish.cursor = request.query.find("cursor").value_or("");
    return wish;
}

}  // namespace relief::route
