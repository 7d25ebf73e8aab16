#include "server/service/legend_samples.hpp"

#include "tests/service/workroom.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tiler/core/version.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <cstdlib>
#include <string>
#include <vector>

namespace relief::service {
namespace {

class LegendSamples : public ::testing::Test {
protected:
    static VisibleStyle sampled_style(const std::string& layers) {
        auto style = read_served_style(
            "s",
            R"({"version":8,"sprite":"/styles/s/sprite","sources":{"v":{"type":"vector","url":"relief://v"}},"layers":[)" +
                layers + "]}");
        EXPECT_TRUE(style) << style.error().what;
        VisibleStyle visible;
        visible.text = style->text;
        visible.document = style->document;
        visible.version = fingerprint(style->text);
        return visible;
    }
    style::Legend drawn(const std::string& layers) {
        const auto sprite = sprites_.get({1, false});
        EXPECT_TRUE(sprite);
        const VisibleStyle style = sampled_style(layers);
        auto legend = legend_of_style(
            style,
            "Title",
            icon_sizes({reinterpret_cast<const char*>((*sprite)->data()), (*sprite)->size()}));
        const auto done = draw_samples(legend, style, drawing_, Deadline());
        EXPECT_TRUE(done) << done.error().what;
        return std::move(legend.legend);
    }
    static std::vector<std::uint8_t> pixels_of(const style::LegendEntry& entry) {
        EXPECT_NE(entry.sample, nullptr) << entry.label;
        if (entry.sample == nullptr) return {};
        return std::get<RgbaPixels>(entry.sample->picture.pixels).values;
    }
    /// How many pixels of a sample are of about the colour.
    static std::ptrdiff_t count(const style::LegendEntry& entry, const Colour& colour) {
        const auto bytes = pixels_of(entry);
        std::ptrdiff_t found = 0;
        for (std::size_t i = 0; i < bytes.size(); i += 4) {
            const auto near = [&](std::size_t k, std::uint8_t wanted) {
                return std::abs(bytes[i + k] - wanted) < 16;
            };
            if (near(0, colour.red) && near(1, colour.green) && near(2, colour.blue)) ++found;
        }
        return found;
    }

    testing::TemporaryFolder folder_;
    SpriteService sprites_{{folder_.path()}};
    pipeline::FeatureSources sources_{4};
    Workroom room_;
    StyleService drawing_{room_.service(),
                          DrawingRoom{room_.service().workshop(), sources_, {}, &sprites_},
                          nullptr,
                          room_.log()};
};

std::string sampled_layer(const std::string& type, const std::string& members) {
    return R"({"id":"a )" + type + R"(","source":"v","source-layer":"v","type":")" + type + "\"," +
           members + "}";
}

TEST_F(LegendSamples, ShowTheIconOfEachClass) {
    const auto legend = drawn(sampled_layer(
        "symbol",
        R"("layout":{"icon-image":["match",["get","k"],"a","camp-sdf","b","school-sdf","no-such"]},"paint":{"icon-color":"#ff0000"})"));

    ASSERT_EQ(legend.entries.size(), 3U);
    EXPECT_GT(count(legend.entries[0], {255, 0, 0}), 50);
    EXPECT_GT(count(legend.entries[1], {255, 0, 0}), 50);
    EXPECT_NE(pixels_of(legend.entries[0]), pixels_of(legend.entries[1]));
    EXPECT_EQ(legend.entries[2].sample, nullptr) << "nothing of it is drawn";
}

TEST_F(LegendSamples, AreTheSameInTheirAddressAsInTheirPixels) {
    const auto legend = drawn(sampled_layer("symbol", R"("layout":{"icon-image":"camp"})"));

    const auto& sample = legend.entries.at(0).sample;
    ASSERT_NE(sample, nullptr);
    EXPECT_EQ(sample->picture.size, (PixelSize{48, 36}));
    EXPECT_TRUE(sample->address.starts_with("data:image/png;base64,iVBORw0KGgo"));
    EXPECT_EQ(sample->address.substr(sample->address.find(',') + 1).size() % 4, 0U);
}

TEST_F(LegendSamples, ShowWordsInTheirColourAndHalo) {
    const auto legend = drawn(sampled_layer(
        "symbol",
        R"("layout":{"text-field":["get","name"]},"paint":{"text-color":"#0000ff","text-halo-color":"#ffff00","text-halo-width":2})"));

    EXPECT_GT(count(legend.entries.at(0), {0, 0, 255}), 10);
    EXPECT_GT(count(legend.entries.at(0), {255, 255, 0}), 10);
}

TEST_F(LegendSamples, ShowPatternsGapsAndRims) {
    const auto legend = drawn(
        sampled_layer("fill", R"("paint":{"fill-pattern":"hatch"})") + "," +
        sampled_layer("line",
                      R"("paint":{"line-color":"#00ff00","line-width":4,"line-dasharray":[1,1]})") +
        "," +
        sampled_layer(
            "circle",
            R"("paint":{"circle-color":"#ffffff","circle-stroke-width":2,"circle-stroke-color":["match",["get","k"],"a","#ff0000","#0000ff"]})"));

    ASSERT_EQ(legend.entries.size(), 4U);
    EXPECT_GT(count(legend.entries[0], {255, 0, 0}), 20) << "the rim";
    EXPECT_GT(count(legend.entries[0], {255, 255, 255}), 200) << "the disc and the plate";
    EXPECT_GT(count(legend.entries[1], {0, 0, 255}), 20);
    // 22 pixels of a line 4 wide, in twice the density, half of it gaps.
    EXPECT_NEAR(static_cast<double>(count(legend.entries[2], {0, 255, 0})), 22 * 2 * 8 / 2.0, 80);
    EXPECT_GT(count(legend.entries[3], {255, 255, 255}), 300) << "between the lines of the pattern";
    EXPECT_LT(count(legend.entries[3], {255, 255, 255}), 48 * 36 - 300);
}

TEST_F(LegendSamples, LieOnDarkWhereNothingButLightIsDrawn) {
    const auto legend = drawn(sampled_layer(
        "symbol", R"("layout":{"icon-image":"camp-sdf"},"paint":{"icon-color":"#ffffff"})"));

    EXPECT_GT(count(legend.entries.at(0), {58, 58, 58}), 300);
}

TEST_F(LegendSamples, OfPlainColoursAreNotDrawn) {
    const auto legend = drawn(sampled_layer("fill", R"("paint":{"fill-color":"#ff0000"})"));

    EXPECT_EQ(legend.entries.at(0).sample, nullptr);
}

}  // namespace
}  // namespace relief::service
