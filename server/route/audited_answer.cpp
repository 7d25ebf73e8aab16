#include "server/route/audited_answer.hpp"

#include "server/http/letters.hpp"
#include "server/http/status.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <string>
#include <vector>

namespace relief::route {
namespace {

// A map of one hidden layer is refused a hundred times at once; that is one thing to know.
constexpr std::chrono::minutes denied_together{1};
constexpr std::chrono::hours seen_together{1};

/// As OGC services name layers; captures name them in all other addresses.
bool names_layers(std::string_view parameter) noexcept {
    static constexpr std::array<std::string_view, 5> names{
        "layer", "layers", "query_layers", "collections", "typenames"};
    return std::any_of(names.begin(), names.end(), [&](std::string_view name) {
        return http::same_ignoring_case(name, parameter);
    });
}

void add_names(std::string_view list, std::vector<std::string_view>& names) {
    constexpr std::size_t most = 64;
    while (!list.empty() && names.size() < most) names.push_back(http::take_until(list, ','));
}

std::vector<std::string_view> named_layers(const http::Request& request) {
    std::vector<std::string_view> names;
    for (const auto& [name, value] : request.captures)
        if (name == "id" || name.ends_with("Id")) add_names(value, names);
    for (const auto& [name, value] : request.query.items)
        if (names_layers(name)) add_names(value, names);
    return names;
}

access::AuditEvent event_of(const http::Request& request, std::string action) {
    const std::string role(name_of(role_names, request.audience.role()));
    std::string actor = request.asker;
    if (actor.empty()) actor = request.denied == "unknown" ? "unknown" : role;
    return {.actor = std::move(actor), .role = role, .action = std::move(action), .object = "*"};
}

struct Outcome {
    std::string_view route;
    int status;
};

/// The word for a refusal that has no layer to it; empty: it was none. A sign-in that failed is
/// written down by those who check it.
std::string_view reason_of(const http::Request& request, const Outcome& outcome) {
    if (!request.denied.empty()) return request.denied;
    if (outcome.route == "/auth/oidc/return") return {};
    const bool login = outcome.route == "/auth/login";
    if (outcome.status == http::status_of(Fault::unknown_asker)) return login ? "" : "no-token";
    if (outcome.status == http::status_of(Fault::not_allowed)) return login ? "origin" : "duty";
    return {};
}

void audit_refusal(const House& house,
                   const http::Request& request,
                   std::string_view route,
                   std::string_view reason) {
    auto event = event_of(request, "denied");
    if (!route.empty()) event.object = route;
    event.reason = reason;
    event.result = "denied";
    house.audit->tell_often(std::move(event), denied_together);
}

/// Of the names that were asked for, in vain, the most sensitive that there is. Anyone may count
/// the entries of the log: a name that there is not makes one as well.
void audit_miss(const House& house,
                const http::Request& request,
                const std::vector<std::string_view>& names) {
    const auto catalogue = house.catalogue.current();
    const Audience everything = Audience::of(Role::admin);
    auto event = event_of(request, "denied");
    event.reason = "absent";
    event.result = "denied";
    auto worst = Sensitivity::low;
    bool missed = false;
    for (const std::string_view name : names) {
        if (catalogue->find(name, request.audience)) continue;
        missed = true;
        const auto hidden = catalogue->find(name, everything);
        if (!hidden || hidden->sensitivity <= worst) continue;
        worst = hidden->sensitivity;
        event.object = name;
        event.level = to_text(worst);
        event.reason = "hidden";
    }
    if (missed) house.audit->tell_alike(std::move(event), denied_together);
}

void audit_views(const House& house,
                 const http::Request& request,
                 const std::vector<std::string_view>& names) {
    const auto catalogue = house.catalogue.current();
    for (const std::string_view name : names) {
        const auto shown = catalogue->find(name, request.audience);
        if (!shown || shown->sensitivity < Sensitivity::high) continue;
        auto event = event_of(request, "view-exact");
        event.object = name;
        event.level = to_text(shown->sensitivity);
        house.audit->tell_often(std::move(event), seen_together);
    }
}

}  // namespace

void audit_answer(const House& house,
                  const http::Request& request,
                  std::string_view route,
                  int status) {
    if (house.audit == nullptr) return;
    const std::string_view reason = reason_of(request, {route, status});
    if (!reason.empty()) return audit_refusal(house, request, route, reason);
    const bool failed = http::is_error(status);
    // What anonymous are shown is low.
    if (!failed && request.audience.is_anonymous()) return;
    const auto names = named_layers(request);
    if (failed)
        audit_miss(house, request, names);
    else
        audit_views(house, request, names);
}

}  // namespace relief::route
