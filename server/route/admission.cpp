#include "server/route/admission.hpp"

#include "server/http/letters.hpp"
#include "server/http/proxies.hpp"
#include "server/http/status.hpp"
#include "server/route/session_cookie.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace relief::route {
namespace {

constexpr std::string_view scheme = "bearer ";

/// Every token that the request shows; those of the query are taken out of it.
std::vector<std::string> shown_tokens(http::Request& request) {
    std::vector<std::string> tokens;
    if (const auto field = request.header("authorization")) {
        const std::string_view text = http::trimmed(*field);
        // "Bearer" alone, or with nothing after it, shows an empty token.
        const std::string_view word = text.substr(0, text.find(' '));
        if (http::same_ignoring_case(word, scheme.substr(0, scheme.size() - 1)))
            tokens.emplace_back(http::trimmed(text.substr(word.size())));
    }
    auto& items = request.query.items;
    for (const auto& [name, value] : items)
        if (name == "token") tokens.push_back(value);
    std::erase_if(items, [](const http::NameValue& item) { return item.first == "token"; });
    return tokens;
}

http::Response refusal(const access::Gate::Verdict& verdict) {
    if (verdict.undecided())
        return http::problem({Fault::too_busy,
                              "the keys of the identity provider are being asked for; try again "
                              "in a moment"});
    http::Response response = http::problem(
        {Fault::unknown_asker, "the token is not known here, has ended or was revoked"});
    response.headers.emplace_back("WWW-Authenticate",
                                  R"(Bearer realm="relief", error="invalid_token")");
    return response;
}

/// Who watches over the server asks often and must be answered when all others are not.
bool is_watched(const http::Request& request) {
    static constexpr std::array<std::string_view, 4> watched{
        "healthz", "health", "readyz", "metrics"};
    return request.segments.size() == 1 &&
           std::find(watched.begin(), watched.end(), request.segments.front()) != watched.end();
}

/// POST /reports without a token.
bool is_anonymous_report(const http::Request& request) {
    return request.audience.is_anonymous() && request.method == "POST" &&
           request.segments == std::vector<std::string>{"reports"};
}

service::RateLimits::Kind kind_of(const http::Request& request) {
    using Kind = service::RateLimits::Kind;
    // Each asks the identity provider and opens a session.
    if (request.segments == std::vector<std::string>{"auth", "oidc", "return"}) return Kind::login;
    if (request.method == "GET" || request.method == "HEAD") return Kind::read;
    const bool login = request.segments == std::vector<std::string>{"auth", "login"};
    if (login) return Kind::login;
    return is_anonymous_report(request) ? Kind::report : Kind::write;
}

/// A token that opens nothing does not make another of who shows it: addresses count then.
std::string whom_to_count(const http::Request& request, service::RateLimits::Kind kind) {
    const bool by_token =
        !request.audience.is_anonymous() && kind != service::RateLimits::Kind::login;
    return by_token ? "token " + request.asker : http::network_of(request.remote_address);
}

/// Programs on this machine read as fast as they can; so does a proxy on it that was not listed,
/// behind which all askers would look like one.
bool is_exempt(const http::Request& request, service::RateLimits::Kind kind) {
    return is_watched(request) ||
           (kind == service::RateLimits::Kind::read && http::is_loopback(request.remote_address));
}

std::optional<http::Response> slow_down(const House& house, http::Request& request) {
    if (house.limits == nullptr) return std::nullopt;
    const auto kind = kind_of(request);
    if (is_exempt(request, kind)) return std::nullopt;
    const auto wait = house.limits->take(kind, whom_to_count(request, kind));
    if (!wait) return std::nullopt;
    request.denied = "rate";
    return http::too_many_requests(*wait);
}

void take_over(http::Request& request, access::Gate::Verdict verdict) {
    request.audience = std::move(verdict.audience);
    request.asker = std::move(verdict.actor);
    request.pass = std::move(verdict.pass);
    request.name = std::move(verdict.name);
    request.expires = verdict.expires;
}

bool changes_something(const http::Request& request) {
    return request.method != "GET" && request.method != "HEAD";
}

/// A session that has ended shows what everyone sees: its page must open to sign in again. The
/// browser adds the cookie by itself, so that what changes something has to come from our own page.
std::optional<http::Response> identify_user(const House& house, http::Request& request) {
    const auto secret = house.user_of ? session_secret(request) : std::nullopt;
    if (!secret) return std::nullopt;
    auto verdict = house.user_of(*secret);
    if (!verdict.admitted()) return std::nullopt;
    if (changes_something(request) && !is_from_own_page(request)) {
        request.asker = verdict.actor;
        request.denied = "origin";
        return http::problem({Fault::not_allowed,
                              "with a session, changes are made from pages of this server only; "
                              "programs use a token"});
    }
    take_over(request, std::move(verdict));
    return std::nullopt;
}

std::optional<http::Response> identify(const House& house, http::Request& request) {
    const auto tokens = shown_tokens(request);
    if (tokens.empty()) return identify_user(house, request);
    const bool differ = std::any_of(
        tokens.begin(), tokens.end(), [&](const auto& one) { return one != tokens.front(); });
    if (differ) return http::problem(bad_request("the request shows tokens that differ; show one"));
    auto verdict = house.asker_of ? house.asker_of(tokens.front())
                                  : access::Gate::Verdict{Audience::anonymous(), {}, "unknown"};
    if (!verdict.admitted()) {
        auto response = refusal(verdict);
        if (!verdict.undecided()) request.denied = verdict.refused;
        request.asker = std::move(verdict.actor);
        return response;
    }
    take_over(request, std::move(verdict));
    return std::nullopt;
}

}  // namespace

std::optional<http::Response> admit(const House& house, http::Request& request) {
    auto refused = identify(house, request);
    if (auto wait = slow_down(house, request)) return wait;
    return refused;
}

std::string counted_as(const http::Request& request) {
    if (!request.audience.is_anonymous()) return "token " + request.asker;
    if (http::is_loopback(request.remote_address)) return {};
    return http::network_of(request.remote_address);
}

Result<void> check_duty(const http::Request& request, Role duty) {
    if (request.audience.serves_as(duty)) return {};
    const std::string name(name_of(role_names, duty));
    const std::string article = duty == Role::analyst || duty == Role::admin ? "an " : "a ";
    if (request.audience.is_anonymous())
        return Error{Fault::unknown_asker, "this needs the token of " + article + name};
    return Error{Fault::not_allowed, "this is for " + name + "s"};
}

}  // namespace relief::route
