// Photos of reports: taken with a form, cleaned apart, and shown to whom they may be shown.

#include "tests/journey/reports_journey.hpp"
#include "tests/support/photo_fixture.hpp"

namespace relief::journey {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

class ReportPhotos : public ReportsJourney {
protected:
    static std::string part(const std::string& head, const std::string& content) {
        return "--limit\r\nContent-Disposition: form-data; " + head + "\r\n\r\n" + content + "\r\n";
    }
    static Answer report_with(const RunningRelief& server,
                              const std::vector<std::string>& photos,
                              const std::string& headers = {}) {
        std::string body = part("name=\"lon\"", "36.5") + part("name=\"lat\"", "-1.25") +
                           part("name=\"title\"", "with a photo");
        for (const std::string& photo : photos)
            body += part(R"(name="photo"; filename="me.jpg")", photo);
        return send(server,
                    {.target = "/reports",
                     .body = body + "--limit--\r\n",
                     .headers = headers,
                     .type = "multipart/form-data; boundary=limit"});
    }
    /// 64 × 48 pixels, with what a camera writes into its Exif.
    static std::string photo() {
        const auto bytes = testing::with_exif(testing::photo_of({64, 48}), 6);
        return {bytes.begin(), bytes.end()};
    }
    std::vector<std::string> kept() const {
        std::vector<std::string> names;
        std::error_code none;
        for (const auto& file : std::filesystem::directory_iterator(workspace() / "photos", none))
            names.push_back(file.path().filename().string());
        return names;
    }
};

TEST_F(ReportPhotos, ComeBackWithoutWhatTheCameraNotedAndToModeratorsOnly) {
    ASSERT_THAT(photo(), HasSubstr("SecretCam"));
    const auto& server = serve_reports();

    const auto path = path_of(report_with(server, {photo(), photo()}));

    const auto links = read(server, path, moderator)["properties"]["photos"];
    ASSERT_EQ(links.size(), 2U);
    EXPECT_THAT(links[1].get<std::string>(), ::testing::EndsWith(path + "/photos/2.jpg"));
    for (const std::string target : {"/photos/1.jpg", "/photos/2.jpg?thumb=1"}) {
        const auto shown = server.get(path + target, moderator);
        EXPECT_EQ(shown.status, 200);
        EXPECT_EQ(shown.header("content-type"), "image/jpeg");
        EXPECT_EQ(shown.header("cache-control"), "private, no-store");
        EXPECT_THAT(shown.body, StartsWith("\xFF\xD8"));
        EXPECT_THAT(shown.body, Not(HasSubstr("SecretCam")));
        EXPECT_THAT(shown.body, Not(HasSubstr("Exif")));
        EXPECT_EQ(server.get(path + target).status, 404);
    }
    EXPECT_EQ(server.get(path + "/photos/3.jpg", moderator).status, 404);
    EXPECT_EQ(server.get(path + "/photos/0.jpg", moderator).status, 404);
    for (const auto& file : std::filesystem::recursive_directory_iterator(workspace()))
        if (file.is_regular_file()) {
            EXPECT_THAT(testing::text_of(file.path()), Not(HasSubstr("SecretCam"))) << file.path();
        }
}

TEST_F(ReportPhotos, GoWithTheirReport) {
    const auto& server = serve_reports();
    const auto path = path_of(report_with(server, {photo()}));
    ASSERT_EQ(kept().size(), 2U);

    send(server, {.target = path, .body = "", .headers = moderator, .method = "DELETE"});

    EXPECT_THAT(kept(), IsEmpty());
    EXPECT_EQ(server.get(path + "/photos/1.jpg", moderator).status, 404);
}

TEST_F(ReportPhotos, AreShownToNobodyElseWhileReportsAreSuspended) {
    const auto& server = serve_reports();
    const auto path = path_of(report_with(server, {photo()}));
    change(server, path, {{"status", "verified"}, {"sensitivity", "low"}}, moderator);
    const auto status = [&] { return server.get(path + "/photos/1.jpg").status; };
    ASSERT_TRUE(testing::eventually([&] { return status() == 200; }));

    relief({"suspend", "reports"});

    EXPECT_TRUE(testing::eventually([&] { return status() == 404; }));
}

TEST_F(ReportPhotos, ThatAreNoneAreRefusedAndLeaveNothing) {
    const auto& server = serve_reports();

    for (const std::string& wrong : {std::string("GIF89a"), photo().substr(0, 40)}) {
        const auto answer = report_with(server, {photo(), wrong});
        EXPECT_EQ(answer.status, 400);
        EXPECT_THAT(Json::parse(answer.body)["detail"].get<std::string>(), HasSubstr("photo"));
    }
    EXPECT_THAT(kept(), IsEmpty());
    EXPECT_THAT(titles(read(server, "/reports", moderator)), IsEmpty());
}

TEST_F(ReportPhotos, AreTakenUpToTheirLimit) {
    const auto& server = serve_reports({"--limits.photo", "2MB"});

    const auto too_large = report_with(server, {photo() + std::string(2'100'000, 'x')});
    EXPECT_EQ(too_large.status, 413) << too_large.body;
    EXPECT_EQ(report_with(server, {std::string(4'000'000, 'x')}).status, 413);
    EXPECT_EQ(report_with(server, {photo() + std::string(1'900'000, 'x')}).status, 201)
        << "more than other bodies may have";
}

TEST_F(ReportPhotos, SentAgainUnderTheirKeyAreTheSameReport) {
    const auto& server = serve_reports();
    const std::string key = "Idempotency-Key: 77\r\n";

    const auto first = path_of(report_with(server, {photo()}, key));

    EXPECT_EQ(path_of(report_with(server, {photo()}, key)), first);
    const auto other = testing::photo_of({30, 30});
    EXPECT_EQ(report_with(server, {std::string(other.begin(), other.end())}, key).status, 409);
    EXPECT_TRUE(testing::eventually([&] { return kept().size() == 2; }))
        << "of what was not taken nothing stays";
}

}  // namespace
}  // namespace relief::journey
