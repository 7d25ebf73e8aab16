#include "tiler/vector/value_table.hpp"

#include <gtest/gtest.h>

#include <string>

namespace relief::vector {
namespace {

TEST(ValueTable, HasEachValueOnce) {
    ValueTable values;

    const auto one = values.number(std::int64_t{1});
    const auto text = values.number(std::string("1"));
    EXPECT_NE(one, text);
    EXPECT_EQ(values.number(std::int64_t{1}), one);
    EXPECT_EQ(values.size(), 2U);
}

TEST(ValueTable, PutsItsValuesInTheOrderOfTheRows) {
    ValueTable values;
    const auto far = values.number(std::string("far"));
    const auto both = values.number(true);
    const auto near = values.number(2.5);
    std::vector<std::uint32_t> rows{near, both, 0, both, far, both};

    values.put_in_order_of(rows);

    EXPECT_EQ(rows, (std::vector<std::uint32_t>{1, 2, 0, 2, 3, 2}));
    EXPECT_EQ(values.value(1), AttributeValue(2.5));
    EXPECT_EQ(values.value(2), AttributeValue(true));
    EXPECT_EQ(values.value(3), AttributeValue(std::string("far")));
    EXPECT_EQ(values.ends().size(), 3U);
    // A number and its type, a truth and its type, a text and its type.
    EXPECT_EQ(values.bytes().size(), 9U + 2U + 4U);
}

}  // namespace
}  // namespace relief::vector
