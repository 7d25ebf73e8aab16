// What the interfaces of KoBoToolbox, ODK Central and Ushahidi 5 give.

#include "tests/report/read_all.hpp"

namespace relief::report {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

TEST(Kobo, GivesAnswersByTheirPathAndNeverWhoSentThem) {
    const auto all = read_all(R"({"count":1,"next":null,"results":[{
        "_id":17,"_uuid":"u-1","formhub/uuid":"f","_submission_time":"2024-05-01T10:00:00",
        "_submitted_by":"CANARY","deviceid":"CANARY","who/Your_phone_number":"CANARY",
        "_attachments":[{"download_url":"https://example.org/CANARY"}],
        "_geolocation":[10,35],"_validation_status":{"uid":"validation_status_approved","by_whom":"CANARY"},
        "need/description":"water","need/category":"wash","persons":12}]})");

    ASSERT_THAT(all.drafts, SizeIs(1)) << all.failure;
    const Draft& draft = all.drafts[0];
    EXPECT_EQ(all.reading.format, Format::kobo);
    EXPECT_EQ(draft.origin_id, "u-1");
    EXPECT_EQ(draft.description, "water");
    EXPECT_EQ(draft.category, "wash");
    EXPECT_EQ(draft.status, Status::verified);
    EXPECT_EQ(to_text(draft.time.value()), "2024-05-01T10:00:00Z");
    EXPECT_THAT(draft.properties, AllOf(HasSubstr(R"("persons":12)"), Not(HasSubstr("CANARY"))));
    EXPECT_EQ(draft.contact, "h(canary)");
}

TEST(Odk, GivesAnswersOfGroupsAndTheStateOfTheReview) {
    const auto all = read_all(R"({"value":[{"__id":"uuid:1","__system":{
        "submissionDate":"2024-05-01T10:00:00Z","submitterId":"5","submitterName":"CANARY",
        "reviewState":"rejected","deviceId":"CANARY"},
        "report":{"where":{"type":"Point","coordinates":[35,10,0]},"title":"Well dry","people":4}}]})");

    ASSERT_THAT(all.drafts, SizeIs(1)) << all.failure;
    const Draft& draft = all.drafts[0];
    EXPECT_EQ(all.reading.format, Format::odk);
    EXPECT_EQ(draft.title, "Well dry");
    EXPECT_EQ(draft.status, Status::rejected);
    EXPECT_EQ(draft.origin_id, "uuid:1");
    EXPECT_THAT(draft.properties,
                AllOf(HasSubstr(R"("report/people":4)"), Not(HasSubstr("CANARY"))));
}

TEST(Ushahidi, GivesFieldsOfAPostByTheirLabelsButNotThePrivateOnes) {
    const auto all = read_all(R"({"results":[{"id":9,"title":"Post","content":"Text",
        "status":"archived","author_email":"CANARY@example.org","post_date":"2024-05-01 09:00:00",
        "categories":[{"tag":"Shelter"}],"post_content":[{"fields":[
        {"type":"point","label":"Where","value":{"lon":35,"lat":10}},
        {"type":"varchar","label":"Persons","value":"4"},
        {"type":"varchar","label":"Hidden","response_private":true,"value":"CANARY"}]}]}]})");

    ASSERT_THAT(all.drafts, SizeIs(1)) << all.failure;
    const Draft& draft = all.drafts[0];
    EXPECT_EQ(draft.title, "Post");
    EXPECT_EQ(draft.description, "Text");
    EXPECT_EQ(draft.category, "Shelter");
    EXPECT_EQ(draft.status, Status::rejected);
    EXPECT_EQ(draft.contact, "h(canary@example.org)");
    EXPECT_EQ(draft.properties, R"({"Persons":4})");
}

TEST(Submissions, WithoutAPlaceAreRefused) {
    const auto all = read_all(R"({"results":[{"_uuid":"u","_geolocation":[null,null]}]})");

    ASSERT_THAT(all.rejects, SizeIs(1));
    EXPECT_THAT(all.rejects[0].second, HasSubstr("no place"));
}

}  // namespace
}  // namespace relief::report
