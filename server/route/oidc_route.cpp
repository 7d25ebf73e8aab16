// /auth/oidc, /auth/oidc/return

#include "server/http/status.hpp"
#include "server/route/house.hpp"
#include "server/route/session_cookie.hpp"

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace relief::route {
namespace {

constexpr std::chrono::seconds no_life{0};

/// As it has to be entered at the provider.
std::string return_address(const http::Request& request) {
    return request.base_url + "/auth/oidc/return";
}

http::Response leave_for_provider(const House& house, const http::Request& request) {
    if (house.oidc == nullptr)
        return http::problem(not_found("nobody signs in by an identity provider here"));
    const auto sent = house.oidc->send_off(return_address(request));
    if (!sent) return http::problem(sent.error());
    http::Response response = http::found_at(sent->location);
    response.headers.emplace_back(
        "Set-Cookie", ticket_cookie(request, sent->ticket, service::OidcDesk::ticket_life));
    return response;
}

std::optional<std::string> word_of(const http::Request& request, std::string_view name) {
    const auto value = request.query.find(name);
    return value ? std::optional<std::string>(*value) : std::nullopt;
}

/// The ticket has been used, whatever came of it. Nobody is sent anywhere but to our own page.
http::Response welcome_back(const http::Request& request, const Result<service::SignedIn>& user) {
    http::Response response =
        user ? http::found_at(request.base_url + "/") : http::problem(user.error());
    response.headers.emplace_back("Set-Cookie", ticket_cookie(request, "", no_life));
    if (user)
        response.headers.emplace_back(
            "Set-Cookie",
            session_cookie(request,
                           user->secret,
                           std::chrono::duration_cast<std::chrono::seconds>(user->life)));
    return response;
}

// NOLINTNEXTLINE(bugprone-easily-swappable-parameters): as in http::Parameter
http::Parameter told_word(std::string name, std::string meaning) {
    return {std::move(name), "query", std::move(meaning), R"({"type":"string"})", ""};
}

void return_from_provider(const House& house,
                          const std::shared_ptr<const http::Request>& request,
                          const http::Responder& respond) {
    if (house.oidc == nullptr)
        return respond(http::problem(not_found("nobody signs in by an identity provider here")));
    service::OidcDesk::Arrival arrival{{word_of(*request, "code"),
                                        word_of(*request, "state"),
                                        word_of(*request, "iss"),
                                        word_of(*request, "error")},
                                       sign_in_ticket(*request),
                                       return_address(*request)};
    const bool taken = house.oidc->receive(
        std::move(arrival),
        [request, respond](const auto& user) { respond(welcome_back(*request, user)); });
    if (!taken)
        respond(http::problem({Fault::too_busy, "too many are signing in; try again in a moment"}));
}

}  // namespace

void add_oidc_routes(http::RouteTable& table, const House& house) {
    table.add({.method = "GET",
               .pattern = "/auth/oidc",
               .summary = "Sign in at the identity provider: leads a browser there",
               .tag = "access",
               .parameters = {},
               .media_types = {},
               .handler = on_pool(house, leave_for_provider)});
    table.add({.method = "GET",
               .pattern = "/auth/oidc/return",
               .summary = "Where the identity provider leads the browser back to: sets the cookie "
                          "of a session and leads on to the page",
               .tag = "access",
               .parameters = {told_word("code", "What the provider gives its tokens for"),
                              told_word("state", "The provider gives it back as it was sent"),
                              told_word("iss", "The provider's name, where it tells it (RFC 9207)"),
                              told_word("error", "Why it lets nobody in")},
               .media_types = {},
               .handler = [&house](const std::shared_ptr<const http::Request>& request,
                                   const http::Responder& respond) {
                   return_from_provider(house, request, respond);
               }});
}

}  // namespace relief::route
