#pragma once
// Who asks: from a token to an audience, as relief.db says at this moment.

#include "server/access/map_key.hpp"
#include "server/access/token_store.hpp"
#include "server/access/user_store.hpp"
#include "tiler/core/audience.hpp"
#include "tiler/core/instant.hpp"

#include <chrono>
#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace relief::access {

/// What a token of somebody else's is worth here.
struct ForeignPass {
    Audience audience;
    std::string actor;
    Instant expires;
    std::string_view refused{};  ///< as in Gate::Verdict
};

/// For any thread. The tables of tokens and sessions are read again when relief.db was written,
/// which is looked at when one is shown and the last look is older than `look`, or nobody knows it.
class Gate {
public:
    using Clock = std::function<Instant()>;
    static constexpr std::chrono::milliseconds look{250};

    /// `workspace` may not exist: then no token opens anything. `clock`: the time of day.
    explicit Gate(std::filesystem::path workspace, Clock clock = {});

    /// Which of the refusals it is, is for the audit log and never told to who asks.
    struct Verdict {
        Audience audience;  ///< anonymous when refused
        std::string actor;  ///< id of the token, or of the user; empty when nobody knows it
        /// "unknown", "ended", "revoked", "role" or "undecided"; empty: admitted
        std::string_view refused{};
        std::string pass{};                ///< id of the token or session
        std::string name{};                ///< of the user
        std::optional<Instant> expires{};  ///< when it ends by itself
        bool admitted() const noexcept { return refused.empty(); }
        /// Nobody can say yet: the keys that it is signed with are being asked for.
        bool undecided() const noexcept { return refused == "undecided"; }
    };
    /// From now on JSON Web Tokens are read by this; before anybody asks, as it stands here.
    using ReadForeign = std::function<ForeignPass(std::string_view token)>;
    void read_foreign_by(ReadForeign read) { read_foreign_ = std::move(read); }
    /// Those of the provider before count no more.
    void forget_foreign();

    /// Of an API token, one for maps, or a JSON Web Token.
    Verdict admit(std::string_view token);
    /// Of a session, by the secret of its cookie.
    Verdict admit_session(std::string_view secret);

    /// Key of the audience that the token or session of this id opens now; empty: it opens nothing.
    /// For answers that last.
    std::string standing_of(const std::string& pass);

    /// To be called when this program itself has ended something: it ends before the answer.
    void look_now();

    struct MapTokenWish {
        std::string pass;  ///< id of the token or session of who asks
        std::optional<std::vector<std::string>> layers;
        std::chrono::milliseconds life{};
    };
    struct MapToken {
        std::string text;
        Instant expires;  ///< no later than the pass
    };
    /// Errors: unknown_asker when the pass opens nothing any more; bad_request when an address
    /// could not carry it; those of ensure_map_key().
    Result<MapToken> make_map_token(const MapTokenWish& wish);

private:
    struct Pass {
        Audience audience;
        std::string id;
        std::string actor;
        std::string name;
        std::optional<Instant> expires;
        bool revoked = false;
    };
    using Passes = std::unordered_map<std::string, Pass>;
    enum class Look { when_due, now };

    void look_again(Look wish);
    void read_all();
    bool read_tokens();
    bool read_sessions();
    const Pass* find(const Passes& passes, const std::string& name);
    Verdict verdict_on(const Pass& pass) const;
    Verdict admit_map(std::string_view token);
    Verdict admit_foreign(std::string_view token);
    void remember(const Pass& pass);
    const Pass* find_pass(const std::string& id);

    std::filesystem::path workspace_;
    Clock clock_;
    std::mutex mutex_;
    std::optional<TokenStore> store_;
    std::int64_t version_ = 0;
    std::optional<std::chrono::steady_clock::time_point> looked_;
    std::optional<UserStore> users_;
    std::optional<MapKey> map_key_;
    Passes tokens_;    ///< by fingerprint
    Passes sessions_;  ///< by fingerprint
    Passes by_id_;     ///< both
    ReadForeign read_foreign_;
    Passes foreign_;  ///< by id, for tokens for maps that are made from them
};

}  // namespace relief::access
