#include "server/access/sealed_text.hpp"

#include <gtest/gtest.h>

namespace relief::access {
namespace {

MapKey sealing_key(std::uint8_t seed) {
    MapKey key{};
    key.fill(seed);
    return key;
}

TEST(SealedText, IsReadByItsKeyAloneAndNeverLooksTheSame) {
    const std::string text = "state and verifier";
    const std::string sealed = seal(text, sealing_key(1));

    EXPECT_EQ(unseal(sealed, sealing_key(1)), text);
    EXPECT_FALSE(unseal(sealed, sealing_key(2)));
    EXPECT_NE(seal(text, sealing_key(1)), sealed);
    EXPECT_EQ(sealed.find("state"), std::string::npos);
    EXPECT_EQ(unseal(seal("", sealing_key(1)), sealing_key(1)), "");
}

TEST(SealedText, WithAnyLetterChangedOrMissingIsNone) {
    const std::string sealed = seal("state and verifier", sealing_key(1));

    for (std::size_t at = 0; at < sealed.size(); ++at) {
        std::string changed = sealed;
        changed[at] = changed[at] == 'A' ? 'Q' : 'A';
        EXPECT_FALSE(unseal(changed, sealing_key(1))) << at;
        EXPECT_FALSE(unseal(sealed.substr(0, at), sealing_key(1))) << at;
    }
    for (const std::string& wrong : {std::string("="), sealed + "A", sealed + "AAAA", "!" + sealed})
        EXPECT_FALSE(unseal(wrong, sealing_key(1)));
}

}  // namespace
}  // namespace relief::access
