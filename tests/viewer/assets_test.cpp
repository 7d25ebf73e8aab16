#include "server/viewer/assets.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>

namespace relief::viewer {
namespace {

const Asset* find(std::string_view path) {
    const auto all = assets();
    const auto found = std::find_if(
        all.begin(), all.end(), [&](const Asset& asset) { return asset.path == path; });
    return found == all.end() ? nullptr : &*found;
}

std::string text_of(const Asset& asset) {
    return {asset.bytes.begin(), asset.bytes.end()};
}

TEST(Assets, HoldThePageOfTheViewerWhole) {
    const Asset* page = find("/");

    ASSERT_NE(page, nullptr);
    EXPECT_EQ(page->media_type, "text/html; charset=utf-8");
    EXPECT_FALSE(page->immutable);
    EXPECT_TRUE(text_of(*page).starts_with("<!doctype html>"));
    EXPECT_TRUE(text_of(*page).ends_with("</html>\n"));
}

TEST(Assets, HoldTheDocumentationUnderItsPublicAddress) {
    const Asset* docs = find("/docs");

    ASSERT_NE(docs, nullptr);
    EXPECT_EQ(docs->media_type, "text/html; charset=utf-8");
}

TEST(Assets, AreSortedByPathWithoutRepeats) {
    const auto all = assets();

    const auto not_ascending =
        std::adjacent_find(all.begin(), all.end(), [](const Asset& one, const Asset& next) {
            return one.path >= next.path;
        });

    EXPECT_EQ(not_ascending, all.end());
}

TEST(Assets, AreNeverEmptyAndBeginAtTheRoot) {
    for (const Asset& asset : assets()) {
        EXPECT_TRUE(asset.path.starts_with("/")) << asset.path;
        EXPECT_FALSE(asset.bytes.empty()) << asset.path;
        EXPECT_FALSE(asset.media_type.empty()) << asset.path;
    }
}

TEST(Assets, AreKeptForEverOnlyWhenTheNameHoldsAHash) {
    for (const Asset& asset : assets()) {
        EXPECT_EQ(asset.immutable, asset.path.starts_with("/assets/")) << asset.path;
    }
}

TEST(Assets, DoNotNameAForeignHostInAnyPage) {
    for (const Asset& asset : assets()) {
        if (!asset.media_type.starts_with("text/html")) {
            continue;
        }
        const std::string page = text_of(asset);
        EXPECT_EQ(page.find("src=\"http"), std::string::npos) << asset.path;
        EXPECT_EQ(page.find("rel=\"stylesheet\" href=\"http"), std::string::npos) << asset.path;
    }
}

}  // namespace
}  // namespace relief::viewer
