// Which attribute says when features were, and how an index keeps it.

#include "tiler/vector/time_column.hpp"

#include "tests/support/temporary_folder.hpp"
#include "tests/vector/shapes.hpp"
#include "tiler/vector/vector_index.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace relief::vector {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

InstantRange moment(const char* text) {
    return *parse_observed(text);
}

/// Attributes and rows as they stand in a table.
class Table {
public:
    explicit Table(std::vector<AttributeDescription> attributes)
        : attributes_(std::move(attributes)) {}
    void add(const std::vector<std::optional<AttributeValue>>& row) {
        for (const auto& value : row) rows_.push_back(value ? values_.number(*value) : 0);
    }
    Result<TimeSearch> search(const std::string& named = {}) const {
        return time_column({attributes_, values_, rows_}, named);
    }

private:
    std::vector<AttributeDescription> attributes_;
    ValueTable values_;
    std::vector<std::uint32_t> rows_;
};

AttributeValue text(const char* words) {
    return std::string(words);
}

TEST(MomentOf, ReadsTheWaysInWhichTimesAreWritten) {
    EXPECT_EQ(moment_of(text("2024-05-01")), moment("2024-05-01"));
    EXPECT_EQ(moment_of(text("2024-05-01T10:30:00+03:00")), moment("2024-05-01T07:30:00Z"));
    EXPECT_EQ(moment_of(text("2024-05-01T10:30:00")), moment("2024-05-01T10:30:00Z"));
    EXPECT_EQ(moment_of(text("2024-05-01 10:30:00")), moment("2024-05-01T10:30:00Z"));
    EXPECT_EQ(moment_of(text("2024-05-01/2024-05-03")), moment("2024-05-01/2024-05-03"));
    EXPECT_EQ(moment_of(std::int64_t{1998}), moment("1998"));
    EXPECT_EQ(moment_of(std::int64_t{1714521600}), moment("2024-05-01T00:00:00Z"));
    EXPECT_EQ(moment_of(std::int64_t{1714521600000}), moment("2024-05-01T00:00:00Z"));
}

TEST(MomentOf, FindsNoneInAnythingElse) {
    for (const char* const words : {"", "soon", "2024-13-01", "01.05.2024", "12:30", "2024-05-01x"})
        EXPECT_FALSE(moment_of(text(words))) << words;
    EXPECT_FALSE(moment_of(std::int64_t{12}));
    EXPECT_FALSE(moment_of(2024.5));
    EXPECT_FALSE(moment_of(true));
}

TEST(TimeColumn, IsTheOnlyAttributeThatHoldsTimesAlone) {
    Table table({{"name", AttributeType::text}, {"seen", AttributeType::text}});
    table.add({text("a"), text("2024-05-02")});
    table.add({text("2024-05-01"), std::nullopt});
    table.add({text("b"), text("2024-05-01")});

    const auto search = table.search();

    ASSERT_TRUE(search && search->found);
    EXPECT_EQ(search->found->attribute, 1U);
    EXPECT_THAT(search->found->moments, ElementsAre(moment("2024-05-01"), moment("2024-05-02")));
    EXPECT_THAT(search->found->numbers, ElementsAre(2U, 0U, 1U));
}

TEST(TimeColumn, OfSeveralIsTheOneWithAUsualName) {
    Table table({{"last_edit", AttributeType::text}, {"Date", AttributeType::text}});
    table.add({text("2024-06-01"), text("2024-05-01")});
    Table undecided({{"opened", AttributeType::text}, {"closed", AttributeType::text}});
    undecided.add({text("2024-06-01"), text("2024-05-01")});

    const auto search = table.search();
    const auto none = undecided.search();

    ASSERT_TRUE(search && search->found);
    EXPECT_EQ(search->found->attribute, 1U);
    ASSERT_TRUE(none);
    EXPECT_FALSE(none->found);
    EXPECT_THAT(none->undecided, ElementsAre("opened", "closed"));
}

TEST(TimeColumn, OfCodesThatLookLikeYearsIsNone) {
    Table table({{"code", AttributeType::text}, {"year", AttributeType::integer}});
    table.add({text("1010"), std::int64_t{2024}});

    const auto search = table.search();
    const auto named = table.search("year");

    ASSERT_TRUE(search);
    EXPECT_FALSE(search->found);
    EXPECT_THAT(search->undecided, IsEmpty());
    ASSERT_TRUE(named && named->found);
    EXPECT_THAT(named->found->moments, ElementsAre(moment("2024")));
}

TEST(TimeColumn, ThatIsNamedWronglyIsToldWithWhatThereIs) {
    Table table({{"name", AttributeType::text}});
    table.add({text("Camp 3")});

    const auto absent = table.search("when");
    const auto other = table.search("name");

    ASSERT_FALSE(absent);
    EXPECT_THAT(absent.error().what, HasSubstr("attributes are name"));
    ASSERT_FALSE(other);
    EXPECT_THAT(other.error().what, HasSubstr("\"Camp 3\", which is no time"));
}

TEST(TimeColumn, StandsInTheIndexInTheOrderOfItsFeatures) {
    const relief::testing::TemporaryFolder folder;
    const auto file = folder.path() / "layer.features";
    IndexBuilder builder({{"date", AttributeType::text}});
    for (unsigned i = 0; i < 50; ++i)
        builder.add(testing::feature_of(
            i, testing::point_at({50.0 - i, i * 1.0}), i % 2 == 0 ? "2024-05-01" : "2023"));
    builder.add(testing::feature_of(99, testing::point_at({1, 1})));

    const auto facts =
        builder.write(file, {.repair = {}, .progress = {}, .time_attribute = "date"});
    ASSERT_TRUE(facts) << facts.error().what;
    const auto index = VectorIndex::open(file);

    ASSERT_TRUE(index);
    ASSERT_TRUE(facts->times);
    EXPECT_EQ(facts->times->extent, InstantRange(moment("2023").first, moment("2024-05-01").last));
    EXPECT_EQ(facts->times->newest, moment("2024-05-01"));
    EXPECT_EQ(index->moments(), 2U);
    for (std::uint32_t feature = 0; feature < index->features(); ++feature) {
        const std::uint64_t id = index->id_of(feature);
        const std::uint32_t number = index->moment_number(feature);
        if (id == 99) {
            EXPECT_EQ(number, 0U);
            continue;
        }
        ASSERT_NE(number, 0U);
        EXPECT_EQ(index->moment(number - 1), moment(id % 2 == 0 ? "2024-05-01" : "2023"));
    }
}

}  // namespace
}  // namespace relief::vector
