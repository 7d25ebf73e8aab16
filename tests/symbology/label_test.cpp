// Words of several fonts and sizes, pictures among them, rows and columns.

#include "tiler/symbology/label.hpp"

#include "tests/symbology/drawn_style.hpp"
#include "tiler/symbology/line_breaks.hpp"
#include "tiler/symbology/placed_boxes.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

namespace relief::symbology {
namespace {

class Labels : public testing::Test {
protected:
    void SetUp() override {
        ASSERT_NE(data_.fonts(), nullptr)
            << "no fonts on this machine: docker/packages.txt lists them";
    }
    Label label_of(std::vector<LabelPart> parts, const LabelForm& form = {}) {
        return set_label(*data_.fonts(), parts, form, {});
    }
    Label label_of(std::string words, const LabelForm& form = {}) {
        return label_of({LabelPart{.text = std::move(words)}}, form);
    }
    /// Of one symbol in the middle of the picture.
    canvas::Surface with_text(const std::string& layout, const std::string& paint = "") {
        data_.add(GeometryKind::point, {{256, 256}});
        return drawn_with(layout, paint);
    }
    canvas::Surface drawn_with(const std::string& layout, const std::string& paint = "") {
        return drawn(layers_of(R"({"id": "s", "type": "symbol", "source": "s", "layout": {)" +
                               layout + R"(}, "paint": {)" + paint + "}}"),
                     data_);
    }
    MadeData data_;
};

/// Around the pixels of which the test is true.
template <typename Test>
Box box_of(const canvas::Surface& surface, const Test& test) {
    Box box{{1e9F, 1e9F}, {-1e9F, -1e9F}};
    for (int y = 0; y < surface.size().height; ++y)
        for (int x = 0; x < surface.size().width; ++x) {
            if (!test(pixel(surface, x, y))) continue;
            const canvas::Point at{static_cast<float>(x), static_cast<float>(y)};
            box.low = {std::min(box.low.x, at.x), std::min(box.low.y, at.y)};
            box.high = {std::max(box.high.x, at.x), std::max(box.high.y, at.y)};
        }
    return box;
}

bool is_red(canvas::Ink ink) {
    return ink[3] > 128 && ink[0] > 128 && ink[2] < 100;
}
bool is_blue(canvas::Ink ink) {
    return ink[3] > 128 && ink[2] > 128 && ink[0] < 100;
}
bool is_drawn(canvas::Ink ink) {
    return ink[3] > 128;
}

TEST_F(Labels, BreakWordsIntoLinesOfEqualLength) {
    const LabelForm narrow{.max_width = 5};

    const Label one = label_of("Test Test Test Test", {.max_width = 20});
    const Label two = label_of("Test Test Test Test", narrow);
    const Label stated = label_of("a\nb\nc");

    EXPECT_NEAR(one.high.y - one.low.y, 1.2, 1e-5);
    EXPECT_NEAR(two.high.y - two.low.y, 2.4, 1e-5);
    EXPECT_LT(two.high.x - two.low.x, 0.6 * (one.high.x - one.low.x));
    EXPECT_NEAR(stated.high.y - stated.low.y, 3.6, 1e-5);
}

TEST_F(Labels, SpaceLettersOutBetweenThemOnly) {
    const Label close = label_of("Test");
    const Label wide = label_of("Test", {.letter_spacing = 0.5F});

    EXPECT_NEAR((wide.high.x - wide.low.x) - (close.high.x - close.low.x), 3 * 0.5, 1e-5);
    ASSERT_EQ(wide.glyphs.size(), 4U);
    EXPECT_EQ(wide.glyphs[0].width, close.glyphs[0].width);
}

TEST_F(Labels, BreakWordsBehindHyphensAndSlashes) {
    const auto lines = [&](const char* words) {
        const Label label = label_of(words, {.max_width = 4});
        return std::lround((label.high.y - label.low.y) / 1.2F);
    };

    EXPECT_EQ(lines("hochwasser"), 1) << "nowhere to break";
    EXPECT_EQ(lines("hoch-wasser"), 2);
    EXPECT_EQ(lines("hoch/wasser"), 2);
}

TEST_F(Labels, SetLargerWordsOnTheSameBaselineInAHigherLine) {
    const Label plain = label_of("HH");
    const Label mixed = label_of({{.text = "H"}, {.text = "H", .scale = 2}});

    ASSERT_EQ(mixed.glyphs.size(), 2U);
    EXPECT_NEAR(mixed.high.y - mixed.low.y, 2.4, 1e-5);
    EXPECT_NEAR((mixed.high.x - mixed.low.x) / (plain.high.x - plain.low.x), 1.5, 1e-4);
    EXPECT_NEAR(mixed.glyphs[0].middle.y, mixed.glyphs[1].middle.y, 0.1);
    EXPECT_FLOAT_EQ(mixed.glyphs[1].width, 2 * mixed.glyphs[0].width);
}

TEST_F(Labels, HangSmallerWordsFromTheTopWhereAskedFor) {
    const Label low = label_of({{.text = "H"}, {.text = "H", .scale = 0.5F}});
    const Label high = label_of({{.text = "H"}, {.text = "H", .scale = 0.5F, .drop = 0}});

    EXPECT_NEAR(low.glyphs[1].middle.y - high.glyphs[1].middle.y, 0.5, 1e-5);
}

TEST_F(Labels, BreakAcrossPartsButNotWithinAWordOfTwo) {
    const auto lines = [&](std::vector<LabelPart> parts) {
        const Label label = label_of(std::move(parts), {.max_width = 3});
        return std::lround((label.high.y - label.low.y) / 1.2F);
    };

    EXPECT_EQ(lines({{.text = "hoch"}, {.text = "wasser"}}), 1);
    EXPECT_EQ(lines({{.text = "hoch "}, {.text = "wasser"}}), 2);
}

TEST_F(Labels, LeaveRoomForAPictureAmongWords) {
    const Label label = label_of({{.text = "H"},
                                  {.text = std::string(picture_character), .picture = {2, 3}},
                                  {.text = "H"}});

    ASSERT_EQ(label.glyphs.size(), 3U);
    EXPECT_EQ(label.glyphs[1].outline, nullptr);
    EXPECT_FLOAT_EQ(label.glyphs[1].width, 2);
    EXPECT_NEAR(
        label.glyphs[2].middle.x - label.glyphs[0].middle.x, 2 + label.glyphs[0].width, 1e-4);
    EXPECT_NEAR(label.high.y - label.low.y, 1.2 + 2, 1e-4) << "it is two ems higher than the words";
}

TEST_F(Labels, GiveEachPartItsColour) {
    const auto surface = with_text(
        R"("text-size": 40, "text-field": ["format", "HH", {"text-color": "red"},
                                                     "HH", {"text-color": "blue"}])");

    const Box red = box_of(surface, is_red);
    const Box blue = box_of(surface, is_blue);
    EXPECT_LT(red.high.x, blue.low.x);
    EXPECT_NEAR(red.low.x + blue.high.x, 511, 3) << "the whole stands centred";
    EXPECT_NEAR(red.low.y, blue.low.y, 1);
}

TEST_F(Labels, OrderPartsAsTheirScriptRuns) {
    const auto surface = with_text(
        R"("text-size": 40, "text-field": ["format", "سلام", {"text-color": "red"},
                                                     " عليكم", {"text-color": "blue"}])");

    EXPECT_GT(box_of(surface, is_red).low.x, box_of(surface, is_blue).high.x);
}

TEST_F(Labels, ShowAPictureAmongWords) {
    data_.named.image.pixels = canvas::Surface({12, 20});
    data_.named.image.pixels.flood({255, 0, 0, 255});

    const auto surface = with_text(
        R"("text-size": 20,
           "text-field": ["format", "HH", ["image", "mark"], "HH", ["image", "none"]])",
        R"("text-color": "blue")");

    const Box mark = box_of(surface, is_red);
    EXPECT_NEAR(mark.high.x - mark.low.x, 11, 1);
    EXPECT_NEAR(mark.high.y - mark.low.y, 19, 1);
    const Box words = box_of(surface, is_blue);
    EXPECT_LT(words.low.x, mark.low.x);
    EXPECT_GT(words.high.x, mark.high.x);
    EXPECT_NEAR(words.high.y, mark.high.y, 3) << "it stands on the line";
}

TEST_F(Labels, RunDownwardsInScriptsThatDoSo) {
    const std::string column = R"("text-size": 30, "text-writing-mode": ["vertical"], )";

    const Box tower = box_of(with_text(column + R"("text-field": "東京")"), is_drawn);
    data_.tile = {};
    const Box latin = box_of(with_text(column + R"("text-field": "Tokyo")"), is_drawn);

    EXPECT_NEAR((tower.high.y - tower.low.y) / (tower.high.x - tower.low.x), 2, 0.3);
    EXPECT_GT(latin.high.x - latin.low.x, latin.high.y - latin.low.y);
    EXPECT_NEAR(tower.low.x + tower.high.x, 511, 6) << "centred on the point";
    EXPECT_NEAR(tower.low.y + tower.high.y, 511, 6);
}

TEST_F(Labels, ShowUprightLettersAsTheyAreAndTurnTheOthers) {
    const std::string column = R"("text-size": 60, "text-writing-mode": ["vertical"], )";

    // One: a stroke from left to right, however the line runs.
    const Box one = box_of(with_text(column + R"("text-field": "一")"), is_drawn);
    data_.tile = {};
    const Box both = box_of(with_text(column + R"("text-field": "一l")"), is_drawn);

    EXPECT_GT(one.high.x - one.low.x, 4 * (one.high.y - one.low.y));
    EXPECT_NEAR(both.high.x - both.low.x, one.high.x - one.low.x, 6)
        << "a Latin letter lies on its side in a column";
}

TEST_F(Labels, HaveTheFormsOfColumnsThere) {
    // The mark of a long vowel follows the line.
    const auto height_by_width = [&](bool column) {
        const Label label = label_of("アー", {.column = column});
        Box box{{1e9F, 1e9F}, {-1e9F, -1e9F}};
        for (const auto& at : label.glyphs.at(1).outline->points) {
            box.low = {std::min(box.low.x, at.x), std::min(box.low.y, at.y)};
            box.high = {std::max(box.high.x, at.x), std::max(box.high.y, at.y)};
        }
        return (box.high.y - box.low.y) / (box.high.x - box.low.x);
    };

    EXPECT_LT(height_by_width(false), 0.5);
    EXPECT_GT(height_by_width(true), 2);
}

TEST_F(Labels, StandUprightDownASteepLine) {
    const std::string along =
        R"("text-size": 30, "symbol-placement": "line-center", "text-field": "一一一")";
    data_.add(GeometryKind::line, {{256, 100}, {256, 400}});

    const Box down = box_of(drawn_with(along), is_drawn);
    data_.tile = {};
    data_.add(GeometryKind::line, {{256, 400}, {256, 100}});
    const Box up = box_of(drawn_with(along), is_drawn);

    EXPECT_GT(down.high.y - down.low.y, 60);
    EXPECT_NEAR(down.high.x - down.low.x, 27, 5) << "strokes from left to right";
    EXPECT_NEAR(up.high.x - up.low.x, 27, 5);
}

TEST_F(Labels, TakeTheNextAnchorWithItsOwnOffsetWhereThereIsNoRoom) {
    const std::string text = R"("text-size": 20, "text-field": "HH",
        "text-variable-anchor-offset": ["left", [2, 0], "right", [-3, 0]])";
    const Box free = box_of(with_text(text), is_drawn);
    data_.tile = {};
    data_.named.image.pixels = canvas::Surface({60, 60});
    data_.named.image.pixels.flood({255, 0, 0, 255});
    data_.add(GeometryKind::point, {{256, 256}});
    const auto surface = drawn(
        layers_of(R"({"id": "t", "type": "symbol", "source": "s", "layout": {)" + text + R"(}},
            {"id": "i", "type": "symbol", "source": "s", "layout":
                {"icon-image": "mark", "icon-offset": [60, 0]}})"),
        data_);
    const Box moved = box_of(surface, [](canvas::Ink ink) { return ink[3] > 128 && ink[0] < 100; });

    EXPECT_NEAR(free.low.x, 256 + 2 * 20, 4);
    EXPECT_NEAR(moved.high.x, 256 - 3 * 20, 4);
}

}  // namespace
}  // namespace relief::symbology
