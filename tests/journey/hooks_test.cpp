// POST /hooks/{source}: signed by the one who sends it, or not let in.

#include "tests/journey/reports_journey.hpp"
#include "tiler/workspace/database.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <chrono>
#include <fstream>
#include <iomanip>

namespace relief::journey {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

class Hooks : public ReportsJourney {
protected:
    Hooks() {
        std::ofstream(workspace() / "relief.yaml")
            << "hooks: {kobo: {secret: sesame}, field-app: open}\n"
            << "reports: {sensitivity: low, moderation: after}\n";
    }
    static std::string now(int off_seconds = 0) {
        const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(
            std::chrono::system_clock::now().time_since_epoch());
        return std::to_string(seconds.count() + off_seconds);
    }
    static std::string signature(const std::string& secret, const std::string& text) {
        std::array<unsigned char, 32> digest{};
        unsigned int length = 0;
        HMAC(EVP_sha256(),
             secret.data(),
             static_cast<int>(secret.size()),
             reinterpret_cast<const unsigned char*>(text.data()),
             text.size(),
             digest.data(),
             &length);
        std::ostringstream hex;
        for (const unsigned char byte : digest)
            hex << std::hex << std::setw(2) << std::setfill('0') << static_cast<int>(byte);
        return hex.str();
    }
    static Post message(const std::string& secret,
                        const std::string& body,
                        const std::string& time = now()) {
        return {.target = "/hooks/kobo",
                .body = body,
                .headers = "X-Relief-Timestamp: " + time + "\r\nX-Relief-Signature: sha256=" +
                           signature(secret, time + "." + body) + "\r\n"};
    }
    static constexpr const char* submission =
        R"({"_id":7,"_uuid":"u-7","_geolocation":[33.5,35.4],"title":"Well dry",)"
        R"("_submitted_by":"CANARY","phone":"CANARY"})";
};

TEST_F(Hooks, BringReportsThatAreShownAtOnce) {
    const auto& server = serve_reports();

    const auto answer = send(server, message("sesame", submission));

    EXPECT_EQ(answer.status, 201) << answer.body;
    EXPECT_EQ(Json::parse(answer.body)["stored"], 1);
    const Json list = read(server, "/reports", moderator);
    EXPECT_THAT(titles(list), ElementsAre("Well dry"));
    EXPECT_EQ(list["features"][0]["geometry"]["coordinates"][0], 35.4);
    EXPECT_THAT(list.dump(), Not(HasSubstr("CANARY")));
}

TEST_F(Hooks, ChangeAReportThatComesAgainUnderItsName) {
    const auto& server = serve_reports();
    send(server, message("sesame", submission));
    const auto answer = send(
        server,
        message("sesame", R"({"_uuid":"u-7","_geolocation":[33.5,35.4],"title":"Well filled"})"));

    EXPECT_EQ(answer.status, 200) << answer.body;
    EXPECT_EQ(Json::parse(answer.body)["updated"], 1);
    EXPECT_THAT(titles(read(server, "/reports", moderator)), ElementsAre("Well filled"));
}

TEST_F(Hooks, ChangeNoReportThatAnotherSourceTold) {
    const auto& server = serve_reports();
    const std::string cap =
        "<alert xmlns='urn:oasis:names:tc:emergency:cap:1.2'><identifier>one</identifier>"
        "<sender>agency</sender><sent>2024-05-01T10:00:00+02:00</sent><status>Actual</status>"
        "<msgType>Alert</msgType><scope>Public</scope><info><category>Met</category>"
        "<event>Flood</event><urgency>Immediate</urgency><severity>Severe</severity>"
        "<certainty>Observed</certainty><expires>2099-05-02T10:00:00+02:00</expires>"
        "<headline>HEADLINE</headline><area><areaDesc>Coast</areaDesc>"
        "<circle>33.5,35.4 10</circle></area></info></alert>";
    std::ofstream(folder().path() / "one.cap") << cap;
    relief({"reports", "import", (folder().path() / "one.cap").string()});
    auto other = cap;
    other.replace(other.find("HEADLINE"), 8, "all is well");
    auto post = message("sesame", other);
    post.type = "application/xml";

    const auto answer = send(server, post);

    EXPECT_EQ(answer.status, 201) << answer.body;
    EXPECT_THAT(titles(read(server, "/reports", moderator)),
                ::testing::UnorderedElementsAre("HEADLINE", "all is well"));
}

TEST_F(Hooks, MayBeSentAgainAfterAFailure) {
    const auto& server = serve_reports();
    ASSERT_EQ(report(server, feature(20, 10)).status, 201);
    const auto exact = [&](const char* statement) {
        auto opened = workspace::Connection::open(workspace() / "exact.db",
                                                  workspace::Connection::Mode::write);
        ASSERT_TRUE(opened && opened->run(statement));
    };
    exact("CREATE TRIGGER refusal BEFORE INSERT ON reports BEGIN SELECT RAISE(ABORT, 'full'); END");
    const auto once = message("sesame", submission);
    EXPECT_GE(send(server, once).status, 500);

    exact("DROP TRIGGER refusal");

    EXPECT_EQ(send(server, once).status, 201);
    EXPECT_EQ(send(server, once).status, 401);
}

TEST_F(Hooks, AreRefusedAlikeWhateverIsWrong) {
    const auto& server = serve_reports();
    const auto once = message("sesame", submission);
    ASSERT_EQ(send(server, once).status, 201);
    auto unknown = message("sesame", submission, now(-1));
    unknown.target = "/hooks/nobody";
    auto unsigned_one = message("sesame", submission);
    unsigned_one.headers.clear();

    const std::string wanted = send(server, unsigned_one).body;
    for (const auto& post : {once,
                             unknown,
                             unsigned_one,
                             message("wrong", submission, now(-2)),
                             message("sesame", submission, now(-400)),
                             message("sesame", submission, now(400))}) {
        const auto answer = send(server, post);
        EXPECT_EQ(answer.status, 401) << post.headers;
        EXPECT_EQ(answer.body, wanted);
    }
    EXPECT_THAT(titles(read(server, "/reports", moderator)), ElementsAre("Well dry"));
}

TEST_F(Hooks, SayWhyNoRecordCanBeTaken) {
    const auto& server = serve_reports();

    const auto answer = send(server, message("sesame", R"({"_uuid":"u","_geolocation":[95,35]})"));

    EXPECT_EQ(answer.status, 400);
    EXPECT_THAT(answer.body, HasSubstr("latitude"));
}

}  // namespace
}  // namespace relief::journey
