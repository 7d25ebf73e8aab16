#include "server/access/token.hpp"

#include <gtest/gtest.h>

#include <set>

namespace relief::access {
namespace {

TEST(Token, IsASecretOfItsOwnEachTime) {
    std::set<std::string> texts;
    std::set<std::string> ids;
    for (int i = 0; i < 200; ++i) {
        const NewToken token = new_token();
        EXPECT_EQ(token.text.size(), 7U + 43U);
        EXPECT_TRUE(token.text.starts_with("relief_"));
        EXPECT_EQ(
            token.text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                         "0123456789-_"),
            std::string::npos);
        EXPECT_EQ(token.fingerprint, fingerprint_of(token.text));
        EXPECT_EQ(token.text.find(token.id), std::string::npos);
        texts.insert(token.text);
        ids.insert(token.id);
    }
    EXPECT_EQ(texts.size(), 200U);
    EXPECT_EQ(ids.size(), 200U);
}

// FIPS 180-4, the example of "abc".
TEST(Token, IsKeptAsItsSha256) {
    EXPECT_EQ(fingerprint_of("abc"),
              "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

}  // namespace
}  // namespace relief::access
