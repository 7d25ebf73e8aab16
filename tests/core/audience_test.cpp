#include "tiler/core/audience.hpp"

#include <gtest/gtest.h>

namespace relief {
namespace {

using Layers = std::vector<std::string>;

/// Which of low, moderate, high and severe the audience sees of a layer, as four letters.
std::string seen(const Audience& audience, std::string_view layer = "camps") {
    std::string letters;
    for (const auto level :
         {Sensitivity::low, Sensitivity::moderate, Sensitivity::high, Sensitivity::severe})
        letters += audience.may_see(layer, level) ? 'y' : '-';
    return letters;
}

TEST(Audience, SeesByItsRole) {
    EXPECT_EQ(seen(Audience::anonymous()), "y---");
    EXPECT_EQ(seen(Audience::of(Role::viewer)), "y---");
    EXPECT_EQ(seen(Audience::of(Role::analyst)), "yy--");
    EXPECT_EQ(seen(Audience::of(Role::moderator)), "yyyy");
    EXPECT_EQ(seen(Audience::of(Role::admin)), "yyyy");
}

TEST(Audience, WithGrantsSeesThoseLayersOnlyAndNeverMoreThanItsRole) {
    EXPECT_EQ(seen(Audience::of(Role::viewer, Layers{"wells", "camps"})), "yyy-");
    EXPECT_EQ(seen(Audience::of(Role::analyst, Layers{"camps"})), "yyy-");
    EXPECT_EQ(seen(Audience::of(Role::admin, Layers{"camps"})), "yyyy");
    for (const Role role : {Role::viewer, Role::analyst, Role::moderator, Role::admin}) {
        EXPECT_EQ(seen(Audience::of(role, Layers{"wells"})), "y---");
        EXPECT_EQ(seen(Audience::of(role, Layers{})), "y---");
    }
}

TEST(Audience, HasADutyOfItsOwnAndAnAdminAll) {
    EXPECT_TRUE(Audience::of(Role::analyst).serves_as(Role::analyst));
    EXPECT_TRUE(Audience::of(Role::admin).serves_as(Role::analyst));
    EXPECT_FALSE(Audience::of(Role::moderator).serves_as(Role::analyst));
    EXPECT_FALSE(Audience::anonymous().serves_as(Role::viewer));
}

TEST(Audience, HasAKeyThatTellsApartWhoSeesDifferentThings) {
    const auto key = [](Role role, Layers layers) {
        return std::string(Audience::of(role, std::move(layers)).key());
    };
    EXPECT_EQ(key(Role::viewer, {"a", "b"}), key(Role::viewer, {"b", "a", "b"}));
    EXPECT_NE(key(Role::viewer, {"a"}), key(Role::viewer, {"b"}));
    EXPECT_NE(key(Role::viewer, {"a"}), key(Role::analyst, {"a"}));
    EXPECT_NE(key(Role::viewer, {}), Audience::of(Role::viewer).key());
    EXPECT_EQ(Audience::of(Role::anonymous, Layers{"camps"}), Audience::anonymous());
    EXPECT_EQ(Audience::of(Role::admin).key_for(Sensitivity::low), Audience::anonymous().key());
    EXPECT_NE(Audience::of(Role::admin).key_for(Sensitivity::high), Audience::anonymous().key());
}

}  // namespace
}  // namespace relief
