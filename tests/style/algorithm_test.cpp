#include "tiler/style/algorithm.hpp"

#include "tiler/style/algorithm_legend.hpp"
#include "tiler/style/algorithm_request.hpp"
#include "tiler/style/colour_map.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <fstream>
#include <iterator>
#include <set>
#include <string>

namespace relief::style {
namespace {

AlgorithmCall called(std::string_view name, std::string_view parameters = {}) {
    const auto call = asked_algorithm({name, parameters});
    EXPECT_TRUE(call && *call) << name << ' ' << parameters;
    return call && *call ? **call : AlgorithmCall{};
}

std::string refused(std::string_view name, std::string_view parameters) {
    const auto call = asked_algorithm({name, parameters});
    EXPECT_FALSE(call) << name << ' ' << parameters;
    return call ? "" : call.error().what;
}

TEST(Algorithms, EachSayWhatTheyAreAndWhereTheyComeFrom) {
    std::set<std::string_view> names;
    for (const auto& facts : algorithms()) {
        EXPECT_TRUE(names.insert(facts.name).second) << facts.name;
        EXPECT_EQ(&facts_of(facts.id), &facts);
        EXPECT_EQ(find_algorithm(facts.name), &facts);
        for (const auto text : {facts.title, facts.formula, facts.paper, facts.validity})
            EXPECT_GT(text.size(), 4U) << facts.name;
        EXPECT_FALSE(facts.bands.empty()) << facts.name;
        EXPECT_LE(facts.low, facts.high) << facts.name;
    }
    EXPECT_EQ(find_algorithm("alchemy"), nullptr);
}

TEST(Algorithms, HaveDefaultsWithinTheirBounds) {
    for (const auto& facts : algorithms()) {
        for (const auto& one : facts.parameters) {
            EXPECT_LT(one.low, one.high) << facts.name << ' ' << one.name;
            if (std::isnan(one.fallback)) continue;
            EXPECT_GE(one.fallback, one.low) << facts.name << ' ' << one.name;
            EXPECT_LE(one.fallback, one.high) << facts.name << ' ' << one.name;
            if (!one.choices.empty()) {
                EXPECT_EQ(one.high, static_cast<double>(one.choices.size() - 1)) << one.name;
            }
        }
    }
}

TEST(Algorithms, AreToldAsJsonWithEveryMember) {
    const auto rows = nlohmann::json::parse(algorithms_json())["algorithms"];

    ASSERT_EQ(rows.size(), algorithms().size());
    for (const auto& row : rows)
        for (const char* member : {"name",
                                   "title",
                                   "formula",
                                   "bands",
                                   "two_dates",
                                   "range",
                                   "unit",
                                   "colours",
                                   "parameters",
                                   "paper",
                                   "validity"})
            EXPECT_TRUE(row.contains(member)) << row["name"] << ' ' << member;
    EXPECT_EQ(rows[0]["parameters"][0]["default"], 315);
    EXPECT_TRUE(rows[4]["range"].is_null()) << "contours give lines, no numbers";
}

TEST(Algorithms, StandInTheGuideAsTheyAre) {
    std::ifstream file(RELIEF_GUIDE_FOLDER "/55-algorithms.md");
    const std::string guide{std::istreambuf_iterator<char>(file), {}};
    const auto holds = [&](std::string_view text) { return guide.find(text) != std::string::npos; };

    ASSERT_FALSE(guide.empty());
    for (const auto& facts : algorithms()) {
        EXPECT_TRUE(holds("| `" + std::string(facts.name) + "` |")) << facts.name;
        for (const auto text : {facts.formula, facts.colours, facts.paper, facts.validity})
            EXPECT_TRUE(holds(text)) << facts.name << ": " << text;
        for (const auto& one : facts.parameters)
            EXPECT_TRUE(holds("`" + std::string(one.name) + "`")) << one.name;
    }
}

TEST(AskedAlgorithm, IsNothingWhenNothingIsAsked) {
    const auto call = asked_algorithm({});

    ASSERT_TRUE(call);
    EXPECT_FALSE(*call);
}

TEST(AskedAlgorithm, HasItsDefaults) {
    const auto call = called("hillshade");

    EXPECT_EQ(call.value("azimuth"), 315);
    EXPECT_EQ(call.value("altitude"), 45);
    EXPECT_EQ(call.value("z_factor"), 1);
    EXPECT_TRUE(std::isnan(call.value("interval")));
    EXPECT_TRUE(std::isnan(called("contours").value("interval")));
}

TEST(AskedAlgorithm, TakesWhatIsGivenAlsoByTheNamesOfTiTiler) {
    EXPECT_EQ(called("hillshade", R"({"azimuth":90.5})").value("azimuth"), 90.5);
    EXPECT_EQ(called("hillshade", R"({"angle_altitude":30})").value("altitude"), 30);
    EXPECT_EQ(called("contours", R"({"increment":35})").value("interval"), 35);
    EXPECT_EQ(called("hillshade", "{}").value("azimuth"), 315);
}

TEST(AskedAlgorithm, TakesWordsForChoices) {
    EXPECT_EQ(called("slope", R"({"unit":"percent"})").choice("unit"), "percent");
    EXPECT_EQ(called("slope").choice("unit"), "degrees");
    EXPECT_EQ(called("contours", R"({"labels":false})").choice("labels"), "false");
    EXPECT_EQ(called("contours", R"({"labels":"false"})").choice("labels"), "false");
    EXPECT_EQ(called("contours").choice("labels"), "true");
    EXPECT_EQ(called("hillshade").choice("azimuth"), "");
}

TEST(AskedAlgorithm, NamesABadValueAndTheAllowedOnes) {
    const auto says = [](const std::string& text, std::string_view part) {
        EXPECT_NE(text.find(part), std::string::npos) << text;
    };
    says(refused("alchemy", ""), "\"alchemy\"");
    says(refused("alchemy", ""), "hillshade");
    says(refused("hillshade", R"({"azimuth":361})"), "361");
    says(refused("hillshade", R"({"azimuth":361})"), "0 to 360");
    says(refused("hillshade", R"({"azimuth":"north"})"), "a number from 0 to 360");
    says(refused("slope", R"({"unit":"radians"})"), "degrees, percent");
    says(refused("hillshade", R"({"colour":1})"), "azimuth, altitude, z_factor");
    says(refused("ndvi", R"({"x":1})"), "takes no parameters");
    says(refused("", R"({"azimuth":1})"), "needs an algorithm");
}

TEST(AskedAlgorithm, RefusesWhatIsNoFlatObject) {
    const std::string deep = "{\"azimuth\":" + std::string(400, '[') + std::string(400, ']') + "}";
    for (const std::string& text : {std::string("315"),
                                    std::string("[]"),
                                    std::string("{"),
                                    std::string("null"),
                                    std::string(R"({"azimuth":[315]})"),
                                    std::string(R"({"azimuth":{"a":1}})"),
                                    deep,
                                    std::string(R"({"azimuth":1,"azimuth":2})"),
                                    std::string("{\"azimuth\":1e999}"),
                                    std::string(1001, ' '),
                                    std::string("\xff\xfe{}")})
        EXPECT_LT(refused("hillshade", text).size(), 500U);
}

}  // namespace
}  // namespace relief::style
