#include "server/oidc/ticket.hpp"

#include "server/access/sealed_text.hpp"

#include <gtest/gtest.h>

#include <set>

namespace relief::oidc {
namespace {

constexpr Instant begun{1'700'000'000'000};

access::MapKey ticket_key() {
    access::MapKey key{};
    key.fill(7);
    return key;
}

TEST(TicketTest, ComesBackAsItWentForTenMinutes) {
    const Ticket ticket = new_ticket("https://id.example.org", begun);
    const std::string sealed = seal_ticket(ticket, ticket_key());
    const Instant last{begun.milliseconds + 600'000 - 1};

    const auto read = read_ticket(sealed, ticket_key(), last);

    ASSERT_TRUE(read);
    EXPECT_EQ(read->state, ticket.state);
    EXPECT_EQ(read->nonce, ticket.nonce);
    EXPECT_EQ(read->verifier, ticket.verifier);
    EXPECT_EQ(read->issuer, "https://id.example.org");
    EXPECT_FALSE(read_ticket(sealed, ticket_key(), Instant{last.milliseconds + 1}));
}

TEST(TicketTest, HasThreeSecretsThatNobodyGuesses) {
    std::set<std::string> secrets;
    for (int i = 0; i < 50; ++i) {
        const Ticket ticket = new_ticket("", begun);
        secrets.insert({ticket.state, ticket.nonce, ticket.verifier});
        EXPECT_GE(ticket.verifier.size(), 43U) << "RFC 7636, 4.1";
    }
    EXPECT_EQ(secrets.size(), 150U);
}

TEST(TicketTest, IsNoneWhenItWasMadeElsewhereOrBySomethingElse) {
    const std::string sealed = seal_ticket(new_ticket("i", begun), access::MapKey{});

    EXPECT_FALSE(read_ticket(sealed, ticket_key(), begun));
    EXPECT_FALSE(read_ticket("", ticket_key(), begun));
    for (const char* other : {"[]", "{}", "", R"(["a","b","c","d"])", "[1,2,3,4,5]", "[[[["})
        EXPECT_FALSE(read_ticket(access::seal(other, ticket_key()), ticket_key(), begun)) << other;
}

}  // namespace
}  // namespace relief::oidc
