#include "server/service/sprite_service.hpp"

#include "tests/support/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <string>

namespace relief::service {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class SpritesOfAHouse : public ::testing::Test {
protected:
    void write_icon(const std::string& name, const std::string& body) const {
        std::filesystem::create_directories(folder_.path() / "icons");
        std::ofstream(folder_.path() / "icons" / name)
            << R"(<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">)" << body
            << "</svg>";
    }
    std::string index() {
        const auto bytes = service_.get({1, false});
        EXPECT_TRUE(bytes);
        return bytes ? std::string((*bytes)->begin(), (*bytes)->end()) : std::string();
    }

    testing::TemporaryFolder folder_;
    SpriteService service_{{folder_.path() / "icons"}};
};

TEST_F(SpritesOfAHouse, HoldTheShippedIconsAndTakeInThoseOfTheFolderAsTheyComeAndGo) {
    EXPECT_THAT(index(), HasSubstr("\"health-affected\""));
    EXPECT_THAT(index(), Not(HasSubstr("\"post\"")));

    write_icon("post.svg", "<rect width='9' height='9'/>");
    EXPECT_THAT(index(), HasSubstr("\"post\""));

    std::filesystem::remove(folder_.path() / "icons/post.svg");
    EXPECT_THAT(index(), Not(HasSubstr("\"post\"")));
}

TEST_F(SpritesOfAHouse, GiveTheSameBytesAsLongAsNoFileChanges) {
    const auto first = service_.get({1, true});
    const auto second = service_.get({1, true});
    ASSERT_TRUE(first && second);

    EXPECT_EQ(first->get(), second->get());
}

TEST_F(SpritesOfAHouse, LeaveOutWhatIsNoIconAndSayWhy) {
    write_icon("broken.svg", "<rect");
    write_icon("not an icon.svg", "<rect width='9' height='9'/>");
    std::ofstream(folder_.path() / "secret") << "secret";
    std::filesystem::create_symlink(folder_.path() / "secret", folder_.path() / "icons/spy.svg");

    EXPECT_THAT(index(), Not(HasSubstr("not an icon")));
    EXPECT_THAT(service_.problems(), ElementsAre(StartsWith("broken: ")));
}

TEST_F(SpritesOfAHouse, ChangeTheirVersionWithTheirFiles) {
    const std::vector<std::filesystem::path> folders{folder_.path() / "icons"};
    EXPECT_EQ(version_of(icon_files(folders)), "");

    write_icon("post.svg", "<rect width='9' height='9'/>");
    const std::string one = version_of(icon_files(folders));
    write_icon("post.svg", "<rect width='9' height='8'/><rect/>");

    EXPECT_NE(one, "");
    EXPECT_NE(version_of(icon_files(folders)), one);
}

TEST(SpritePath, NamesOneOfFourFiles) {
    const auto dense = parse_sprite_path("/styles/incidents/sprite@2x.png");
    ASSERT_TRUE(dense);
    EXPECT_EQ(dense->ratio, 2);
    EXPECT_TRUE(dense->image);

    const auto other = parse_sprite_path("/styles/incidents/sprite@3x.png");
    ASSERT_FALSE(other);
    EXPECT_EQ(other.error().fault, Fault::not_found);
    EXPECT_THAT(other.error().what, HasSubstr("sprite@3x.png"));
}

}  // namespace
}  // namespace relief::service
