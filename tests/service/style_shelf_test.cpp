#include "server/service/style_shelf.hpp"

#include "tests/service/kept_log.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

namespace relief::service {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

const std::string plain_background =
    R"({"version":8,"sources":{},"layers":[{"id":"b","type":"background"}]})";

class Shelf : public ::testing::Test {
protected:
    void write(const std::string& folder, const std::string& name, const std::string& text) const {
        std::filesystem::create_directories(folder_.path() / folder);
        std::ofstream(folder_.path() / folder / name) << text;
    }
    std::vector<std::string> ids() const {
        std::vector<std::string> found;
        for (const auto& style : shelf_.current()->styles()) found.push_back(style->id);
        return found;
    }
    std::string problem() const {
        const auto& problems = shelf_.current()->problems();
        return problems.size() == 1 ? problems[0].subject + ": " + problems[0].reason : "";
    }

    testing::TemporaryFolder folder_;
    KeptLog log_;
    StyleShelf shelf_{{folder_.path() / "one", folder_.path() / "two"}, Sensitivity::low, log_};
};

TEST_F(Shelf, HoldsTheStylesOfItsFoldersAndSeesThemComeAndGo) {
    shelf_.look();
    const auto before = ids();
    write("one", "roads.json", plain_background);
    write("two", "camps.json", plain_background);
    write("two", "notes.txt", "no style");
    shelf_.look();

    EXPECT_TRUE(shelf_.current()->find("roads"));
    EXPECT_TRUE(shelf_.current()->find("camps"));
    EXPECT_EQ(ids().size(), before.size() + 2);
    std::filesystem::remove(folder_.path() / "one/roads.json");
    shelf_.look();
    EXPECT_FALSE(shelf_.current()->find("roads"));
    EXPECT_TRUE(shelf_.current()->find("camps"));
}

TEST_F(Shelf, TellsWhatIsBrokenWithItsPlaceAndServesTheRest) {
    write("one", "good.json", plain_background);
    write(
        "one",
        "bad.json",
        "{\"version\":8,\"sources\":{},\n"
        "\"layers\":[{\"id\":\"b\",\"type\":\"background\",\"paint\":{\"background-color\":7}}]}");
    shelf_.look();

    EXPECT_TRUE(shelf_.current()->find("good"));
    EXPECT_FALSE(shelf_.current()->find("bad"));
    EXPECT_THAT(problem(),
                AllOf(HasSubstr("styles/bad.json"),
                      HasSubstr("layers[0].paint.background-color"),
                      HasSubstr("line 2")));
    EXPECT_EQ(log_.count("style-problem"), 1U);
    write("one", "bad.json", plain_background);
    shelf_.look();
    EXPECT_TRUE(shelf_.current()->find("bad"));
    EXPECT_EQ(problem(), "");
}

TEST_F(Shelf, RefusesStylesThatReadFilesAndNamesThatAreNoIds) {
    write("one",
          "spy.json",
          R"({"version":8,"sources":{"s":{"type":"geojson","data":"file:///etc/hostname"}},)"
          R"("layers":[]})");
    shelf_.look();

    EXPECT_THAT(problem(), AllOf(HasSubstr("source \"s\""), HasSubstr("file://")));
    std::filesystem::remove(folder_.path() / "one/spy.json");
    write("one", "Big Name.json", plain_background);
    shelf_.look();
    EXPECT_THAT(problem(), HasSubstr("[a-z0-9][a-z0-9_-]{0,63}"));
}

TEST_F(Shelf, OfTwoWithOneIdKeepsThatOfTheFirstFolder) {
    write("one", "a.json", plain_background);
    write("two", "a.json", R"({"version":8,"name":"other","sources":{},"layers":[]})");
    shelf_.look();

    ASSERT_TRUE(shelf_.current()->find("a"));
    EXPECT_EQ(shelf_.current()->find("a")->document->name, "");
    EXPECT_THAT(problem(), HasSubstr("another folder"));
}

TEST_F(Shelf, FollowsNoLinkOutOfItsFolder) {
    write("elsewhere", "secret.json", plain_background);
    write("one", "a.json", plain_background);
    std::filesystem::create_symlink(folder_.path() / "elsewhere/secret.json",
                                    folder_.path() / "one/secret.json");
    shelf_.look();

    EXPECT_TRUE(shelf_.current()->find("a"));
    EXPECT_FALSE(shelf_.current()->find("secret"));
}

}  // namespace
}  // namespace relief::service
