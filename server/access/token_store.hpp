#pragma once
// The tokens of a workspace, in relief.db.

#include "server/access/token.hpp"
#include "tiler/core/audience.hpp"
#include "tiler/core/instant.hpp"
#include "tiler/core/result.hpp"
#include "tiler/workspace/database.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace relief::access {

struct TokenTerms {
    Role role = Role::viewer;                        ///< not anonymous
    std::optional<std::vector<std::string>> layers;  ///< those granted; none: see Audience
    std::optional<Instant> expires;                  ///< the first moment at which it opens nothing
};

struct KeptToken {
    std::string id;
    std::string fingerprint;
    TokenTerms terms;
    Instant created;
    std::optional<Instant> revoked;

    bool opens_at(Instant now) const noexcept {
        return !revoked && (!terms.expires || now < *terms.expires);
    }
};

/// One connection; owned by one thread at a time.
class TokenStore {
public:
    /// Makes the workspace when it is missing. Errors: those of workspace::LayerStore::open.
    static Result<TokenStore> open(const std::filesystem::path& workspace);
    /// Reading only. Errors: not_found when there is no relief.db.
    static Result<TokenStore> open_existing(const std::filesystem::path& workspace);

    /// Durable when it returns.
    Result<NewToken> create(const TokenTerms& terms, Instant now);
    /// Those ended too, oldest first.
    Result<std::vector<KeptToken>> all() const;
    /// Errors: not_found. One that is revoked already stays as it is.
    Result<void> revoke(const std::string& id, Instant now);

    /// SQLite's data_version: changes when another connection has written.
    Result<std::int64_t> data_version() const;

private:
    explicit TokenStore(workspace::Connection connection) : connection_(std::move(connection)) {}
    mutable workspace::Connection connection_;
};

}  // namespace relief::access
