// PATCH and DELETE /reports/{report}, PATCH /reports

#include "server/http/status.hpp"
#include "server/route/house.hpp"
#include "server/route/report_document.hpp"
#include "server/route/report_words.hpp"

#include <string>
#include <utility>
#include <vector>

namespace relief::route {
namespace {

void audit_decision(const House& house,
                    const http::Request& request,
                    const report::Report& report,
                    const char* action) {
    if (house.audit == nullptr) return;
    const auto reason = reason_to_look(request);
    house.audit->tell({.actor = request.asker,
                       .role = std::string(name_of(role_names, request.audience.role())),
                       .action = action,
                       .object = report.id,
                       .level = std::string(to_text(report.level)),
                       .reason = reason ? *reason : std::string()});
}

/// Errors: as check_moderator(); not_found.
Result<report::Report> report_to_decide_on(const House& house,
                                           const http::Request& request,
                                           std::string_view id) {
    if (auto good = check_moderator(request); !good) return good.error();
    if (house.reports == nullptr) return no_such_report(id);
    auto found = house.reports->find(id);
    if (!found) return found.error();
    if (!*found) return no_such_report(id);
    return std::move(**found);
}

/// Errors: as report_to_decide_on() and check_reason(); bad_request for what cannot be changed so.
Result<report::Report> decide(const House& house,
                              const http::Request& request,
                              const report::Report& before,
                              const intake::Change& change) {
    if (auto good = check_reason(request, before); !good) return good.error();
    auto after = house.reports->change(before.id, change, moderator_of(request));
    if (after && after->level != before.level)
        audit_decision(house, request, *after, "policy-change");
    if (after && change.corrected != exact::Correction())
        audit_decision(house, request, *after, "correct");
    return after;
}

http::Response personal_answer(std::string_view document) {
    http::Response response = http::json(document);
    response.etag.clear();
    response.cache_control = "private, no-store";
    return response;
}

http::Response change_report(const House& house, const http::Request& request) {
    const auto before = report_to_decide_on(house, request, request.capture("report"));
    if (!before) return http::problem(before.error());
    const auto change = parse_report_change(request);
    if (!change) return http::problem(change.error());
    const auto after = decide(house, request, *before, *change);
    if (!after) return http::problem(after.error());
    // The answer shows all of it, whatever was changed, and what it was before says how much.
    audit_look(house, request, {before->level > after->level ? *before : *after});
    http::Response response = personal_answer(report_document(*after, request.base_url));
    response.content_type = "application/geo+json";
    return response;
}

/// Each by itself: one that cannot be changed is told and keeps no other from it.
http::Response change_reports(const House& house, const http::Request& request) {
    if (auto good = check_moderator(request); !good) return http::problem(good.error());
    const auto ids = parse_report_ids(request);
    if (!ids) return http::problem(ids.error());
    const auto change = parse_report_change(request);
    if (!change) return http::problem(change.error());
    if (change->corrected != exact::Correction())
        return http::problem(
            bad_request("what reports say is corrected one by one: PATCH /reports/ID"));
    std::vector<std::string> changed;
    std::vector<FailedChange> failed;
    for (const std::string& id : *ids) {
        const auto before = report_to_decide_on(house, request, id);
        const auto after = before ? decide(house, request, *before, *change)
                                  : Result<report::Report>(before.error());
        if (after)
            changed.push_back(id);
        else
            failed.push_back({id, after.error().what});
    }
    return personal_answer(changes_document(changed, failed));
}

http::Response erase_report(const House& house, const http::Request& request) {
    const auto before = report_to_decide_on(house, request, request.capture("report"));
    if (!before) return http::problem(before.error());
    const auto photos = house.reports->erase(before->id);
    if (!photos) return http::problem(photos.error());
    if (house.photos != nullptr) house.photos->remove_unused(*photos);
    audit_decision(house, request, *before, "delete");
    http::Response response;
    response.status = http::no_content();
    return response;
}

}  // namespace

void add_report_moderation_routes(http::RouteTable& table, const House& house) {
    table.add({.method = "PATCH",
               .pattern = "/reports/{report}",
               .summary =
                   "For moderators: status, sensitivity, duplicate_of, confidence, assigned, note; "
                   "corrections of title, description, category, time, severity, precision, "
                   "geometry",
               .tag = "reports",
               .parameters = {report_parameter()},
               .media_types = {"application/geo+json"},
               .handler = on_pool(house, change_report),
               .body_types = {"application/json"}});
    table.add({.method = "PATCH",
               .pattern = "/reports",
               .summary = "For moderators: the same change to all reports that ids names, 200 at "
                          "most; which were changed and which not",
               .tag = "reports",
               .parameters = {},
               .media_types = {"application/json"},
               .handler = on_pool(house, change_reports),
               .body_types = {"application/json"}});
    table.add({.method = "DELETE",
               .pattern = "/reports/{report}",
               .summary = "For moderators: erase a report with its photos, notes and history",
               .tag = "reports",
               .parameters = {report_parameter()},
               .media_types = {},
               .handler = on_pool(house, erase_report)});
}

}  // namespace relief::route
