#include "server/route/admission.hpp"

#include "server/http/letters.hpp"
#include "server/http/status.hpp"

#include <algorithm>
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

http::Response refusal() {
    http::Response response = http::problem(
        {Fault::unknown_asker, "the token is not known here, has ended or was revoked"});
    response.headers.emplace_back("WWW-Authenticate",
                                  R"(Bearer realm="relief", error="invalid_token")");
    return response;
}

}  // namespace

std::optional<http::Response> admit(const House& house, http::Request& request) {
    const auto tokens = shown_tokens(request);
    if (tokens.empty()) return std::nullopt;
    const bool differ = std::any_of(
        tokens.begin(), tokens.end(), [&](const auto& one) { return one != tokens.front(); });
    if (differ) return http::problem(bad_request("the request shows tokens that differ; show one"));
    auto asker = house.asker_of ? house.asker_of(tokens.front()) : std::nullopt;
    if (!asker) return refusal();
    request.audience = std::move(asker->audience);
    request.asker = std::move(asker->token);
    return std::nullopt;
}

Result<void> check_analyst(const http::Request& request) {
    if (request.audience.serves_as(Role::analyst)) return {};
    if (request.audience.is_anonymous())
        return Error{Fault::unknown_asker, "this needs the token of an analyst"};
    return Error{Fault::not_allowed, "this is for analysts"};
}

}  // namespace relief::route
