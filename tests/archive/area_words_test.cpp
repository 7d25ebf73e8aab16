// What people write behind --bbox and --zoom.

#include "tiler/archive/area_words.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace relief::archive {
namespace {

using ::testing::HasSubstr;

TEST(ParseBox, ReadsWestSouthEastNorth) {
    const auto box = parse_box(" 35.46, 33.87,35.53,33.93");

    ASSERT_TRUE(box);
    EXPECT_EQ(*box, (LonLatBox{35.46, 33.87, 35.53, 33.93}));
}

TEST(ParseBox, LetsTheWestLieBeyondTheEast) {
    const auto box = parse_box("178.5,-20,-178.5,-15");

    ASSERT_TRUE(box);
    EXPECT_EQ(*box, (LonLatBox{178.5, -20, -178.5, -15}));
}

TEST(ParseBox, NamesWhatItCannotTakeAndTheForm) {
    for (const char* text : {"1,2,3",
                             "1,2,3,4,5",
                             "a,2,3,4",
                             "1,,3,4",
                             "",
                             "1,2,1,4",
                             "1,4,3,2",
                             "1,2,3,2",
                             "181,2,3,4",
                             "1,-91,3,4",
                             "1,2,nan,4",
                             "1,2,3,1e999"}) {
        const auto box = parse_box(text);
        ASSERT_FALSE(box) << text;
        EXPECT_EQ(box.error().fault, Fault::bad_request);
        EXPECT_THAT(box.error().what, HasSubstr(text));
        EXPECT_THAT(box.error().what, HasSubstr("west,south,east,north"));
    }
}

TEST(ParseBox, ReadsWhatToTextWrites) {
    const LonLatBox box{-179.99999999, -85.0511287798066, 0.1, 1.0 / 3};

    const auto read = parse_box(to_text(box));

    ASSERT_TRUE(read);
    EXPECT_EQ(*read, box);
}

TEST(ParseZooms, ReadsARangeOrOneZoom) {
    EXPECT_EQ(*parse_zooms("8-14"), (ZoomRange{8, 14}));
    EXPECT_EQ(*parse_zooms("0-24"), (ZoomRange{0, 24}));
    EXPECT_EQ(*parse_zooms("7"), (ZoomRange{7, 7}));
}

TEST(ParseZooms, NamesWhatItCannotTakeAndTheForm) {
    for (const char* text : {"9-3", "x", "", "-", "3-", "-3", "8-25", "8-14-15", "8..14", "8.5"}) {
        const auto zooms = parse_zooms(text);
        ASSERT_FALSE(zooms) << text;
        EXPECT_THAT(zooms.error().what, HasSubstr(text));
        EXPECT_THAT(zooms.error().what, HasSubstr("from 0 to 24"));
    }
}

TEST(ParseZooms, SaysWhatIsWrongWithNumbers) {
    for (const char* text : {"30", "8-25", "8-99999999999"})
        EXPECT_THAT(parse_zooms(text).error().what, HasSubstr("is out of range")) << text;
    EXPECT_THAT(parse_zooms("9-3").error().what, HasSubstr("begins deeper than it ends"));
}

TEST(Boxes, AreSaidInSixDecimals) {
    EXPECT_EQ(in_words({106.68611111111111, -6.3719999999999999, 107, -0.0000000001}),
              "106.686111,-6.372,107,0");
}

}  // namespace
}  // namespace relief::archive
