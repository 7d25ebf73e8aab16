// Commands that read and write reports while a server takes them.

#include "tests/journey/reports_journey.hpp"

#include <fstream>

namespace relief::journey {
namespace {

using ::testing::HasSubstr;

class ReportsBesideCommands : public ReportsJourney {
protected:
    // NOLINTNEXTLINE(bugprone-easily-swappable-parameters): a name, then what it holds
    std::string made_file(const std::string& name, const std::string& text) const {
        const auto file = workspace().parent_path() / name;
        std::ofstream(file) << text;
        return file.string();
    }
    /// Found by a moderator of a server that is started after the one before was killed.
    void expect_all_after_a_kill(RunningRelief& server, const std::vector<std::string>& paths) {
        server.program().signal(SIGKILL);
        server.program().wait();
        const auto& next = serve_reports();
        for (const auto& path : paths) EXPECT_EQ(next.get(path, moderator).status, 200) << path;
    }
};

TEST_F(ReportsBesideCommands, AreNotLostWhenOthersAreExported) {
    auto& server = serve_reports();
    std::vector<std::string> paths;
    const auto send_some = [&] {
        for (int i = 0; i < 5; ++i) paths.push_back(path_of(report(server, feature(1, 2))));
    };
    send_some();
    const auto out = (workspace().parent_path() / "out.geojson").string();
    relief({"reports", "export", "-o", out});
    send_some();
    // A moderator looks, which opens the store once more.
    EXPECT_EQ(server.get("/reports", moderator).status, 200);
    relief({"reports", "export", "-o", out});
    send_some();

    expect_all_after_a_kill(server, paths);
}

TEST_F(ReportsBesideCommands, StayWithThoseThatAreImported) {
    auto& server = serve_reports();
    std::vector<std::string> paths{path_of(report(server, feature(1, 2)))};
    const auto table = made_file("more.csv",
                                 "id,title,latitude,longitude,time\n"
                                 "1,From a table,2,1,2024-05-01T10:00:00Z\n"
                                 "2,From a table,2,1,2024-05-01T11:00:00Z\n");

    EXPECT_THAT(relief({"reports", "import", table}), HasSubstr("2 new"));
    paths.push_back(path_of(report(server, feature(1, 2))));

    expect_all_after_a_kill(server, paths);
    EXPECT_THAT(relief({"reports", "import", table}), HasSubstr("2 unchanged"));
}

}  // namespace
}  // namespace relief::journey
