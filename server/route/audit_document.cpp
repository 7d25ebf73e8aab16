#include "server/route/audit_document.hpp"

#include "server/http/target.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>
#include <optional>
#include <string_view>

namespace relief::route {
namespace {

using AuditJson = nlohmann::ordered_json;

constexpr std::int64_t longest_page = 1000;

Result<std::optional<std::int64_t>> whole_number(const http::Request& request,
                                                 std::string_view name) {
    const auto text = request.query.find(name);
    if (!text) return std::optional<std::int64_t>();
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), number);
    if (error != std::errc{} || end != text->data() + text->size() || number < 1)
        return bad_request(std::string(name) + " \"" + std::string(text->substr(0, 100)) +
                           "\" is no whole number from 1 on");
    return std::optional(number);
}

Result<std::optional<Instant>> moment(const http::Request& request, std::string_view name) {
    const auto text = request.query.find(name);
    if (!text) return std::optional<Instant>();
    const auto range = parse_instant(*text);
    if (!range) return bad_request(std::string(name) + ": " + range.error().what);
    return std::optional(range->first);
}

AuditJson head_json(const access::AuditHead& head) {
    return {{"size", head.number}, {"hash", head.hash}, {"head", head.text()}};
}

AuditJson entry_json(const access::AuditEntry& entry) {
    const access::AuditEvent& event = entry.event;
    return {{"number", entry.head.number},
            {"time", to_text(entry.time)},
            {"actor", event.actor},
            {"role", event.role},
            {"action", event.action},
            {"object", event.object},
            {"level", event.level},
            {"reason", event.reason},
            {"count", event.count},
            {"result", event.result},
            {"prev", entry.previous},
            {"hash", entry.head.hash}};
}

/// The same question, from where this page ends.
std::string next_link(const http::Request& request, const access::AuditEntry& last) {
    std::string link = request.base_url + "/audit?before=" + std::to_string(last.head.number);
    for (const auto& [name, value] : request.query.items)
        if (name != "before")
            link += '&' + http::percent_encode(name) + '=' + http::percent_encode(value);
    return link;
}

std::string text_of(const AuditJson& document) {
    return document.dump(-1, ' ', false, AuditJson::error_handler_t::replace);
}

}  // namespace

Result<access::AuditFilter> parse_audit_filter(const http::Request& request) {
    const auto limit = whole_number(request, "limit");
    if (!limit) return limit.error();
    const auto before = whole_number(request, "before");
    if (!before) return before.error();
    const auto since = moment(request, "since");
    if (!since) return since.error();
    const auto until = moment(request, "until");
    if (!until) return until.error();
    access::AuditFilter filter;
    filter.limit = std::min(limit->value_or(filter.limit), longest_page);
    filter.before = *before;
    filter.since = *since;
    filter.until = *until;
    filter.actor = request.query.find("actor").value_or("");
    filter.action = request.query.find("action").value_or("");
    filter.object = request.query.find("object").value_or("");
    filter.result = request.query.find("result").value_or("");
    return filter;
}

std::string audit_document(const http::Request& request,
                           const access::AuditFilter& filter,
                           const std::vector<access::AuditEntry>& entries,
                           const access::AuditHead& head) {
    AuditJson list = AuditJson::array();
    for (const access::AuditEntry& entry : entries) list.push_back(entry_json(entry));
    AuditJson links = AuditJson::array();
    if (static_cast<std::int64_t>(entries.size()) == filter.limit && entries.back().head.number > 1)
        links.push_back({{"rel", "next"}, {"href", next_link(request, entries.back())}});
    return text_of(
        {{"entries", std::move(list)}, {"head", head_json(head)}, {"links", std::move(links)}});
}

std::string audit_head_document(const access::AuditHead& head) {
    return text_of(head_json(head));
}

}  // namespace relief::route
