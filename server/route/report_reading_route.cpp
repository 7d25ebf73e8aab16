// GET /reports, /reports/{report}, /reports/{report}/history

#include "server/http/target.hpp"
#include "server/route/house.hpp"
#include "server/route/report_document.hpp"
#include "server/route/report_words.hpp"

#include <utility>

namespace relief::route {
namespace {

/// Of one asker: nobody keeps it.
http::Response exact_answer(std::string_view document) {
    http::Response response = http::json(document);
    response.content_type = "application/geo+json";
    response.etag.clear();
    response.cache_control = "private, no-store";
    return response;
}

http::Response shown_answer(std::string_view document) {
    http::Response response = http::json(document);
    response.content_type = "application/geo+json";
    return response;
}

/// The same question, from where this page ends.
std::string next_page(const http::Request& request, std::string_view cursor) {
    std::string link = request.base_url + "/reports?cursor=" + http::percent_encode(cursor);
    for (const auto& [name, value] : request.query.items)
        if (name != "cursor")
            link += '&' + http::percent_encode(name) + '=' + http::percent_encode(value);
    return link;
}

http::Response list_exact(const House& house,
                          const http::Request& request,
                          const ReportListWish& wish) {
    // One more than the page holds tells whether there is a next one.
    auto page = house.reports->page({wish.filter, wish.cursor, wish.limit + 1});
    if (!page) return http::problem(page.error());
    std::string next;
    if (page->size() > wish.limit) {
        page->pop_back();
        next = next_page(request, page->back().id);
    }
    const auto reason = reason_to_look(request);
    if (!reason) return http::problem(reason.error());
    if (reason->empty())
        std::erase_if(*page, [](const auto& one) { return one.level == Sensitivity::severe; });
    audit_look(house, request, *page);
    std::vector<std::string> features;
    features.reserve(page->size());
    for (const report::Report& report : *page)
        features.push_back(report_document(report, request.base_url));
    return exact_answer(collection_document(features, next));
}

/// The place in the list that a cursor names. Errors: bad_request when nothing is shown there any
/// more: the numbers that would go on tell how many reports there are.
Result<std::optional<std::int64_t>> place_of_cursor(const shown::ShownIndex& reports,
                                                    const std::string& cursor) {
    if (cursor.empty()) return std::optional<std::int64_t>();
    const auto last = reports.find(cursor);
    if (!last) return last.error();
    if (!*last)
        return bad_request(
            "the report that the page before ended with is not shown any more; "
            "begin again without cursor");
    return std::optional((*last)->number);
}

http::Response list_shown(const House& house,
                          const http::Request& request,
                          const ReportListWish& wish) {
    const auto* const reports = shown_now(house, request);
    if (reports == nullptr) return shown_answer(collection_document({}, ""));
    const auto before = place_of_cursor(*reports, wish.cursor);
    if (!before) return http::problem(before.error());
    auto page = reports->page({wish.filter, *before, wish.limit + 1});
    if (!page) return http::problem(page.error());
    std::string next;
    if (page->size() > wish.limit) {
        page->pop_back();
        next = next_page(request, page->back().id);
    }
    std::vector<std::string> features;
    features.reserve(page->size());
    for (const shown::PublicReport& report : *page)
        features.push_back(shown_document(report, request.base_url));
    return shown_answer(collection_document(features, next));
}

http::Response list_reports(const House& house, const http::Request& request) {
    const auto wish = parse_report_list(request);
    if (!wish) return http::problem(wish.error());
    const bool exact = house.reports != nullptr && sees_exact(request);
    return exact ? list_exact(house, request, *wish) : list_shown(house, request, *wish);
}

http::Response show_report(const House& house, const http::Request& request) {
    const std::string_view id = request.capture("report");
    if (house.reports != nullptr && sees_exact(request)) {
        const auto found = house.reports->find(id);
        if (!found) return http::problem(found.error());
        if (!*found) return http::problem(no_such_report(request.capture("report")));
        if (auto good = check_reason(request, **found); !good) return http::problem(good.error());
        audit_look(house, request, {**found});
        return exact_answer(report_document(**found, request.base_url));
    }
    const auto* const reports = shown_now(house, request);
    if (reports == nullptr) return http::problem(no_such_report(request.capture("report")));
    const auto shown = reports->find(id);
    if (!shown) return http::problem(shown.error());
    if (!*shown) return http::problem(no_such_report(request.capture("report")));
    return shown_answer(shown_document(**shown, request.base_url));
}

/// Who changed what is for moderators; to all others there is no such address.
http::Response show_history(const House& house, const http::Request& request) {
    if (house.reports == nullptr || !sees_exact(request))
        return http::problem(no_such_report(request.capture("report")));
    const std::string_view id = request.capture("report");
    const auto found = house.reports->find(id);
    if (!found) return http::problem(found.error());
    if (!*found) return http::problem(no_such_report(request.capture("report")));
    if (auto good = check_reason(request, **found); !good) return http::problem(good.error());
    const auto entries = house.reports->history(id);
    if (!entries) return http::problem(entries.error());
    audit_look(house, request, {**found});
    http::Response response = exact_answer(history_document(id, *entries));
    response.content_type = "application/json";
    return response;
}

/// What may tell of the same, so that a moderator can say which is the original.
http::Response show_similar(const House& house, const http::Request& request) {
    if (house.reports == nullptr || !sees_exact(request))
        return http::problem(no_such_report(request.capture("report")));
    const auto found = house.reports->find(request.capture("report"));
    if (!found) return http::problem(found.error());
    if (!*found) return http::problem(no_such_report(request.capture("report")));
    if (auto good = check_reason(request, **found); !good) return http::problem(good.error());
    auto similar = house.reports->similar(**found);
    if (!similar) return http::problem(similar.error());
    std::erase_if(*similar, [&](const auto& one) { return !check_reason(request, one.report); });
    std::vector<report::Report> seen;
    for (const intake::Likeness& one : *similar) seen.push_back(one.report);
    audit_look(house, request, seen);
    http::Response response = exact_answer(similar_document(*similar, request.base_url));
    response.content_type = "application/json";
    return response;
}

http::Parameter list_parameter(const char* name, const char* meaning, const char* example) {
    return {name, "query", meaning, R"({"type":"string"})", example};
}

std::vector<http::Parameter> list_parameters() {
    return {list_parameter("bbox", "west,south,east,north in degrees", "36,-2,38,0"),
            list_parameter("since", "Not before that moment (RFC 3339, or a day)", "2026-01-01"),
            list_parameter("until", "Not after it", "2026-02-01"),
            list_parameter("category", "One of these, divided by commas", "flood,fire"),
            list_parameter("status", "new, verified, rejected, duplicate; likewise", "verified"),
            {"limit",
             "query",
             "Reports on a page; more than 1,000 are 1,000",
             R"({"type":"integer","minimum":1,"default":100})",
             "100"},
            list_parameter("reason",
                           "For moderators: why severe ones are asked for; without it they are "
                           "left out",
                           "review"),
            list_parameter("cursor", "Where the page before ended: the link \"next\" has it", "")};
}

}  // namespace

http::Parameter report_parameter() {
    return {"report", "path", "Id of the report", R"({"type":"string"})", ""};
}

void add_report_reading_routes(http::RouteTable& table, const House& house) {
    table.add({.method = "GET",
               .pattern = "/reports",
               .summary = "Reports as the asker may see them, newest first: exact to moderators, "
                          "to all others as the level of each allows",
               .tag = "reports",
               .parameters = list_parameters(),
               .media_types = {"application/geo+json"},
               .handler = on_pool(house, list_reports)});
    table.add({.method = "GET",
               .pattern = "/reports/{report}",
               .summary = "A report as the asker may see it",
               .tag = "reports",
               .parameters = {report_parameter()},
               .media_types = {"application/geo+json"},
               .handler = on_pool(house, show_report)});
    table.add({.method = "GET",
               .pattern = "/reports/{report}/history",
               .summary = "For moderators: who changed what of a report, and when",
               .tag = "reports",
               .parameters = {report_parameter()},
               .media_types = {"application/json"},
               .handler = on_pool(house, show_history)});
    table.add({.method = "GET",
               .pattern = "/reports/{report}/similar",
               .summary = "For moderators: reports that may tell of the same, by place, time and "
                          "words",
               .tag = "reports",
               .parameters = {report_parameter()},
               .media_types = {"application/json"},
               .handler = on_pool(house, show_similar)});
}

}  // namespace relief::route
