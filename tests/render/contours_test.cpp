#include "tiler/render/contours.hpp"

#include "tests/render/surfaces.hpp"

#include <algorithm>
#include <limits>
#include <numbers>
#include <optional>
#include <string>

namespace relief::render {
namespace {

constexpr double hole = std::numeric_limits<double>::quiet_NaN();
const ContourRules plain{.interval = 10, .major = 0, .thin = 1, .thick = 1.8};

ContourCoverage lines_of(const Surface& surface, const ContourRules& rules) {
    return contour_lines(surface, line_numbers(surface, rules.interval), rules);
}

/// Where the coverage of a row lies: its centre of gravity. Units: pixels from the left edge.
std::optional<double> centre_of_row(const std::vector<std::uint8_t>& coverage, int width, int row) {
    double sum = 0;
    double moment = 0;
    for (int column = 0; column < width; ++column) {
        const double level = coverage[static_cast<std::size_t>(row * width + column)];
        sum += level;
        moment += level * (column + 0.5);
    }
    if (sum == 0) return std::nullopt;
    return moment / sum;
}

TEST(ContourLines, LieWhereTheHeightIsTheLevelToAFractionOfAPixel) {
    // Pixel centres at x + 0.5: the height is 10 at 4.3 from the left edge.
    const auto surface =
        surface_like({9, 5}, 2, [](int x, int) { return 10 + 0.7 * (x + 0.5 - 4.3); });

    const auto lines = lines_of(surface, plain);

    for (int row = 0; row < 5; ++row) {
        const auto centre = centre_of_row(lines.thin, 9, row);
        ASSERT_TRUE(centre);
        EXPECT_NEAR(*centre, 4.3, 0.01);
    }
}

TEST(ContourLines, AreAsWideAsAsked) {
    const auto surface = surface_like({9, 1}, 3, [](int x, int) { return 10 + 0.5 * (x - 4); });
    for (const double width : {1.0, 2.0, 3.0}) {
        auto rules = plain;
        rules.thin = width;
        const auto lines = lines_of(surface, rules);
        double sum = 0;
        for (const auto level : lines.thin) sum += level / 255.0;
        EXPECT_NEAR(sum, width, 0.02);
    }
}

TEST(ContourLines, OfEveryFewNumbersAreThick) {
    const auto surface = surface_like({25, 3}, 2, [](int x, int) { return 2.0 * x + 1; });
    auto rules = plain;
    rules.major = 2;

    const auto lines = lines_of(surface, rules);

    const auto row = [&](const std::vector<std::uint8_t>& coverage, int column) {
        return coverage[static_cast<std::size_t>(25 + column)];
    };
    EXPECT_GT(row(lines.thin, 4) + row(lines.thin, 5), 0) << "10 m";
    EXPECT_EQ(row(lines.thick, 4) + row(lines.thick, 5), 0);
    EXPECT_GT(row(lines.thick, 9), 0) << "20 m";
    EXPECT_EQ(row(lines.thin, 9) + row(lines.thin, 10), 0);
}

TEST(ContourLines, AreNotDrawnWhereAHeightIsMissing) {
    const auto surface =
        surface_like({6, 6}, 2, [](int x, int y) { return y < 3 ? hole : 10.0 * x + 5; });

    const auto lines = lines_of(surface, plain);

    for (std::size_t i = 0; i < 6; ++i) EXPECT_EQ(lines.thin[i], 0);
    EXPECT_GT(*std::max_element(lines.thin.begin(), lines.thin.end()), 100);
}

TEST(ContourLines, OfFlatGroundAtALevelAreNone) {
    const auto lines = lines_of(surface_like({6, 6}, 2, [](int, int) { return 10.0; }), plain);

    EXPECT_EQ(*std::max_element(lines.thin.begin(), lines.thin.end()), 0);
}

TEST(ContourLines, CloserThanPixelsBecomeAnArea) {
    const auto lines =
        lines_of(surface_like({6, 6}, 2, [](int x, int y) { return 1e5 * x + 3e4 * y; }), plain);

    EXPECT_EQ(*std::min_element(lines.thin.begin(), lines.thin.end()), 255);
}

TEST(ContourLines, OfASaddleJoinWhatTheMiddleSays) {
    // High in two opposite corners; the mean is above 10 in the one, below in the other.
    const auto high = surface_like({2, 2}, 0, [](int x, int y) { return x == y ? 19.0 : 8.0; });
    const auto low = surface_like({2, 2}, 0, [](int x, int y) { return x == y ? 12.0 : 0.0; });

    // Beside the low corners only, or beside the high corners only.
    const auto of_high = lines_of(high, plain).thin;
    const auto of_low = lines_of(low, plain).thin;

    EXPECT_GT(of_high[1], of_high[0]);
    EXPECT_GT(of_low[0], of_low[1]);
}

TEST(ContourLines, MeetAtTheEdgeOfTwoPictures) {
    const auto hills = [](int x, int y) {
        return 40 * std::sin(x * 0.21) + 35 * std::cos(y * 0.17 + x * 0.05);
    };
    const int margin = contour_margin(plain);
    const auto whole = lines_of(surface_like({32, 16}, margin, hills), plain);
    const auto east = lines_of(
        surface_like({16, 16}, margin, [&](int x, int y) { return hills(x + 16, y); }), plain);

    for (std::size_t row = 0; row < 16; ++row)
        for (std::size_t column = 0; column < 16; ++column)
            ASSERT_EQ(whole.thin[row * 32 + 16 + column], east.thin[row * 16 + column])
                << column << ',' << row;
}

TEST(ContourLabels, AreWrittenAsPlainNumbers) {
    EXPECT_EQ(label_of(25, 50), "1250");
    EXPECT_EQ(label_of(3, 0.1), "0.3");
    EXPECT_EQ(label_of(-2, 10), "-20");
    EXPECT_EQ(label_of(0, 20), "0");
    EXPECT_EQ(label_of(100000, 1), "100000");
}

LabelRules label_rules(WorldPixel origin) {
    LabelRules rules;
    rules.lines = {.interval = 10, .major = 2, .thin = 1, .thick = 1.8};
    rules.origin = origin;
    return rules;
}

std::vector<ContourLabel> labels_of(const Surface& surface, const LabelRules& rules) {
    return place_labels(surface, line_numbers(surface, rules.lines.interval), rules);
}

TEST(ContourLabels, StandOnceInEachWholeCellAndAlongTheLine) {
    const auto slope = [](int x, int) { return 0.5 * x; };  // a thick line every 40 pixels

    const auto labels = labels_of(surface_like({256, 128}, 4, slope), label_rules({0, 0}));

    ASSERT_EQ(labels.size(), 2U);
    for (const auto& label : labels) {
        EXPECT_EQ(label.number % 2, 0);
        EXPECT_NEAR(label.column, label.number * 20, 1);
        EXPECT_NEAR(std::abs(label.angle), std::numbers::pi / 2, 1e-6);
    }
    EXPECT_LT(labels[0].column, 128);
    EXPECT_GE(labels[1].column, 128);
}

TEST(ContourLabels, AreTheSameInEveryPictureThatShowsTheirCell) {
    const auto hills = [](int x, int y) {
        return 60 * std::sin(x * 0.011) + 50 * std::cos(y * 0.013 + x * 0.004);
    };
    const auto whole =
        labels_of(surface_like({512, 256}, 4, hills), label_rules({.column = 1024, .row = 768}));
    auto east =
        labels_of(surface_like({256, 256}, 4, [&](int x, int y) { return hills(x + 256, y); }),
                  label_rules({.column = 1280, .row = 768}));

    ASSERT_FALSE(east.empty());
    for (const auto& label : east) {
        const bool found = std::any_of(whole.begin(), whole.end(), [&](const auto& other) {
            return other.column == label.column + 256 && other.row == label.row &&
                   other.angle == label.angle && other.number == label.number;
        });
        EXPECT_TRUE(found) << label.column << ',' << label.row;
    }
}

TEST(ContourLabels, AreNotPutIntoCellsThatThePictureCuts) {
    const auto slope = [](int x, int) { return 0.5 * x; };

    EXPECT_TRUE(labels_of(surface_like({127, 127}, 4, slope), label_rules({0, 0})).empty());
    EXPECT_TRUE(labels_of(surface_like({190, 190}, 4, slope), label_rules({64, 64})).empty());
}

TEST(Contours, AreClearBetweenTheLinesAndEmptyOnFlatGround) {
    ContourOrder order;
    order.rules = label_rules({0, 0});
    const auto slope = surface_like({16, 16}, 4, [](int x, int) { return 2.0 * x + 1; });
    const auto flat = surface_like({16, 16}, 4, [](int, int) { return 3.0; });

    const auto picture = contours(slope, order);

    EXPECT_FALSE(picture.empty);
    const auto& values = std::get<RgbaPixels>(picture.pixels).values;
    EXPECT_EQ(values[4 * 2 + 3], 0) << "the third pixel lies between lines";
    EXPECT_TRUE(contours(flat, order).empty);
}

TEST(Contours, HaveTheirHeightsWrittenOnThem) {
    const auto fonts = text::Fonts::open();
    ASSERT_TRUE(fonts);
    ContourOrder order;
    order.rules = label_rules({0, 0});
    const auto slope = surface_like({128, 128}, 4, [](int x, int y) { return 0.4 * x + 0.2 * y; });

    const auto bare = contours(slope, order);
    order.fonts = &*fonts;
    const auto labelled = contours(slope, order);

    EXPECT_NE(std::get<RgbaPixels>(bare.pixels).values,
              std::get<RgbaPixels>(labelled.pixels).values);
}

}  // namespace
}  // namespace relief::render
