#pragma once
// The users of a workspace and their sessions, in relief.db.

#include "server/access/oidc_person.hpp"
#include "tiler/core/audience.hpp"
#include "tiler/core/instant.hpp"
#include "tiler/core/result.hpp"
#include "tiler/workspace/database.hpp"

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace relief::access {

struct UserTerms {
    std::string name;                                ///< as check_user_name() allows
    Role role = Role::viewer;                        ///< not anonymous
    std::optional<std::vector<std::string>> layers;  ///< those granted; none: see Audience
};

struct KeptUser {
    std::string id;  ///< stands for the name in the audit log
    UserTerms terms;
    std::string hash;   ///< of the password; empty: signs in by an identity provider
    std::string shown;  ///< name for people: the provider's, else that of the terms
    Instant created;
};

struct KeptSession {
    std::string id;
    std::string fingerprint;  ///< of the cookie's secret
    std::string user;         ///< id
    UserTerms terms;          ///< of the user, now
    std::string shown;        ///< name of the user, for people
    Instant expires;
};

inline constexpr std::size_t longest_user_name = 64;  ///< bytes

/// Errors: bad_request that says what a name is.
Result<void> check_user_name(std::string_view name);

/// One connection; owned by one thread at a time. What changes something leaves an audit entry in
/// the same transaction.
class UserStore {
public:
    /// Makes the workspace when it is missing. Errors: those of workspace::LayerStore::open.
    static Result<UserStore> open(const std::filesystem::path& workspace);
    /// Reading only. Errors: not_found when there is no relief.db.
    static Result<UserStore> open_existing(const std::filesystem::path& workspace);

    /// Gives the id. Errors: conflict when the name is taken.
    Result<std::string> add(const UserTerms& terms, const std::string& hash, Instant now);
    /// By name.
    Result<std::vector<KeptUser>> all() const;
    Result<std::optional<KeptUser>> find(std::string_view name) const;
    /// With all sessions. Errors: not_found.
    Result<void> remove(const std::string& name, Instant now);
    /// Makes or changes the row of somebody whom an identity provider knows, as it says now; who
    /// has no role there any more keeps neither row nor session. Errors: not_allowed without a
    /// role.
    Result<KeptUser> follow_provider(const OidcPerson& person, Instant now);
    /// Ends all sessions. Errors: not_found, for somebody without a password too.
    Result<void> set_password(const std::string& name, const std::string& hash, Instant now);

    struct Stay {
        Instant from;
        Instant until;
    };
    /// Gives the secret of a new session, which is kept nowhere. Forgets those that have ended.
    /// Errors: not_found when the user is not any more as given.
    Result<std::string> open_session(const KeptUser& user, const Stay& stay);
    /// One that there is not is closed already.
    Result<void> close_session(const std::string& fingerprint, Instant now);
    Result<std::vector<KeptSession>> sessions() const;

private:
    explicit UserStore(workspace::Connection connection) : connection_(std::move(connection)) {}
    mutable workspace::Connection connection_;
};

}  // namespace relief::access
