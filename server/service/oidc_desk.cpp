#include "server/service/oidc_desk.hpp"

#include "server/access/oidc_person.hpp"
#include "server/access/strict_json.hpp"
#include "server/access/user_store.hpp"

#include <utility>

namespace relief::service {
namespace {

using access::SignatureCheck;

constexpr unsigned desk_threads = 2;
constexpr std::size_t most_visits = 32;
constexpr std::chrono::seconds visit_time{15};
constexpr std::chrono::seconds key_time{5};
// Whoever sends wrong tokens all day fills no log.
constexpr std::chrono::seconds between_lines{10};

access::ClaimRules rules_of(const workspace::OidcSettings& settings) {
    return {settings.name_claim, settings.role_claim, settings.roles, settings.layers};
}

Result<std::string> fetch(const std::string& address, const Deadline& deadline) {
    return oidc::ask({address, std::nullopt, {}, {}, deadline});
}

/// ID tokens tell a client who signed in; shown as a key they would open what their owner meant for
/// nobody. Some providers say what a token is (RFC 9068, 2.1; Keycloak: "typ" among the claims); at
/// others ID tokens are those with what only they need.
bool is_id_token(const access::SignedText& text, const nlohmann::json& claims) {
    if (text.type == "at+jwt") return false;
    if (const auto kind = access::text_member(claims, "typ")) return *kind == "ID";
    return claims.contains("at_hash") || claims.contains("c_hash") || claims.contains("nonce");
}

Error unreachable() {
    return {Fault::too_busy,
            "the identity provider cannot be reached at the moment; try again in a while"};
}

Error not_signed_in(std::string why) {
    return {Fault::unknown_asker,
            "what the identity provider says of you does not hold; begin again",
            std::move(why)};
}

}  // namespace

OidcDesk::OidcDesk(Room room, const workspace::OidcSettings& settings)
    : room_(std::move(room)),
      ending_(std::make_shared<std::atomic<bool>>(false)),
      pool_(desk_threads, most_visits) {
    use(settings);
}

void OidcDesk::end() {
    *ending_ = true;
    pool_.end();
}

void OidcDesk::use(const workspace::OidcSettings& settings) {
    auto next = std::make_shared<Office>(Office{settings, nullptr});
    const auto before = office();  // ends after the lock: its provider has a thread to wait for
    const oidc::Trusted trusted{settings.issuer, settings.hosts};
    if (before && before->provider && before->provider->trusted() == trusted)
        next->provider = before->provider;
    else if (!settings.issuer.empty())
        next->provider =
            std::make_shared<oidc::Provider>(trusted, room_.log, fetch, oidc::Provider::Times{});
    const std::lock_guard lock(mutex_);
    office_ = std::move(next);
}

std::shared_ptr<const OidcDesk::Office> OidcDesk::office() const {
    const std::lock_guard lock(mutex_);
    return office_;
}

bool OidcDesk::signs_in() const {
    const auto now = office();
    return now->provider && !now->settings.client_id.empty();
}

OidcDesk::Judged OidcDesk::refused_as(std::string_view word, std::string why) {
    return {{Audience::anonymous(), {}, {}, word}, std::move(why)};
}

OidcDesk::Judged OidcDesk::opened_by(const nlohmann::json& claims,
                                     const workspace::OidcSettings& settings) {
    const auto person = access::person_of(claims, rules_of(settings));
    if (!person) return refused_as("unknown", "it names no person (sub)");
    if (person->role)
        return {{Audience::of(*person->role, person->layers), person->id, access::end_of(claims)},
                {}};
    Judged refused = refused_as("role", "none of its roles is one here");
    refused.pass.actor = person->id;
    return refused;
}

OidcDesk::Judged OidcDesk::judge(const Office& by, std::string_view token) {
    if (!by.provider) return refused_as("unknown", "there is no oidc.issuer");
    const workspace::OidcSettings& settings = by.settings;
    const auto text = access::read_signed_text(token);
    if (!text) return refused_as("unknown", text.error().what);
    // Cheaper than the signature, and of use to the log: what is not true opens nothing yet.
    const auto claims =
        access::check_claims(text->payload, {settings.issuer, settings.audience, present_moment()});
    if (!claims)
        return refused_as(claims.error().fault == Fault::unknown_asker ? "ended" : "unknown",
                          claims.error().what);
    if (is_id_token(*text, *claims))
        return refused_as("unknown", "it is an ID token, no access token");
    const auto facts = by.provider->facts();
    const auto check =
        facts ? access::check_signature(*text, facts->keys) : SignatureCheck::unknown_key;
    if (check == SignatureCheck::wrong) return refused_as("unknown", "its signature is wrong");
    if (check == SignatureCheck::good) return opened_by(*claims, settings);
    const bool wait = by.provider->ask_for_newer() || !facts;
    return refused_as(wait ? "undecided" : "unknown",
                      "the provider's keys do not have the one that it is signed with");
}

access::ForeignPass OidcDesk::read_token(std::string_view token) {
    Judged judged = judge(*office(), token);
    if (!judged.why.empty()) tell_refusal("token", judged.why);
    return std::move(judged.pass);
}

Result<OidcDesk::Sent> OidcDesk::send_off(const std::string& return_address) {
    const auto by = office();
    if (!signs_in()) return not_found("nobody signs in by an identity provider here");
    const auto facts = by->provider->facts();
    if (!facts) return unreachable();
    const auto key = access::ensure_map_key(room_.workspace);
    if (!key) return key.error();
    const auto ticket = oidc::new_ticket(by->settings.issuer, present_moment());
    return Sent{
        oidc::authorization_address({facts->discovery, by->settings, ticket, return_address}),
        oidc::seal_ticket(ticket, *key)};
}

bool OidcDesk::receive(Arrival arrival, std::function<void(Result<SignedIn>)> then) {
    return pool_.post(
        [this, arrival = std::move(arrival), then = std::move(then)] { then(admit(arrival)); });
}

Result<SignedIn> OidcDesk::admit(const Arrival& arrival) {
    const auto by = office();
    if (!by->provider || by->settings.client_id.empty())
        return not_found("nobody signs in by an identity provider here");
    const Deadline deadline(Deadline::Clock::now() + visit_time, ending_);
    const auto claims = claims_of({arrival, *by, deadline});
    const auto person = claims ? access::person_of(*claims, rules_of(by->settings)) : std::nullopt;
    if (claims && person) return open_session(*person);
    const Error error = claims ? not_signed_in("it names no person (sub)") : claims.error();
    tell_refusal("sign-in", error.detail.empty() ? error.what : error.detail);
    if (error.fault == Fault::unknown_asker) audit_refusal("unknown");
    return error;
}

Result<nlohmann::json> OidcDesk::claims_of(const Visit& visit) const {
    const auto key = access::read_map_key(room_.workspace);
    const auto ticket =
        key ? oidc::read_ticket(visit.arrival.ticket, *key, present_moment()) : std::nullopt;
    const workspace::OidcSettings& settings = visit.office.settings;
    if (!ticket || ticket->issuer != settings.issuer)
        return bad_request(
            "this sign-in was begun elsewhere or took longer than ten minutes; "
            "begin it again, with cookies allowed");
    const auto facts = visit.office.provider->facts();
    if (!facts) return unreachable();
    if (const auto good = oidc::check_return(visit.arrival.words, *ticket, facts->discovery); !good)
        return good.error();
    const oidc::Departure departure{
        facts->discovery, settings, *ticket, visit.arrival.return_address};
    const auto grant = oidc::redeem(departure, *visit.arrival.words.code, visit.deadline);
    if (!grant) return grant.error();
    auto claims = claims_in(visit, *ticket, *grant);
    if (!claims) return claims;
    if (access::find_claim(*claims, settings.role_claim) == nullptr ||
        access::find_claim(*claims, settings.name_claim) == nullptr)
        if (auto added = oidc::add_user_facts(*claims, facts->discovery, *grant, visit.deadline);
            !added)
            return added.error();
    return claims;
}

Result<nlohmann::json> OidcDesk::claims_in(const Visit& visit,
                                           const oidc::Ticket& ticket,
                                           const oidc::Grant& grant) {
    const auto token = access::read_signed_text(grant.id_token);
    if (!token) return not_signed_in(token.error().what);
    oidc::Provider& provider = *visit.office.provider;
    const auto check_now = [&] {
        const auto facts = provider.facts();
        return facts ? access::check_signature(*token, facts->keys) : SignatureCheck::unknown_key;
    };
    SignatureCheck check = check_now();
    // The provider has begun to sign with another key a moment ago.
    if (check == SignatureCheck::unknown_key && provider.ask_for_newer()) {
        provider.wait(Deadline(Deadline::Clock::now() + key_time));
        check = check_now();
    }
    if (check == SignatureCheck::wrong) return not_signed_in("the signature is wrong");
    if (check == SignatureCheck::unknown_key)
        return not_signed_in("its keys do not have the one that the ID token is signed with");
    auto claims = oidc::check_id_token(
        *token, {visit.office.settings, ticket, grant.access_token, present_moment()});
    if (!claims) return not_signed_in(claims.error().what);
    return claims;
}

Result<SignedIn> OidcDesk::open_session(const access::OidcPerson& person) {
    auto store = access::UserStore::open(room_.workspace);
    if (!store) return store.error();
    const auto user = store->follow_provider(person, present_moment());
    if (user) return begin_session(*store, *user, room_.session_time);
    if (user.error().fault != Fault::not_allowed) return user.error();
    room_.ended();
    audit_refusal(person.id);
    return Error{Fault::not_allowed,
                 "the identity provider knows you, but none of your roles is one on this server; "
                 "ask its administrators"};
}

void OidcDesk::tell_refusal(std::string_view what, const std::string& why) {
    {
        const std::lock_guard lock(mutex_);
        const auto now = std::chrono::steady_clock::now();
        if (now - told_ < between_lines) return;
        told_ = now;
    }
    room_.log.write(ops::Level::info, "oidc", {{"refused", what}, {"reason", why}});
}

void OidcDesk::audit_refusal(const std::string& person) {
    const bool known = person != "unknown";
    room_.audit.tell_often({.actor = person,
                            .role = "anonymous",
                            .action = "login",
                            .object = known ? person : "*",
                            .result = "denied"},
                           std::chrono::minutes(1));
}

}  // namespace relief::service
