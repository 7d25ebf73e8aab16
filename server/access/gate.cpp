#include "server/access/gate.hpp"

#include "server/access/jwt.hpp"
#include "server/access/map_token.hpp"
#include "server/access/oidc_person.hpp"

#include <algorithm>
#include <utility>

namespace relief::access {
namespace {

// Longer than any that was made here: not worth a hash.
constexpr std::size_t longest_token = 4096;

// Who has so many at once loses the tokens for maps of those that end first.
constexpr std::size_t most_foreign = 4096;
constexpr std::size_t foreign_digits = 24;  // an address has to carry them

Gate::Verdict nobody() {
    return {Audience::anonymous(), {}, "unknown"};
}

}  // namespace

Gate::Gate(std::filesystem::path workspace, Clock clock)
    : workspace_(std::move(workspace)), clock_(clock ? std::move(clock) : Clock(present_moment)) {}

Gate::Verdict Gate::admit(std::string_view token) {
    if (read_foreign_ && looks_like_jwt(token)) return admit_foreign(token);
    if (token.size() > longest_token) return nobody();
    if (looks_like_map_token(token)) return admit_map(token);
    const std::string fingerprint = fingerprint_of(token);
    const std::lock_guard lock(mutex_);
    const Pass* pass = find(tokens_, fingerprint);
    return pass == nullptr ? nobody() : verdict_on(*pass);
}

Gate::Verdict Gate::admit_session(std::string_view secret) {
    if (secret.size() > longest_token) return nobody();
    const std::string fingerprint = fingerprint_of(secret);
    const std::lock_guard lock(mutex_);
    const Pass* pass = find(sessions_, fingerprint);
    return pass == nullptr ? nobody() : verdict_on(*pass);
}

std::string Gate::standing_of(const std::string& pass) {
    const std::lock_guard lock(mutex_);
    const Pass* found = find_pass(pass);
    if (found == nullptr) return {};
    const Verdict verdict = verdict_on(*found);
    return verdict.admitted() ? std::string(verdict.audience.key()) : std::string();
}

void Gate::look_now() {
    const std::lock_guard lock(mutex_);
    look_again(Look::now);
}

Gate::Verdict Gate::verdict_on(const Pass& pass) const {
    Verdict verdict{pass.audience, pass.actor, {}, pass.id, pass.name, pass.expires};
    if (pass.revoked) verdict.refused = "revoked";
    if (pass.expires && clock_() >= *pass.expires) verdict.refused = "ended";
    if (!verdict.admitted()) verdict.audience = Audience::anonymous();
    return verdict;
}

Gate::Verdict Gate::admit_foreign(std::string_view token) {
    const ForeignPass read = read_foreign_(token);
    if (!read.refused.empty()) return {Audience::anonymous(), read.actor, read.refused};
    // Of the token, not of the person: what is made from it ends with it.
    const Pass pass{
        read.audience,
        std::string(oidc_id_beginning) + fingerprint_of(token).substr(0, foreign_digits),
        read.actor,
        {},
        read.expires};
    const std::lock_guard lock(mutex_);
    remember(pass);
    return verdict_on(pass);
}

void Gate::remember(const Pass& pass) {
    if (foreign_.size() >= most_foreign && !foreign_.contains(pass.id)) {
        const auto first =
            std::min_element(foreign_.begin(), foreign_.end(), [](const auto& a, const auto& b) {
                return a.second.expires < b.second.expires;
            });
        foreign_.erase(first);
    }
    foreign_.insert_or_assign(pass.id, pass);
}

void Gate::forget_foreign() {
    const std::lock_guard lock(mutex_);
    foreign_.clear();
}

const Gate::Pass* Gate::find_pass(const std::string& id) {
    const auto found = foreign_.find(id);
    return found != foreign_.end() ? &found->second : find(by_id_, id);
}

/// What it was made from decides, as that is now: a token for maps ends with it, and sees no more.
Gate::Verdict Gate::admit_map(std::string_view token) {
    const std::lock_guard lock(mutex_);
    look_again(Look::when_due);
    if (!map_key_) {
        const auto key = read_map_key(workspace_);
        if (!key) return nobody();
        map_key_ = *key;
    }
    const auto terms = read_signed(token, *map_key_);
    if (!terms) return nobody();
    const Pass* parent = find_pass(terms->parent);
    if (parent == nullptr) return nobody();
    Verdict verdict = verdict_on(*parent);
    if (verdict.admitted() && clock_() >= terms->expires) verdict.refused = "ended";
    if (!verdict.expires || terms->expires < *verdict.expires) verdict.expires = terms->expires;
    verdict.audience =
        verdict.admitted() ? verdict.audience.for_maps(terms->layers) : Audience::anonymous();
    return verdict;
}

Result<Gate::MapToken> Gate::make_map_token(const MapTokenWish& wish) {
    const std::lock_guard lock(mutex_);
    const Pass* parent = find_pass(wish.pass);
    if (parent == nullptr || !verdict_on(*parent).admitted())
        return Error{Fault::unknown_asker, "the token or session has ended"};
    const auto key = ensure_map_key(workspace_);
    if (!key) return key.error();
    map_key_ = *key;
    Instant expires{clock_().milliseconds + wish.life.count()};
    if (parent->expires) expires = std::min(expires, *parent->expires);
    MapToken made{sign({wish.pass, expires, wish.layers}, *key), expires};
    if (made.text.size() > longest_map_token)
        return bad_request("an address cannot carry the names of so many layers; name fewer");
    return made;
}

/// What was made a moment ago is known at once: whom nobody knows is worth a look.
const Gate::Pass* Gate::find(const Passes& passes, const std::string& name) {
    for (const Look wish : {Look::when_due, Look::now}) {
        look_again(wish);
        const auto found = passes.find(name);
        if (found != passes.end()) return &found->second;
    }
    return nullptr;
}

void Gate::look_again(Look wish) {
    const auto now = std::chrono::steady_clock::now();
    const bool early = looked_ && now - *looked_ < look;
    if (early && (wish == Look::when_due || !store_)) return;
    looked_ = now;
    if (!store_) {
        auto store = TokenStore::open_existing(workspace_);
        auto users = UserStore::open_existing(workspace_);
        if (store && users) {
            store_ = std::move(*store);
            users_ = std::move(*users);
            version_ = store_->data_version() ? *store_->data_version() : 0;
        }
        return read_all();
    }
    const auto version = store_->data_version();
    if (version && *version == version_) return;
    if (version) version_ = *version;
    read_all();
}

/// What cannot be read opens nothing: closed is the safe side. The key for maps may have been
/// replaced as well.
void Gate::read_all() {
    tokens_.clear();
    sessions_.clear();
    by_id_.clear();
    map_key_.reset();
    if (!store_ || (read_tokens() && read_sessions())) return;
    store_.reset();
    users_.reset();
    tokens_.clear();
    sessions_.clear();
    by_id_.clear();
}

bool Gate::read_tokens() {
    const auto tokens = store_->all();
    if (!tokens) return false;
    for (const KeptToken& token : *tokens) {
        const Pass pass{Audience::of(token.terms.role, token.terms.layers),
                        token.id,
                        token.id,
                        {},
                        token.terms.expires,
                        token.revoked.has_value()};
        tokens_.emplace(token.fingerprint, pass);
        by_id_.emplace(token.id, pass);
    }
    return true;
}

bool Gate::read_sessions() {
    const auto sessions = users_->sessions();
    if (!sessions) return false;
    for (const KeptSession& session : *sessions) {
        const Pass pass{Audience::of(session.terms.role, session.terms.layers),
                        session.id,
                        session.user,
                        session.shown,
                        session.expires};
        sessions_.emplace(session.fingerprint, pass);
        by_id_.emplace(session.id, pass);
    }
    return true;
}

}  // namespace relief::access
