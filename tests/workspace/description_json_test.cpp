#include "tiler/workspace/description_json.hpp"

#include "tests/workspace/example_layers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <limits>

namespace relief::workspace {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;

/// The example with one member replaced, at a JSON pointer.
Result<RasterDescription> with(const char* pointer, const json& value) {
    json object = json::parse(to_json(example_raster()));
    object[json::json_pointer(pointer)] = value;
    return raster_description_from_json(object.dump());
}

TEST(DescriptionJson, GivesBackEveryNumberExactly) {
    RasterDescription raster = example_raster();
    raster.transform = {0.1, 1.0 / 3, 1e-300, -0.0, 5e-324, -1.0 / 7};
    raster.bands[0].statistics->mean = std::nextafter(1.0, 2.0);
    raster.bands[0].statistics->counts = {0, std::numeric_limits<std::uint64_t>::max()};

    const std::string text = to_json(raster);
    const auto read = raster_description_from_json(text);

    ASSERT_TRUE(read) << read.error().what;
    EXPECT_EQ(read->transform, raster.transform);
    EXPECT_TRUE(std::signbit(read->transform[3]));
    EXPECT_EQ(read->bands[0].statistics->mean, raster.bands[0].statistics->mean);
    EXPECT_EQ(read->bands[0].statistics->counts, raster.bands[0].statistics->counts);
    EXPECT_EQ(read->bands[0].statistics->percentiles, raster.bands[0].statistics->percentiles);
    EXPECT_EQ(to_json(*read), text);
}

TEST(DescriptionJson, GivesBackEveryMember) {
    const RasterDescription raster = example_raster();

    const auto read = raster_description_from_json(to_json(raster));

    ASSERT_TRUE(read) << read.error().what;
    EXPECT_EQ(read->size, raster.size);
    EXPECT_EQ(read->crs, "EPSG:32636");
    EXPECT_EQ(read->crs_title, "WGS 84 / UTM zone 36N");
    EXPECT_EQ(read->palette, raster.palette);
    EXPECT_EQ(read->kind, RasterKind::mask);
    EXPECT_EQ(read->bounds, raster.bounds);
    EXPECT_EQ(read->minimum_zoom, 5U);
    EXPECT_EQ(read->maximum_zoom, 14U);
    EXPECT_EQ(read->block, raster.block);
    EXPECT_EQ(read->overviews, raster.overviews);
    EXPECT_TRUE(read->has_mask);
    EXPECT_EQ(read->driver, "GTiff");
    EXPECT_EQ(read->bands[0].type, ValueType::f32);
    EXPECT_EQ(read->bands[0].role, BandRole::grey);
    EXPECT_EQ(read->bands[0].unit, "m");
    EXPECT_TRUE(read->bands[0].statistics->approximate);
    EXPECT_FALSE(read->bands[1].nodata);
    EXPECT_FALSE(read->bands[1].statistics);
}

TEST(DescriptionJson, KeepsNodataThatIsNoNumber) {
    RasterDescription raster = example_raster();
    raster.bands[1].nodata = -std::numeric_limits<double>::infinity();

    const auto read = raster_description_from_json(to_json(raster));

    ASSERT_TRUE(read);
    EXPECT_TRUE(std::isnan(*read->bands[0].nodata));
    EXPECT_EQ(read->bands[1].nodata, -std::numeric_limits<double>::infinity());
    EXPECT_THAT(to_json(raster), HasSubstr(R"("nodata":"NaN")"));
}

TEST(DescriptionJson, ReplacesBytesThatAreNoText) {
    RasterDescription raster = example_raster();
    raster.bands[0].title = "H\xF6he";  // Latin-1, as old files have it

    const auto read = raster_description_from_json(to_json(raster));

    ASSERT_TRUE(read);
    EXPECT_EQ(read->bands[0].title, "H\xEF\xBF\xBDhe");
}

TEST(DescriptionJson, NamesAMissingMember) {
    const json whole = json::parse(to_json(example_raster()));
    for (const auto& [name, value] : whole.items()) {
        json object = whole;
        object.erase(name);

        const auto read = raster_description_from_json(object.dump());

        ASSERT_FALSE(read) << name;
        EXPECT_EQ(read.error().fault, Fault::source_broken);
        EXPECT_THAT(read.error().what, HasSubstr(name));
    }
}

TEST(DescriptionJson, RefusesAnyMemberOfTheWrongType) {
    const json whole = json::parse(to_json(example_raster())).flatten();
    for (const auto& [pointer, value] : whole.items()) {
        const json wrong = value.is_object() ? json(1) : json::object();
        EXPECT_FALSE(with(pointer.c_str(), wrong)) << pointer;
    }
}

TEST(DescriptionJson, RefusesValuesThatNoRasterHas) {
    EXPECT_FALSE(with("/size/0", 0));
    EXPECT_FALSE(with("/size/0", -1));
    EXPECT_FALSE(with("/size/0", 2147483648));
    EXPECT_FALSE(with("/size/1", 18446744073709551615U));
    EXPECT_FALSE(with("/size", json::array({1, 2, 3})));
    EXPECT_FALSE(with("/transform", json::array({0, 0, 0, 0, 0, 0})));
    EXPECT_FALSE(with("/transform/1", "NaN"));
    EXPECT_FALSE(with("/transform", json::array({1, 2})));
    EXPECT_FALSE(with("/bounds", json::array({-181, 0, 0, 1})));
    EXPECT_FALSE(with("/bounds", json::array({0, 10, 1, 5})));
    EXPECT_FALSE(with("/bounds/0", "NaN"));
    EXPECT_FALSE(with("/maximum_zoom", 25));
    EXPECT_FALSE(with("/maximum_zoom", 4));
    EXPECT_FALSE(with("/palette/0/0", 256));
    EXPECT_FALSE(with("/palette/0", json::array({1, 2, 3})));
    EXPECT_FALSE(with("/kind", "nice"));
    EXPECT_FALSE(with("/bands", json::array()));
    EXPECT_FALSE(with("/bands/0/type", "c64"));
    EXPECT_FALSE(with("/bands/0/scale", "Infinity"));
    EXPECT_FALSE(with("/bands/0/statistics/valid_percent", 101));
    EXPECT_FALSE(with("/bands/0/statistics/percentiles", json::array({1, 2})));
    EXPECT_FALSE(with("/bands/0/statistics/counts/0", -1));
    EXPECT_FALSE(with("/bands/0/statistics/histogram_low", "NaN"));
    EXPECT_FALSE(with("/bands/0/title", std::string(5000, 'x')));
    EXPECT_FALSE(with("/palette", json(std::vector<json>(257, json::array({0, 0, 0, 0})))));
}

TEST(DescriptionJson, RefusesWhatIsNoJsonObject) {
    std::string deep;
    for (int i = 0; i < 100'000; ++i) deep += "[";
    for (const std::string& text : {std::string(),
                                    std::string("null"),
                                    std::string("[]"),
                                    std::string("{"),
                                    std::string("\xFF\xFE"),
                                    deep}) {
        EXPECT_FALSE(raster_description_from_json(text)) << text.substr(0, 20);
    }
    EXPECT_FALSE(raster_description_from_json(std::string(std::size_t{17} << 20U, ' ')));
}

TEST(DescriptionJson, RefusesEveryTruncation) {
    const std::string text = to_json(example_raster());
    for (std::size_t length = 0; length < text.size(); length += 7) {
        EXPECT_FALSE(raster_description_from_json(text.substr(0, length)));
    }
}

}  // namespace
}  // namespace relief::workspace
