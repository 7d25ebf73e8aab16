#include "server/oidc/code_flow.hpp"

#include "server/access/secret.hpp"
#include "server/access/strict_json.hpp"

#include <openssl/crypto.h>

#include <string_view>
#include <utility>

namespace relief::oidc {
namespace {

using access::text_member;

bool same_secret(std::string_view one, std::string_view other) {
    return one.size() == other.size() && CRYPTO_memcmp(one.data(), other.data(), one.size()) == 0;
}

std::string scope_of(const workspace::OidcSettings& settings) {
    std::string scope = "openid";
    for (const std::string& one : settings.scopes)
        if (one != "openid") scope += ' ' + one;
    return scope;
}

Error no_answer_of(const Error& error) {
    return source_broken("the identity provider cannot be asked; try again in a moment",
                         error.what + (error.detail.empty() ? "" : ": " + error.detail));
}

/// Core, 3.1.3.7, 4 and 5: of several audiences one asked for it, and that is us.
bool is_for_this_client(const nlohmann::json& claims, const std::string& client) {
    const auto party = claims.find("azp");
    if (party != claims.end()) return *party == client;
    const auto audience = claims.find("aud");
    return audience->is_string() || audience->size() == 1;
}

}  // namespace

std::string authorization_address(const Departure& departure) {
    const std::string& endpoint = departure.discovery.authorization_endpoint;
    const Ticket& ticket = departure.ticket;
    std::string address = endpoint;
    char joint = endpoint.find('?') == std::string::npos ? '?' : '&';
    const auto add = [&](const char* name, std::string_view value) {
        address += joint;
        address += name;
        address += '=' + form_encoded(value);
        joint = '&';
    };
    add("response_type", "code");
    add("client_id", departure.settings.client_id);
    add("redirect_uri", departure.return_address);
    add("scope", scope_of(departure.settings));
    add("state", ticket.state);
    add("nonce", ticket.nonce);
    add("code_challenge", access::base64url(access::sha256(ticket.verifier)));
    add("code_challenge_method", "S256");
    return address;
}

Result<void> check_return(const Return& arrived, const Ticket& ticket, const Discovery& discovery) {
    if (!arrived.state || !same_secret(*arrived.state, ticket.state))
        return bad_request("this is not the sign-in that this browser began last; begin it again");
    const bool other = arrived.issuer && *arrived.issuer != ticket.issuer;
    if (other || (!arrived.issuer && discovery.names_issuer))
        return bad_request("this answer comes from another identity provider; begin again");
    if (arrived.error)
        return Error{Fault::unknown_asker,
                     "the identity provider did not sign you in",
                     arrived.error->substr(0, 60)};
    if (!arrived.code) return bad_request("the answer of the identity provider has no code");
    return {};
}

Result<Grant> redeem(const Departure& departure,
                     const std::string& code,
                     const Deadline& deadline) {
    const workspace::OidcSettings& settings = departure.settings;
    WebQuestion question{departure.discovery.token_endpoint,
                         {{{"grant_type", "authorization_code"},
                           {"code", code},
                           {"redirect_uri", departure.return_address},
                           {"code_verifier", departure.ticket.verifier}}},
                         {},
                         {},
                         deadline};
    if (settings.client_secret.empty())
        question.form->emplace_back("client_id", settings.client_id);
    else  // RFC 6749, 2.3.1: each form-encoded, so that no colon is left but the one between
        question.basic =
            form_encoded(settings.client_id) + ':' + form_encoded(settings.client_secret);
    const auto answer = ask(question);
    if (!answer && answer.error().fault == Fault::bad_request)
        return Error{Fault::unknown_asker,
                     "the identity provider did not take its own code back; begin again",
                     answer.error().what + ": " + answer.error().detail};
    if (!answer) return no_answer_of(answer.error());
    const auto document = access::read_strictly(*answer);
    const auto token =
        document && document->is_object() ? text_member(*document, "id_token") : std::nullopt;
    if (!token) return no_answer_of(source_broken("its answer has no ID token"));
    return Grant{std::string(*token),
                 std::string(text_member(*document, "access_token").value_or(""))};
}

Result<nlohmann::json> check_id_token(const access::SignedText& token,
                                      const IdTokenWanted& wanted) {
    if (token.type == "at+jwt") return bad_request("it is an access token");
    const workspace::OidcSettings& settings = wanted.settings;
    auto claims =
        access::check_claims(token.payload, {settings.issuer, settings.client_id, wanted.now});
    if (!claims) return claims;
    if (!is_for_this_client(*claims, settings.client_id))
        return bad_request("another client asked for it (azp)");
    if (!same_secret(text_member(*claims, "nonce").value_or(""), wanted.ticket.nonce))
        return bad_request("its nonce is that of another sign-in");
    if (claims->contains("at_hash") &&
        text_member(*claims, "at_hash") != access::half_hash(wanted.access_token, token.algorithm))
        return bad_request("it goes with another access token (at_hash)");
    return claims;
}

Result<void> add_user_facts(nlohmann::json& claims,
                            const Discovery& discovery,
                            const Grant& grant,
                            const Deadline& deadline) {
    if (discovery.userinfo_endpoint.empty() || grant.access_token.empty()) return {};
    const auto answer =
        ask({discovery.userinfo_endpoint, std::nullopt, {}, grant.access_token, deadline});
    if (!answer) return no_answer_of(answer.error());
    const auto facts = access::read_strictly(*answer);
    // Core, 5.3.2: or one person's facts could be told of another.
    if (!facts || !facts->is_object() || !text_member(*facts, "sub") ||
        text_member(*facts, "sub") != text_member(claims, "sub"))
        return no_answer_of(source_broken("its userinfo is not that of the person who signed in"));
    for (const auto& [name, value] : facts->items())
        if (!claims.contains(name)) claims[name] = value;
    return {};
}

}  // namespace relief::oidc
