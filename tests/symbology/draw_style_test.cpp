#include "tiler/symbology/draw_style.hpp"

#include "tests/symbology/drawn_style.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace relief::symbology {
namespace {

const canvas::Ink blue{0, 0, 255, 255};
const canvas::Ink red{255, 0, 0, 255};
const canvas::Ink nothing{};

TEST(DrawStyle, FloodsABackground) {
    MadeData data;
    const auto style =
        layers_of(R"({"id": "b", "type": "background", "paint": {"background-color": "blue"}})");

    const auto surface = drawn(style, data);

    EXPECT_EQ(pixel(surface, 0, 0), blue);
    EXPECT_EQ(pixel(surface, 511, 511), blue);
}

TEST(DrawStyle, FillsAreasFeatureByFeature) {
    MadeData data;
    data.add(GeometryKind::area, {{10, 10}, {30, 10}, {30, 30}, {10, 30}}, 1);
    data.add(GeometryKind::area, {{30, 10}, {50, 10}, {50, 30}, {30, 30}}, 2);
    const auto style = layers_of(R"({"id": "f", "type": "fill", "source": "s", "paint":
        {"fill-color": ["case", ["==", ["get", "n"], 1], "red", "blue"]}})");

    const auto surface = drawn(style, data);

    EXPECT_EQ(pixel(surface, 20, 20), red);
    EXPECT_EQ(pixel(surface, 40, 20), blue);
    EXPECT_EQ(pixel(surface, 9, 20), nothing);
    EXPECT_EQ(painted(surface), 2 * 20 * 20);
}

TEST(DrawStyle, LetsNothingThroughBetweenNeighbours) {
    MadeData data;
    data.add(GeometryKind::area, {{10, 10}, {31, 11}, {29, 30}, {10, 30}});
    data.add(GeometryKind::area, {{31, 11}, {50, 10}, {50, 30}, {29, 30}}, 1);
    for (const char* const opacity : {"1", "0.5"}) {
        const auto style = layers_of(
            R"({"id": "f", "type": "fill", "source": "s", "paint": {"fill-color":
            ["case", ["==", ["get", "n"], 1], "#0000ff", "#0000fe"], "fill-opacity": )" +
            std::string(opacity) + "}}");

        const auto surface = drawn(style, data);

        for (int x = 15; x < 45; ++x)
            EXPECT_NEAR(pixel(surface, x, 20)[3], std::round(255 * std::stod(opacity)), 1) << x;
    }
}

TEST(DrawStyle, PassesOverWhatTheFilterLeavesOut) {
    MadeData data;
    data.add(GeometryKind::area, {{10, 10}, {30, 10}, {30, 30}, {10, 30}}, 1);
    data.add(GeometryKind::area, {{50, 10}, {60, 10}, {60, 20}, {50, 20}}, 2);
    const auto style = layers_of(
        R"({"id": "f", "type": "fill", "source": "s", "filter": [">", ["get", "n"], 1]})");

    EXPECT_EQ(painted(drawn(style, data)), 100);
}

TEST(DrawStyle, DrawsLinesAsWideAsTheyAre) {
    MadeData data;
    data.add(GeometryKind::line, {{100, 100}, {200, 100}});
    const auto line = [&](const std::string& more) {
        return painted(drawn(layers_of(R"({"id": "l", "type": "line", "source": "s", "paint":
            {"line-width": 6)" + more + "}}"),
                             data));
    };

    EXPECT_EQ(line(""), 600);
    EXPECT_EQ(line(R"(, "line-gap-width": 4)"), 1200);
    EXPECT_EQ(line(R"(, "line-translate": [0, 50])"), 600);
    // Dashes of 12, gaps of 6 pixels: six dashes, the last one of 10.
    EXPECT_NEAR(line(R"(, "line-dasharray": [2, 1])"), 6 * (5 * 12 + 10), 6);
}

TEST(DrawStyle, ChangesAColourAlongALine) {
    MadeData data;
    data.add(GeometryKind::line, {{100, 100}, {300, 100}});
    auto style = stylesheet::read_style(R"({"version": 8, "sources": {"s": {"type": "geojson",
        "lineMetrics": true, "data": {"type": "FeatureCollection", "features": []}}}, "layers":
        [{"id": "l", "type": "line", "source": "s", "paint": {"line-width": 10, "line-gradient":
        ["interpolate", ["linear"], ["line-progress"], 0, "red", 1, "blue"]}}]})");

    const auto surface = drawn(style, data);

    EXPECT_GT(pixel(surface, 102, 100)[0], 245);
    EXPECT_NEAR(pixel(surface, 200, 100)[0], 128, 3);
    EXPECT_GT(pixel(surface, 298, 100)[2], 245);
}

TEST(DrawStyle, DrawsACircleOnEachPoint) {
    MadeData data;
    data.add(GeometryKind::point, {{100, 100}, {200, 100}});
    const auto style = layers_of(R"({"id": "c", "type": "circle", "source": "s", "paint":
        {"circle-color": "red", "circle-radius": 10}})");

    const auto surface = drawn(style, data);

    EXPECT_EQ(pixel(surface, 200, 100), red);
    // Edges fade inwards: a little less than 2 π 100.
    EXPECT_NEAR(painted(surface), 2 * 3.14159 * 9.5 * 9.5, 20);
}

TEST(DrawStyle, ChangesTheColoursOfARaster) {
    MadeData data;
    data.image = canvas::Surface({1, 1}, {255, 0, 0, 255});
    const auto raster = [&](const std::string& paint) {
        return pixel(drawn(layers_of(R"({"id": "r", "type": "raster", "source": "s", "paint": {)" +
                                         paint + "}}",
                                     "raster"),
                           data),
                     256,
                     256);
    };

    EXPECT_EQ(raster(""), red);
    EXPECT_EQ(raster(R"("raster-saturation": -1)"), (canvas::Ink{85, 85, 85, 255}));
    EXPECT_EQ(raster(R"("raster-hue-rotate": 120)"), (canvas::Ink{0, 255, 0, 255}));
    EXPECT_EQ(raster(R"("raster-brightness-min": 0.4)")[1], 102);
    EXPECT_EQ(raster(R"("raster-opacity": 0.5)")[3], 128);
}

TEST(DrawStyle, HeatsUpWherePointsLieClose) {
    MadeData data;
    data.add(GeometryKind::point, {{100, 100}});
    for (int i = 0; i < 10; ++i) data.add(GeometryKind::point, {{300, 100}});
    const auto style = layers_of(R"({"id": "h", "type": "heatmap", "source": "s", "paint":
        {"heatmap-color": ["interpolate", ["linear"], ["heatmap-density"], 0, "transparent",
        1, "red"]
}
})");

    const auto surface = drawn(style, data);

    // One point reaches 1 / √(2π) of the whole.
    EXPECT_NEAR(pixel(surface, 100, 100)[3], 255 * 0.399, 6);
    EXPECT_EQ(pixel(surface, 300, 100)[3], 255);
    EXPECT_EQ(pixel(surface, 200, 200)[3], 0);
}

TEST(DrawStyle, ShadesASlopeThatTurnsFromTheLight) {
    MadeData data;
    const auto shade = [&](float by) {
        for (std::size_t i = 0; i < 9; ++i) data.height.metres[i] = by * static_cast<float>(i % 3);
        return pixel(drawn(layers_of(R"({"id": "h", "type": "hillshade", "source": "s", "paint":
            {"hillshade-illumination-direction": 270}})",
                                     "raster-dem"),
                           data),
                     256,
                     256);
    };

    const auto lit = shade(1e6F);  // rises to the east: looks west, to the light
    const auto dark = shade(-1e6F);

    EXPECT_GT(lit[0], 128);
    EXPECT_LT(dark[0], 64);
    EXPECT_EQ(shade(0)[3], 0);
}

TEST(DrawStyle, ColoursHeights) {
    MadeData data;
    std::fill(data.height.metres.begin(), data.height.metres.end(), 50.0F);
    const auto style = layers_of(R"({"id": "c", "type": "color-relief", "source": "s", "paint":
        {"color-relief-color": ["interpolate", ["linear"], ["elevation"], 0, "black", 100, "red"]}})",
                                 "raster-dem");

    EXPECT_NEAR(pixel(drawn(style, data), 10, 500)[0], 128, 1);
}

TEST(DrawStyle, DrawsOnlyBetweenALayersZooms) {
    MadeData data;
    const auto style = layers_of(
        R"({"id": "a", "type": "background", "minzoom": 1},
           {"id": "b", "type": "background", "maxzoom": 0})");

    EXPECT_EQ(painted(drawn(style, data)), 0);
}

/// Two squares; what they share is of the second.
void add_two_buildings(MadeData& data) {
    data.add(GeometryKind::area, {{100, 100}, {300, 100}, {300, 300}, {100, 300}}, 30);
    data.add(GeometryKind::area, {{200, 200}, {400, 200}, {400, 400}, {200, 400}}, 10);
}

/// Red above 20 metres, blue below.
std::string buildings(const std::string& paint) {
    return R"({"id": "b", "type": "fill-extrusion", "source": "s", "paint": {
        "fill-extrusion-height": ["get", "n"],
        "fill-extrusion-color": ["case", [">", ["get", "n"], 20], "#ff0000", "#0000ff"])" +
           paint + "}}";
}

TEST(DrawStyle, ShowsTheHigherOfTwoRoofs) {
    MadeData data;
    add_two_buildings(data);

    const auto surface = drawn(layers_of(buildings("")), data);

    // By MapLibre's shader in its usual light: (1 + 0.03) × 1.284 is held at 1, 0.03 × 1.284 × 255
    // is 9.8, of the darker blue 0.03 × 1.4242 × 255 is 10.9.
    EXPECT_EQ(pixel(surface, 150, 150), (canvas::Ink{255, 10, 10, 255}));
    EXPECT_EQ(pixel(surface, 250, 250), (canvas::Ink{255, 10, 10, 255}));
    EXPECT_EQ(pixel(surface, 350, 350), (canvas::Ink{11, 11, 255, 255}));
    EXPECT_EQ(pixel(surface, 50, 50), (canvas::Ink{0, 0, 0, 0}));
}

TEST(DrawStyle, MakesRoofsTransparentTogether) {
    MadeData data;
    add_two_buildings(data);

    const auto surface = drawn(layers_of(buildings(R"(, "fill-extrusion-opacity": 0.4)")), data);

    EXPECT_EQ(pixel(surface, 150, 150)[3], 102);
    EXPECT_EQ(pixel(surface, 250, 250), pixel(surface, 150, 150)) << "no roof through a roof";
    EXPECT_EQ(painted(drawn(layers_of(buildings(R"(, "fill-extrusion-opacity": 0)")), data)), 0);
}

TEST(DrawStyle, MovesRoofsAndPaintsThemWithPatterns) {
    MadeData data;
    add_two_buildings(data);
    data.named.image.pixels.flood({0, 200, 0, 255});

    const auto moved =
        drawn(layers_of(buildings(R"(, "fill-extrusion-translate": [-80, 0])")), data);
    const auto pattern = drawn(layers_of(buildings(R"(, "fill-extrusion-pattern": "mark")")), data);

    EXPECT_EQ(pixel(moved, 50, 150)[3], 255);
    EXPECT_EQ(pixel(moved, 390, 390)[3], 0);
    EXPECT_EQ(pixel(pattern, 150, 150), (canvas::Ink{0, 200, 0, 255}));
}

TEST(DrawStyle, LightsRoofsAsTheStyleSays) {
    MadeData data;
    add_two_buildings(data);
    const auto lit = [&](const std::string& light) {
        auto style = stylesheet::read_style(R"({"version": 8, "light": )" + light +
                                            R"(, "sources": {"s": {"type": "geojson", "data":
               {"type": "FeatureCollection", "features": []}}}, "layers": [)" +
                                            buildings("") + "]}");
        EXPECT_FALSE(style.has_errors());
        return pixel(drawn(style, data), 150, 150);
    };

    // From below the horizon 1 - 0.5 of the colour is left; red light takes green and blue from it.
    EXPECT_EQ(lit(R"({"position": [1, 0, 180]})"), (canvas::Ink{131, 4, 4, 255}));
    EXPECT_EQ(lit(R"({"color": "#ff0000", "intensity": 0})"), (canvas::Ink{255, 77, 77, 255}));
}

TEST(DrawStyle, StopsWhenItsTimeIsUp) {
    MadeData data;
    const auto style = layers_of(R"({"id": "b", "type": "background"})");
    const View view{{0.5, 0.5}, 0, 0, {16, 16}, 1};

    const auto surface = draw_style(*style.document, view, data, Deadline(Deadline::Clock::now()));

    ASSERT_FALSE(surface);
    EXPECT_EQ(surface.error().fault, Fault::out_of_time);
}

}  // namespace
}  // namespace relief::symbology
