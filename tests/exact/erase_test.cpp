#include "tests/exact/exact_fixture.hpp"
#include "tests/support/program.hpp"
#include "tests/support/repeatable_random.hpp"

namespace relief::exact {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class EraseTest : public ExactStoreTest {
protected:
    /// Names of the files whose bytes hold the text.
    std::vector<std::string> files_with(const std::string& text) const {
        std::vector<std::string> names;
        for (const auto& file : std::filesystem::directory_iterator(folder()))
            if (relief::testing::text_of(file.path()).find(text) != std::string::npos)
                names.push_back(file.path().filename().string());
        return names;
    }
};

TEST_F(EraseTest, LeavesNoByteOfWhatWasSaid) {
    Arrival arrival = from_collection("canary-origin", "canary-title");
    arrival.draft.description = "canary-description" + std::string(9000, 'x') + "canary-end";
    arrival.draft.category = "canary-category";
    arrival.draft.contact = "canary-contact";
    arrival.draft.properties = R"({"canary-property":1})";
    arrival.photos = {"canary-photo"};
    arrival.idempotency_key = "canary-key";
    arrival.body_hash = "canary-body";
    receive(report_of_title("stays"));
    const auto id = receive(arrival).id;
    receive(report_of_title("stays too"));
    ASSERT_TRUE(store().change(id, {.note = "canary-note"}, moderator, later));
    ASSERT_THAT(files_with("canary-note"), ElementsAre("exact.db-wal"));

    ASSERT_TRUE(store().erase(id));

    EXPECT_THAT(files_with("canary"), IsEmpty());
    EXPECT_THAT(files_with("stays"), ElementsAre("exact.db"));
    EXPECT_FALSE(*store().find(id));
    EXPECT_TRUE(store().history(id)->empty());
}

TEST_F(EraseTest, LeavesNoByteWherePagesWereSplitAndJoined) {
    auto random = relief::testing::repeatable_random(5);
    std::vector<std::pair<std::string, std::string>> kept;
    std::vector<std::string> gone;
    for (int i = 0; i < 600; ++i) {
        const std::string mark = "<mark" + std::to_string(i) + '>';
        Arrival arrival = report_of_title(mark);
        arrival.draft.description = mark + std::string(random() % 700, 'x');
        kept.emplace_back(receive(arrival).id, mark);
        if (random() % 3 == 0) {
            const auto at = kept.begin() + static_cast<std::ptrdiff_t>(random() % kept.size());
            ASSERT_TRUE(store().erase(at->first));
            gone.push_back(at->second);
            kept.erase(at);
        }
    }

    ASSERT_GT(gone.size(), 100U);
    for (const std::string& mark : gone) EXPECT_THAT(files_with(mark), IsEmpty()) << mark;
}

TEST_F(EraseTest, GivesThePhotosThatNoOtherReportHas) {
    Arrival arrival = report_of_title("a");
    arrival.photos = {"shared", "own", "own"};
    const auto id = receive(arrival).id;
    arrival.photos = {"shared"};
    receive(arrival);

    const auto photos = store().erase(id);

    EXPECT_THAT(*photos, ElementsAre("own"));
    EXPECT_THAT(*store().unused({"shared", "own"}), ElementsAre("own"));
}

TEST_F(EraseTest, DoesNotTakeAgainWhatComesUnderTheSameKey) {
    Arrival arrival = report_of_title("a");
    arrival.idempotency_key = "k";
    arrival.body_hash = "b";
    const auto first = receive(arrival);
    ASSERT_TRUE(store().erase(first.id));

    const auto again = receive(arrival);

    EXPECT_EQ(again.outcome, Outcome::repeated) << "a phone that sends once more what it queued";
    EXPECT_EQ(again.id, first.id);
    EXPECT_FALSE(*store().find(first.id));
}

TEST_F(EraseTest, LeavesDuplicatesWithoutTheirOriginal) {
    const auto original = receive(report_of_title("a")).id;
    const auto copy = receive(report_of_title("b")).id;
    ASSERT_TRUE(store().change(copy, {.duplicate_of = original}, moderator, later));

    ASSERT_TRUE(store().erase(original));

    EXPECT_EQ(found(copy).duplicate_of, "");
    EXPECT_EQ(found(copy).status, report::Status::duplicate);
}

}  // namespace
}  // namespace relief::exact
