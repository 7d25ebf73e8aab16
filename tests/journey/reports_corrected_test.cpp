// What a report says is set right by those who decide on it (privacy.md, P18).

#include "tests/journey/reports_journey.hpp"

#include <filesystem>

namespace relief::journey {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

class ReportsCorrected : public ReportsJourney {
protected:
    RunningRelief& serve_low_reports() {
        return serve_reports({"--reports.sensitivity", "low", "--reports.moderation", "after"});
    }
};

TEST_F(ReportsCorrected, AreShownAsTheyAreNowAndNothingTellsWhatWasWrong) {
    const auto admin = make_token({"--role", "admin"});
    const auto& server = serve_low_reports();
    const auto path = path_of(report(server, feature(1, 2, {{"title", "canary-2209 lives here"}})));
    const Json place{{"type", "Point"}, {"coordinates", {3, 4}}};

    const auto changed =
        change(server,
               path,
               {{"title", "Road closed"}, {"severity", "severe"}, {"geometry", place}},
               moderator);

    EXPECT_EQ(changed.status, 200) << changed.body;
    const auto shown = Json::parse(server.get(path).body);
    EXPECT_EQ(shown["properties"]["title"], "Road closed");
    EXPECT_EQ(shown["properties"]["severity"], "severe");
    EXPECT_EQ(shown["properties"]["description"], "no way across");
    EXPECT_EQ(shown["geometry"], place);
    EXPECT_THAT(titles(read(server, "/reports?bbox=2.9,3.9,3.1,4.1", "")),
                ElementsAre("Road closed"));
    const auto history = server.get(path + "/history", moderator).body;
    EXPECT_THAT(history, HasSubstr(R"("what":"title")"));
    EXPECT_THAT(history, Not(HasSubstr("canary-2209")));
    EXPECT_TRUE(is_audited(server, admin, {{"action", "correct"}, {"object", path.substr(9)}}));
    EXPECT_TRUE(eventually([&] {
        bool told = false;
        for (const auto& file : std::filesystem::recursive_directory_iterator(workspace()))
            told = told || (file.is_regular_file() &&
                            testing::text_of(file.path()).find("canary-2209") != std::string::npos);
        return !told;
    }));
}

TEST_F(ReportsCorrected, AreSetRightByModeratorsOneByOneAndWithinBounds) {
    const auto& server = serve_low_reports();
    const auto path = path_of(report(server, feature(1, 2)));
    const auto viewer = bearer(make_token({"--role", "viewer"}));

    EXPECT_EQ(change(server, path, {{"title", "x"}}, viewer).status, 403);
    EXPECT_THAT(change(server, path, {{"time", "yesterday"}}, moderator).body, HasSubstr("time"));
    EXPECT_THAT(
        change(
            server, path, {{"geometry", {{"type", "Point"}, {"coordinates", {200, 0}}}}}, moderator)
            .body,
        HasSubstr("longitude"));
    EXPECT_EQ(change(server, path, {{"title", std::string(501, 'x')}}, moderator).status, 400);
    EXPECT_THAT(
        change(server, "/reports", {{"ids", {path.substr(9)}}, {"title", "x"}}, moderator).body,
        HasSubstr("one by one"));
    EXPECT_EQ(Json::parse(server.get(path).body)["properties"]["title"], "Bridge down");
}

}  // namespace
}  // namespace relief::journey
