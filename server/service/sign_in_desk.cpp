#include "server/service/sign_in_desk.hpp"

#include "server/access/password.hpp"
#include "server/access/secret.hpp"
#include "server/access/token.hpp"

#include <utility>

namespace relief::service {
namespace {

// Three seconds of work; who comes later is told to come again.
constexpr std::size_t most_waiting = 32;

Error wrong() {
    return {Fault::unknown_asker, "the name or the password is wrong"};
}

}  // namespace

Result<SignedIn> begin_session(access::UserStore& store,
                               const access::KeptUser& user,
                               std::chrono::milliseconds life) {
    const Instant now = present_moment();
    const Instant until{now.milliseconds + life.count()};
    auto secret = store.open_session(user, {now, until});
    if (!secret && secret.error().fault == Fault::not_found) return wrong();
    if (!secret) return secret.error();
    return SignedIn{
        std::move(*secret), user.shown, user.terms.role, user.terms.layers, life, until};
}

SignInDesk::SignInDesk(std::filesystem::path workspace,
                       std::chrono::milliseconds life,
                       AuditDesk& audit,
                       std::function<void()> ended)
    : workspace_(std::move(workspace)),
      life_(life),
      audit_(audit),
      ended_(std::move(ended)),
      pool_(1, most_waiting) {}

bool SignInDesk::sign_in(Credentials credentials, std::function<void(Result<SignedIn>)> then) {
    return pool_.post([this, credentials = std::move(credentials), then = std::move(then)] {
        then(check(credentials));
    });
}

/// Hashed once, when the first name is not known; all later ones take as long as a known name.
const std::string& SignInDesk::decoy() {
    if (decoy_.empty()) {
        auto hash = access::hash_password(access::random_secret());
        if (hash) decoy_ = std::move(*hash);
    }
    return decoy_;
}

Result<SignedIn> SignInDesk::check(const Credentials& credentials) {
    const std::string& other = decoy();
    auto store = access::UserStore::open_existing(workspace_);
    if (!store && store.error().fault != Fault::not_found) return store.error();
    const auto found = store ? store->find(credentials.name)
                             : Result<std::optional<access::KeptUser>>(std::nullopt);
    if (!found) return found.error();
    // Who signs in by an identity provider has no password, and takes as long.
    const bool has_one = *found && !(*found)->hash.empty();
    const bool right =
        access::is_password(credentials.password, has_one ? (*found)->hash : other) && has_one;
    if (!right) {
        // What was typed as a name may be a password: it is not written down.
        audit_.tell_often({.actor = *found ? (*found)->id : "unknown",
                           .role = "anonymous",
                           .action = "login",
                           .object = *found ? (*found)->id : "*",
                           .result = "denied"},
                          std::chrono::minutes(1));
        return wrong();
    }
    const access::KeptUser& user = **found;
    auto writing = access::UserStore::open(workspace_);
    if (!writing) return writing.error();
    return begin_session(*writing, user, life_);
}

Result<void> SignInDesk::sign_out(std::string_view secret) const {
    auto store = access::UserStore::open(workspace_);
    if (!store) return store.error();
    auto done = store->close_session(access::fingerprint_of(secret), present_moment());
    ended_();
    return done;
}

}  // namespace relief::service
