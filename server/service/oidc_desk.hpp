#pragma once
// People and programs whom an OpenID Connect provider knows.

#include "server/access/gate.hpp"
#include "server/oidc/code_flow.hpp"
#include "server/oidc/provider.hpp"
#include "server/oidc/ticket.hpp"
#include "server/ops/work_pool.hpp"
#include "server/service/audit_desk.hpp"
#include "server/service/sign_in_desk.hpp"
#include "tiler/workspace/configuration.hpp"

#include <atomic>
#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

namespace relief::service {

/// Any thread may call. The provider is asked on threads of its own, never on those of requests.
class OidcDesk {
public:
    struct Room {
        std::filesystem::path workspace;
        std::chrono::milliseconds session_time{};
        AuditDesk& audit;
        ops::Log& log;
        std::function<void()> ended;  ///< called when sessions may have
    };

    /// `room` outlives it.
    OidcDesk(Room room, const workspace::OidcSettings& settings);

    /// From now on by these; an issuer that stays keeps its keys.
    void use(const workspace::OidcSettings& settings);

    /// Whether people sign in here: there is a provider, at which this server has an id.
    bool signs_in() const;

    /// What an access token opens.
    access::ForeignPass read_token(std::string_view token);

    static constexpr std::chrono::minutes ticket_life = oidc::Ticket::life;
    struct Sent {
        std::string location;
        std::string ticket;  ///< for a cookie of that life
    };
    /// Where a browser goes to sign in. Blocks on the disk. Errors: not_found when nobody signs in
    /// by a provider; too_busy while it cannot be reached; those of access::ensure_map_key().
    Result<Sent> send_off(const std::string& return_address);

    struct Arrival {
        oidc::Return words;
        std::string ticket;  ///< of the cookie
        std::string return_address;
    };
    /// `then` is called from a thread of the desk. Errors: in words for the person. False: too many
    /// wait; nothing will be called.
    bool receive(Arrival arrival, std::function<void(Result<SignedIn>)> then);
    /// Gives those in hand up, takes no more.
    void end();

private:
    struct Office {
        workspace::OidcSettings settings;
        std::shared_ptr<oidc::Provider> provider;  ///< null: there is none
    };
    struct Judged {
        access::ForeignPass pass;
        std::string why;  ///< it is refused, for the log; empty: it is not
    };
    struct Visit {
        const Arrival& arrival;
        const Office& office;
        Deadline deadline;
    };
    std::shared_ptr<const Office> office() const;
    static Judged refused_as(std::string_view word, std::string why);
    static Judged opened_by(const nlohmann::json& claims, const workspace::OidcSettings& settings);
    static Judged judge(const Office& by, std::string_view token);
    Result<SignedIn> admit(const Arrival& arrival);
    Result<nlohmann::json> claims_of(const Visit& visit) const;
    static Result<nlohmann::json> claims_in(const Visit& visit,
                                            const oidc::Ticket& ticket,
                                            const oidc::Grant& grant);
    Result<SignedIn> open_session(const access::OidcPerson& person);
    void tell_refusal(std::string_view what, const std::string& why);
    void audit_refusal(const std::string& person);

    Room room_;
    mutable std::mutex mutex_;
    std::shared_ptr<const Office> office_;
    std::chrono::steady_clock::time_point told_;  ///< when a refusal was logged last
    std::shared_ptr<std::atomic<bool>> ending_;
    ops::WorkPool pool_;
};

}  // namespace relief::service
