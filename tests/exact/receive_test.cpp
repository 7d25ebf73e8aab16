#include "tests/exact/exact_fixture.hpp"

#include <array>

namespace relief::exact {
namespace {

using ::testing::ElementsAre;

Arrival keyed(std::string key, std::string body) {
    Arrival arrival;
    arrival.draft.title = body;
    arrival.idempotency_key = std::move(key);
    arrival.body_hash = std::move(body);
    return arrival;
}

TEST_F(ExactStoreTest, GivesTheFirstReceiptAgainForTheSameKeyAndBody) {
    const auto first = receive(keyed("k", "one"));

    const auto again = receive(keyed("k", "one"));
    const auto other = receive(keyed("k", "two"));

    EXPECT_EQ(first.outcome, Outcome::stored);
    EXPECT_EQ(again.outcome, Outcome::repeated);
    EXPECT_EQ(again.id, first.id);
    EXPECT_EQ(other.outcome, Outcome::conflict);
    EXPECT_THAT(titles({}), ElementsAre("one"));
}

TEST_F(ExactStoreTest, KnowsAKeyWithinOneBatch) {
    const std::array batch{keyed("k", "one"), keyed("k", "one"), keyed("l", "one")};

    const auto receipts = store().receive(batch, {}, noon);

    EXPECT_EQ((*receipts)[1].outcome, Outcome::repeated);
    EXPECT_EQ((*receipts)[1].id, (*receipts)[0].id);
    EXPECT_EQ((*receipts)[2].outcome, Outcome::stored);
}

TEST_F(ExactStoreTest, ForgetsKeysAfterAMonth) {
    const auto first = receive(keyed("k", "one"));
    const Arrival arrival = keyed("k", "one");
    const Instant in_a_month{noon.milliseconds + std::int64_t{31} * 24 * 3600 * 1000};
    ASSERT_TRUE(store().receive({}, {}, in_a_month));

    const auto receipts = store().receive(std::span(&arrival, 1), {}, in_a_month);

    EXPECT_EQ(receipts->front().outcome, Outcome::stored);
    EXPECT_NE(receipts->front().id, first.id);
}

TEST_F(ExactStoreTest, UpdatesWhatComesAgainFromTheSamePlaceOfACollection) {
    const auto first = receive(from_collection("42", "old"));
    EXPECT_EQ(receive(from_collection("43", "old")).outcome, Outcome::stored);

    EXPECT_EQ(receive(from_collection("42", "old")).outcome, Outcome::unchanged);
    const auto updated = receive(from_collection("42", "new"));

    EXPECT_EQ(updated.outcome, Outcome::updated);
    EXPECT_EQ(updated.id, first.id);
    EXPECT_EQ(found(first.id).said.title, "new");
    EXPECT_EQ(found(first.id).said.origin_id, "42");
    EXPECT_EQ(store().history(first.id)->back().what, "updated");
    EXPECT_EQ(titles({}).size(), 2U);
}

TEST_F(ExactStoreTest, AnUpdateLeavesWhatModeratorsDecided) {
    Arrival arrival = from_collection("42", "old");
    arrival.draft.status = report::Status::verified;
    const auto id = receive(arrival).id;
    EXPECT_EQ(found(id).status, report::Status::verified);
    ASSERT_TRUE(store().change(
        id, {.status = report::Status::rejected, .level = Sensitivity::low}, moderator, later));

    arrival.draft.title = "new";
    receive(arrival);
    EXPECT_EQ(found(id).status, report::Status::rejected);
    EXPECT_EQ(found(id).level, Sensitivity::low);

    arrival.draft.sensitivity = Sensitivity::severe;
    receive(arrival);
    EXPECT_EQ(found(id).level, Sensitivity::severe) << "more is asked for than before";
}

TEST_F(ExactStoreTest, AnUpdateBringsTheStateOfTheCollectionWhereNobodyDecided) {
    Arrival arrival = from_collection("42", "old");
    const auto id = receive(arrival).id;

    arrival.draft.status = report::Status::verified;
    EXPECT_EQ(receive(arrival).outcome, Outcome::updated);

    EXPECT_EQ(found(id).status, report::Status::verified);
}

TEST_F(ExactStoreTest, DoesNotTakeAgainWhatWasErasedHere) {
    const auto first = receive(from_collection("42", "old"));
    ASSERT_TRUE(store().erase(first.id));

    const auto again = receive(from_collection("42", "old"));

    EXPECT_EQ(again.outcome, Outcome::erased);
    EXPECT_EQ(again.id, first.id);
    EXPECT_TRUE(titles({}).empty());
}

TEST_F(ExactStoreTest, DoesNotTakeAgainWhatComesUnderTheIdOfOneThatWasErasedHere) {
    const auto first = receive(report_of_title("sent to us"));
    ASSERT_TRUE(store().erase(first.id));
    Arrival exported = report_of_title("sent to us");
    exported.draft.origin = "relief";
    exported.draft.origin_id = first.id;

    const auto again = receive(exported);

    EXPECT_EQ(again.outcome, Outcome::erased);
    EXPECT_EQ(again.id, first.id);
    EXPECT_TRUE(titles({}).empty());
}

TEST_F(ExactStoreTest, AnUpdateOfWhatWasVerifiedIsToBeLookedAtAgain) {
    Arrival arrival = from_collection("42", "old");
    const auto id = receive(arrival).id;
    ASSERT_TRUE(store().change(id, {.status = report::Status::verified}, moderator, later));

    arrival.draft.licence = "CC BY 4.0";
    receive(arrival);

    EXPECT_EQ(found(id).status, report::Status::fresh);
    EXPECT_EQ(store().history(id)->back().who, "import");
    EXPECT_EQ(store().history(id)->back().after, "new");
    ASSERT_TRUE(store().change(id, {.status = report::Status::rejected}, moderator, later));
    arrival.draft.title = "new";
    receive(arrival);
    EXPECT_EQ(found(id).status, report::Status::rejected);
}

TEST_F(ExactStoreTest, AnUpdateLeavesWhatModeratorsCorrected) {
    Arrival arrival = from_collection("42", "call 0700 123");
    arrival.draft.description = "as it was";
    const auto id = receive(arrival).id;
    Change change;
    change.status = report::Status::verified;
    change.corrected.title = "call";
    change.corrected.place = report::Place{36, -1};
    ASSERT_TRUE(store().change(id, change, moderator, later));

    arrival.draft.title = "call 0700 124";
    EXPECT_EQ(receive(arrival).outcome, Outcome::updated);
    EXPECT_EQ(found(id).said.title, "call");
    EXPECT_EQ(found(id).said.place, (report::Place{36, -1}));
    EXPECT_EQ(found(id).status, report::Status::verified) << "it says what it said";

    arrival.draft.description = "something else";
    receive(arrival);
    EXPECT_EQ(found(id).said.title, "call");
    EXPECT_EQ(found(id).said.description, "something else");
    EXPECT_EQ(found(id).status, report::Status::fresh);
    EXPECT_EQ(receive(arrival).outcome, Outcome::unchanged);
}

struct Asked {
    const char* what = "";
    std::optional<Sensitivity> stated{};
    IntakeRule rule{};
    Sensitivity level = Sensitivity::low;
};

TEST_F(ExactStoreTest, TakesTheHousesLevelUnlessAHigherOneIsAskedFor) {
    const IntakeRule high{Sensitivity::high, false};
    const IntakeRule imported{Sensitivity::high, true};
    for (const Asked& asked :
         {Asked{"none", std::nullopt, high, Sensitivity::high},
          Asked{"lower", Sensitivity::low, high, Sensitivity::high},
          Asked{"higher", Sensitivity::severe, high, Sensitivity::severe},
          Asked{"lower, by the operator", Sensitivity::low, imported, Sensitivity::low},
          Asked{"none, by the operator", std::nullopt, imported, Sensitivity::high}}) {
        Arrival arrival = report_of_title(asked.what);
        arrival.draft.sensitivity = asked.stated;
        EXPECT_EQ(found(receive(arrival, asked.rule).id).level, asked.level) << asked.what;
    }
}

}  // namespace
}  // namespace relief::exact
