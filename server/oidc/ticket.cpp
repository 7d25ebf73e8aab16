#include "server/oidc/ticket.hpp"

#include "server/access/sealed_text.hpp"
#include "server/access/secret.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <utility>

namespace relief::oidc {
namespace {

constexpr std::size_t texts = 4;  // before the moment

bool is_ticket(const nlohmann::json& members) {
    return members.is_array() && members.size() == texts + 1 &&
           std::all_of(members.begin(),
                       members.begin() + texts,
                       [](const auto& member) { return member.is_string(); }) &&
           members.back().is_number_integer();
}

}  // namespace

Ticket new_ticket(std::string issuer, Instant now) {
    const std::chrono::milliseconds life = Ticket::life;
    return {access::random_secret(),
            access::random_secret(),
            access::random_secret(),
            std::move(issuer),
            Instant{now.milliseconds + life.count()}};
}

std::string seal_ticket(const Ticket& ticket, const access::MapKey& key) {
    const nlohmann::json members{
        ticket.state, ticket.nonce, ticket.verifier, ticket.issuer, ticket.expires.milliseconds};
    return access::seal(members.dump(), key);
}

std::optional<Ticket> read_ticket(std::string_view sealed, const access::MapKey& key, Instant now) {
    const auto text = access::unseal(sealed, key);
    if (!text) return std::nullopt;
    const auto members = nlohmann::json::parse(*text, nullptr, false);
    // Else it is of another version of this program, the only other one that could have sealed it.
    if (!is_ticket(members)) return std::nullopt;
    Ticket ticket{members[0].get<std::string>(),
                  members[1].get<std::string>(),
                  members[2].get<std::string>(),
                  members[3].get<std::string>(),
                  Instant{members[4].get<std::int64_t>()}};
    if (now >= ticket.expires) return std::nullopt;
    return ticket;
}

}  // namespace relief::oidc
