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

TEST(Audience, OfAMapSeesTheSameWithoutDuties) {
    const Audience admin = Audience::of(Role::admin);
    const Audience map = admin.for_maps(std::nullopt);

    EXPECT_EQ(seen(map), "yyyy");
    EXPECT_FALSE(map.serves_as(Role::admin));
    EXPECT_FALSE(map.serves_as(Role::analyst));
    EXPECT_TRUE(map.is_only_for_maps());
    EXPECT_FALSE(map == admin);
    EXPECT_TRUE(Audience::anonymous().for_maps(Layers{"camps"}).is_anonymous());
}

TEST(Audience, OfAMapSeesBehindItsFenceAndNeverMoreThanBefore) {
    const auto map = [](Role role, std::optional<Layers> grants, const Layers& fence) {
        return Audience::of(role, std::move(grants)).for_maps(fence);
    };
    EXPECT_EQ(seen(map(Role::analyst, std::nullopt, {"camps"})), "yy--")
        << "naming a layer grants nothing";
    EXPECT_EQ(seen(map(Role::viewer, std::nullopt, {"camps"})), "y---");
    EXPECT_EQ(seen(map(Role::viewer, Layers{"camps"}, {"wells", "camps"})), "yyy-");
    EXPECT_EQ(seen(map(Role::viewer, Layers{"wells"}, {"camps"})), "y---");
    EXPECT_EQ(seen(map(Role::admin, std::nullopt, {"wells"})), "y---");
    const Audience twice = map(Role::admin, std::nullopt, {"wells"}).for_maps(Layers{"camps"});
    EXPECT_EQ(seen(twice), "y---") << "a fence is not climbed by another";
    EXPECT_NE(map(Role::admin, std::nullopt, {"wells"}).key(),
              map(Role::admin, std::nullopt, {"camps"}).key());
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
