#include "server/route/session_cookie.hpp"

#include "server/http/letters.hpp"

namespace relief::route {
namespace {

bool is_secure(const http::Request& request) {
    return request.base_url.starts_with("https://");
}

struct CookieKind {
    std::string_view plain;
    std::string_view under_tls;
    std::string_view same_site;
};
constexpr CookieKind session_kind{"relief_session", "__Host-relief_session", "Strict"};
constexpr CookieKind ticket_kind{"relief_sign_in", "__Host-relief_sign_in", "Lax"};

std::string_view cookie_name(const http::Request& request, const CookieKind& kind) {
    return is_secure(request) ? kind.under_tls : kind.plain;
}

std::optional<std::string_view> shown_cookie(const http::Request& request, const CookieKind& kind) {
    const std::string_view wanted = cookie_name(request, kind);
    for (const auto& [name, value] : request.headers) {
        if (name != "cookie") continue;
        for (std::string_view rest = value; !rest.empty();) {
            std::string_view pair = http::trimmed(http::take_until(rest, ';'));
            if (http::take_until(pair, '=') == wanted) return pair;
        }
    }
    return std::nullopt;
}

std::string set_cookie(const http::Request& request,
                       const CookieKind& kind,
                       std::string_view value,
                       std::chrono::seconds life) {
    std::string cookie(cookie_name(request, kind));
    cookie += '=';
    cookie += value;
    cookie += "; Path=/; Max-Age=" + std::to_string(life.count()) + "; HttpOnly; SameSite=";
    cookie += kind.same_site;
    if (is_secure(request)) cookie += "; Secure";
    return cookie;
}

/// "https://maps.example.org:8443/relief" → "maps.example.org:8443"
std::string_view authority_of(std::string_view address) {
    const auto scheme = address.find("://");
    if (scheme == std::string_view::npos) return {};
    address.remove_prefix(scheme + 3);
    return address.substr(0, address.find('/'));
}

}  // namespace

std::optional<std::string_view> session_secret(const http::Request& request) {
    return shown_cookie(request, session_kind);
}

std::string session_cookie(const http::Request& request,
                           std::string_view secret,
                           std::chrono::seconds life) {
    return set_cookie(request, session_kind, secret, life);
}

std::string sign_in_ticket(const http::Request& request) {
    return std::string(shown_cookie(request, ticket_kind).value_or(""));
}

std::string ticket_cookie(const http::Request& request,
                          std::string_view ticket,
                          std::chrono::seconds life) {
    return set_cookie(request, ticket_kind, ticket, life);
}

// The scheme is left out: a proxy that nobody listed may speak TLS for us, and says nothing of it.
bool is_from_own_page(const http::Request& request) {
    const auto origin = request.header("origin");
    if (!origin) return false;
    const std::string_view authority = authority_of(*origin);
    return !authority.empty() &&
           http::same_ignoring_case(authority, authority_of(request.base_url));
}

}  // namespace relief::route
