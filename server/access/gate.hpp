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
#include <vector>

namespace relief::access {

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
        std::string_view refused{};        ///< "unknown", "ended" or "revoked"; empty: admitted
        std::string pass{};                ///< id of the token or session
        std::string name{};                ///< of the user
        std::optional<Instant> expires{};  ///< when it ends by itself
        bool admitted() const noexcept { return refused.empty(); }
    };
    /// Of an API token, or one for maps.
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
};

}  // namespace relief::access
