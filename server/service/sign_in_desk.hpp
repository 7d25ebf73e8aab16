#pragma once
// Users sign in and out: passwords are checked on a thread of their own, one at a time.

#include "server/access/user_store.hpp"
#include "server/ops/work_pool.hpp"
#include "server/service/audit_desk.hpp"
#include "tiler/core/audience.hpp"
#include "tiler/core/instant.hpp"
#include "tiler/core/result.hpp"

#include <chrono>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace relief::service {

struct SignedIn {
    std::string secret;  ///< for the cookie; kept nowhere
    std::string name;
    Role role = Role::viewer;
    std::optional<std::vector<std::string>> layers;
    std::chrono::milliseconds life{};
    Instant expires;
};

/// Opens a session of that life. Blocks on the disk. Errors: unknown_asker when the user is not any
/// more as given.
Result<SignedIn> begin_session(access::UserStore& store,
                               const access::KeptUser& user,
                               std::chrono::milliseconds life);

/// A password takes 64 MiB and a tenth of a second: neither the threads that draw nor the memory
/// may be spent on a thousand of them at once.
class SignInDesk {
public:
    struct Credentials {
        std::string name;
        std::string password;
    };

    /// `life` of a session. The audit desk outlives this one. `ended` is called when a session has.
    SignInDesk(std::filesystem::path workspace,
               std::chrono::milliseconds life,
               AuditDesk& audit,
               std::function<void()> ended);

    /// `then` is called from the desk's thread. Errors: unknown_asker, in the same words and time
    /// whether the name or the password is wrong. False: too many wait; nothing will be called.
    bool sign_in(Credentials credentials, std::function<void(Result<SignedIn>)> then);
    /// Blocks on the disk. A session that there is not has ended already.
    Result<void> sign_out(std::string_view secret) const;
    /// Waits for the one in hand, takes no more.
    void end() { pool_.end(); }

private:
    Result<SignedIn> check(const Credentials& credentials);
    const std::string& decoy();

    std::filesystem::path workspace_;
    std::chrono::milliseconds life_;
    AuditDesk& audit_;
    std::function<void()> ended_;
    std::string decoy_;  ///< of the desk's thread: a hash that nobody has the password of
    ops::WorkPool pool_;
};

}  // namespace relief::service
