// /audit, /audit/head

#include "server/route/admission.hpp"
#include "server/route/audit_document.hpp"
#include "server/route/house.hpp"

#include <utility>

namespace relief::route {
namespace {

http::Response changing(std::string_view document) {
    http::Response response = http::json(document);
    response.cache_control = "no-store";
    return response;
}

http::Response show_head(const House& house, const http::Request& /*request*/) {
    const auto head = house.audit != nullptr ? house.audit->head() : access::AuditHead{};
    if (!head) return http::problem(head.error());
    return changing(audit_head_document(*head));
}

http::Response show_log(const House& house, const http::Request& request) {
    if (const auto good = check_duty(request, Role::admin); !good)
        return http::problem(good.error());
    if (house.audit == nullptr) return http::problem(not_found("no audit log is kept here"));
    const auto filter = parse_audit_filter(request);
    if (!filter) return http::problem(filter.error());
    const auto entries = house.audit->page(*filter);
    if (!entries) return http::problem(entries.error());
    const auto head = house.audit->head();
    if (!head) return http::problem(head.error());
    return changing(audit_document(request, *filter, *entries, *head));
}

http::Parameter filter_parameter_of(const char* name, const char* meaning, const char* example) {
    return {name, "query", meaning, R"({"type":"string"})", example};
}

std::vector<http::Parameter> log_parameters() {
    return {{"limit",
             "query",
             "Entries on a page; more than 1,000 are 1,000",
             R"({"type":"integer","minimum":1,"default":100})",
             "100"},
            {"before",
             "query",
             "Only entries with a lower number: the link \"next\" has it",
             R"({"type":"integer","minimum":1})",
             "42"},
            filter_parameter_of("since", "From this moment on (RFC 3339, or a day)", "2026-01-01"),
            filter_parameter_of("until", "Before this moment", "2026-02-01"),
            filter_parameter_of("actor", "Id of a token, or operator, anonymous", "4f1c9a0e77d2"),
            filter_parameter_of("action", "What was done", "denied"),
            filter_parameter_of("object", "Id of a layer, token or style", "camps"),
            filter_parameter_of("result", "done or denied", "denied")};
}

}  // namespace

void add_audit_routes(http::RouteTable& table, const House& house) {
    table.add({.method = "GET",
               .pattern = "/audit",
               .summary = "For admins: who did what, newest first",
               .tag = "access",
               .parameters = log_parameters(),
               .media_types = {"application/json"},
               .handler = on_pool(house, show_log)});
    table.add({.method = "GET",
               .pattern = "/audit/head",
               .summary = "How many entries the audit log has and the hash of the last: who keeps "
                          "it notices when the log is cut or rewritten",
               .tag = "access",
               .parameters = {},
               .media_types = {"application/json"},
               .handler = on_pool(house, show_head)});
}

}  // namespace relief::route
