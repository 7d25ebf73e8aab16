#include "tiler/atlas/cluster.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <string>
#include <variant>

namespace relief::atlas {
namespace {

/// Points on the equator at longitudes in degrees.
WorldFeatures row_of_points(const std::vector<double>& longitudes) {
    nlohmann::json list = nlohmann::json::array();
    for (const double longitude : longitudes)
        list.push_back({{"type", "Feature"},
                        {"properties", {{"own", longitude}}},
                        {"geometry", {{"type", "Point"}, {"coordinates", {longitude, 0}}}}});
    auto read = world_features({{"type", "FeatureCollection"}, {"features", list}});
    EXPECT_TRUE(read);
    return std::move(*read);
}

std::vector<WorldFeatures> zooms_of(const WorldFeatures& world, const ClusterRule& rule) {
    auto zooms = clustered(world, rule);
    EXPECT_TRUE(zooms);
    return zooms ? std::move(*zooms) : std::vector<WorldFeatures>(rule.deepest + 1);
}

double count_of(const WorldFeatures& world, const WorldFeature& feature) {
    for (std::uint32_t i = feature.first_tag; i < feature.first_tag + feature.tags; i += 2)
        if (world.keys[world.tags[i]] == "point_count")
            return std::get<double>(world.values[world.tags[i + 1]]);
    return 0;
}

TEST(Clustered, JoinsWhatLiesWithinTheRadiusOfAZoom) {
    // At zoom 0 a style pixel is 360/512 degrees, at zoom 1 half of that.
    const auto world = row_of_points({0, 10, 100});

    const auto zooms = zooms_of(world, {.radius = 20, .deepest = 1});

    ASSERT_EQ(zooms.size(), 2U);
    ASSERT_EQ(zooms[0].features.size(), 2U);
    EXPECT_EQ(count_of(zooms[0], zooms[0].features[0]), 2);
    EXPECT_NEAR(zooms[0].points[0].x, 0.5 + 5 / 360.0, 1e-12);
    EXPECT_EQ(count_of(zooms[0], zooms[0].features[1]), 0);
    EXPECT_EQ(zooms[1].features.size(), 3U);
}

TEST(Clustered, LeavesTooFewByThemselves) {
    const auto zooms = zooms_of(row_of_points({0, 1}), {.radius = 50, .least_points = 3});

    EXPECT_EQ(zooms[0].features.size(), 2U);
}

TEST(Clustered, CountsEveryPointOnce) {
    std::vector<double> many;
    many.reserve(500);
    for (int i = 0; i < 500; ++i) many.push_back(-170 + i * 0.66);
    const auto zooms = zooms_of(row_of_points(many), {.radius = 40, .deepest = 6});

    for (const WorldFeatures& zoom : zooms) {
        double sum = 0;
        for (const WorldFeature& feature : zoom.features)
            sum += std::max(count_of(zoom, feature), 1.0);
        EXPECT_EQ(sum, 500);
    }
}

/// So many points at each of two places, a quarter of the world apart.
WorldFeatures two_heaps(std::size_t points) {
    std::vector<double> all(points, 0.0);
    all.resize(2 * points, 90.0);
    return row_of_points(all);
}

TEST(Clustered, RefuseToCompareEachPointWithThousands) {
    const auto refused =
        clustered(two_heaps(6000), {.radius = 50, .deepest = 8, .least_points = 6001});

    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().fault, Fault::too_large);
    EXPECT_NE(refused.error().what.find("clusterMinPoints"), std::string::npos);
    const auto joined = zooms_of(two_heaps(6000), {.radius = 50, .deepest = 8});
    EXPECT_EQ(joined[8].features.size(), 2U);
}

TEST(Clustered, LeavePointsAloneThatAreTooFewAllTogether) {
    const auto zooms =
        zooms_of(two_heaps(6000), {.radius = 50, .deepest = 8, .least_points = 12001});

    EXPECT_EQ(zooms[0].features.size(), 12000U);
}

/// The value of a feature's property, as JSON.
nlohmann::json value_of(const WorldFeatures& world, const WorldFeature& feature, const char* name) {
    for (std::uint32_t i = feature.first_tag; i < feature.first_tag + feature.tags; i += 2)
        if (world.keys[world.tags[i]] == name)
            return std::visit([](const auto& value) { return nlohmann::json(value); },
                              world.values[world.tags[i + 1]]);
    return nullptr;
}

TEST(Clustered, PutPropertiesTogetherAtEveryZoom) {
    stylesheet::ProblemList problems;
    const auto rules =
        stylesheet::read_feature_rules(nlohmann::json::parse(R"({"clusterProperties": {
            "sum": ["+", ["get", "own"]],
            "most": ["max", ["get", "own"]],
            "any": ["any", [">", ["get", "own"], 10]],
            "words": [["concat", ["accumulated"], "|", ["get", "words"]],
                      ["to-string", ["get", "own"]]],
            "missing": ["+", ["get", "none"]]}})"),
                                       {},
                                       problems);
    ASSERT_TRUE(problems.problems().empty());
    ASSERT_EQ(rules.cluster_properties.size(), 5U);

    const auto zooms =
        zooms_of(row_of_points({0, 6, 12, 100}),
                 {.radius = 20, .deepest = 1, .properties = rules.cluster_properties});

    // At zoom 1 only neighbours meet; at zoom 0 what met there meets the third.
    const WorldFeature& all = zooms[0].features[0];
    ASSERT_EQ(count_of(zooms[0], all), 3);
    EXPECT_EQ(value_of(zooms[0], all, "sum"), 18);
    EXPECT_EQ(value_of(zooms[0], all, "most"), 12);
    EXPECT_EQ(value_of(zooms[0], all, "any"), true);
    EXPECT_EQ(value_of(zooms[0], all, "missing"), nullptr);
    const auto words = value_of(zooms[0], all, "words").get<std::string>();
    EXPECT_EQ(words.size(), std::string("0|6|12").size()) << words;
    const WorldFeature& alone = zooms[0].features[1];
    EXPECT_EQ(value_of(zooms[0], alone, "own"), 100);
    EXPECT_EQ(value_of(zooms[0], alone, "sum"), nullptr) << "it is no cluster";
}

TEST(Clustered, SayWhatIsWrongWithAProperty) {
    const auto problems_of = [](const char* source) {
        stylesheet::ProblemList problems;
        stylesheet::read_feature_rules(nlohmann::json::parse(source), {}, problems);
        return problems.problems();
    };

    EXPECT_EQ(problems_of(R"({"clusterProperties": {"a": ["+"]}})").size(), 1U);
    EXPECT_EQ(problems_of(R"({"clusterProperties": {"a": ["none", ["get", "b"]]}})").size(), 1U);
    EXPECT_EQ(problems_of(R"({"clusterProperties": 1})").size(), 1U);
    EXPECT_EQ(problems_of(R"({"filter": ["none-such", 1]})").size(), 1U);
}

}  // namespace
}  // namespace relief::atlas
