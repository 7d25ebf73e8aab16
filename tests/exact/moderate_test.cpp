#include "tests/exact/exact_fixture.hpp"

namespace relief::exact {
namespace {

using ::testing::HasSubstr;

TEST_F(ExactStoreTest, TellsWhoChangedWhatAndWhen) {
    const auto id = receive(report_of_title("a")).id;

    const auto changed = store().change(id,
                                        {.status = report::Status::verified,
                                         .level = Sensitivity::low,
                                         .confidence = "B2",
                                         .assigned = "77aa",
                                         .note = "rang them"},
                                        moderator,
                                        later);

    ASSERT_TRUE(changed);
    EXPECT_EQ(changed->status, report::Status::verified);
    EXPECT_EQ(changed->changed, later);
    EXPECT_EQ(found(id).level, Sensitivity::low);
    EXPECT_EQ(found(id).confidence, "B2");
    const auto history = store().history(id);
    ASSERT_EQ(history->size(), 6U);
    EXPECT_EQ((*history)[0].what, "received");
    EXPECT_EQ((*history)[1].who, moderator.id);
    EXPECT_EQ((*history)[1].time, later);
    EXPECT_EQ((*history)[1].what, "status");
    EXPECT_EQ((*history)[1].before, "new");
    EXPECT_EQ((*history)[1].after, "verified");
    EXPECT_EQ((*history)[2].before, "high");
    EXPECT_EQ((*history)[5].after, "rang them");
}

TEST_F(ExactStoreTest, KeepsNoHistoryOfWhatStaysTheSame) {
    const auto id = receive(report_of_title("a")).id;

    ASSERT_TRUE(store().change(id, {.status = report::Status::fresh}, moderator, later));

    EXPECT_EQ(store().history(id)->size(), 1U);
    EXPECT_EQ(found(id).changed, noon);
}

TEST_F(ExactStoreTest, MakesADuplicateOfAnOriginalOnly) {
    const auto original = receive(report_of_title("a")).id;
    const auto copy = receive(report_of_title("b")).id;
    const auto other = receive(report_of_title("c")).id;
    const auto duplicate_of = [&](const std::string& id, const std::string& of) {
        return store().change(id, {.duplicate_of = of}, moderator, later);
    };

    ASSERT_TRUE(duplicate_of(copy, original));
    EXPECT_EQ(found(copy).status, report::Status::duplicate);
    EXPECT_EQ(found(copy).duplicate_of, original);
    EXPECT_THAT(duplicate_of(other, copy).error().what, HasSubstr("duplicate itself"));
    EXPECT_THAT(duplicate_of(other, other).error().what, HasSubstr("itself"));
    EXPECT_THAT(duplicate_of(other, "nobody").error().what, HasSubstr("nobody"));

    ASSERT_TRUE(store().change(copy, {.status = report::Status::fresh}, moderator, later));
    EXPECT_EQ(found(copy).duplicate_of, "") << "with another status it is none any more";
}

TEST_F(ExactStoreTest, ChangesNothingThatThereIsNot) {
    EXPECT_EQ(store().change("nobody", {.note = "x"}, moderator, later).error().fault,
              Fault::not_found);
    EXPECT_EQ(store().erase("nobody").error().fault, Fault::not_found);
    EXPECT_TRUE(store().history("nobody")->empty());
    EXPECT_FALSE(*store().find("nobody"));
}

}  // namespace
}  // namespace relief::exact
