// The expression tests of the MapLibre Style Specification (specification_cases.json; its source
// and licence stand in the file).

#include "tiler/expression/expression_case.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <fstream>
#include <ostream>
#include <set>
#include <string>
#include <vector>

namespace relief::expression {
namespace {

using Json = nlohmann::json;

std::vector<Json> specification_cases() {
    std::ifstream file(RELIEF_CASES);
    return Json::parse(file).at("cases").get<std::vector<Json>>();
}

/// The cases' numbers are cut at six significant digits.
bool agree_as_numbers(double found, double wanted) {
    return std::abs(found - wanted) <= 2e-5 * std::max({std::abs(found), std::abs(wanted), 1e-3});
}

bool agree(const Json& found, const Json& wanted);

bool agree_as_objects(const Json& found, const Json& wanted) {
    std::set<std::string> names;
    for (const auto& [name, value] : found.items()) names.insert(name);
    for (const auto& [name, value] : wanted.items()) names.insert(name);
    return std::all_of(names.begin(), names.end(), [&](const std::string& name) {
        return agree(found.value(name, Json()), wanted.value(name, Json()));
    });
}

bool agree(const Json& found, const Json& wanted) {
    if (wanted.is_number() && found.is_number())
        return agree_as_numbers(found.get<double>(), wanted.get<double>());
    if (wanted.is_object() && wanted.contains("error"))
        return found.is_object() && found.contains("error");
    if (wanted.is_object() && found.is_object()) return agree_as_objects(found, wanted);
    if (!wanted.is_array() || !found.is_array()) return found == wanted;
    return found.size() == wanted.size() &&
           std::equal(found.begin(), found.end(), wanted.begin(), agree);
}

std::multiset<std::string> error_keys(const Json& compiled) {
    std::multiset<std::string> keys;
    for (const Json& error : compiled.value("errors", Json::array()))
        keys.insert(error.at("key").get<std::string>());
    return keys;
}

class SpecificationCase : public testing::TestWithParam<Json> {};

TEST_P(SpecificationCase, GivesWhatTheReferenceGives) {
    const Json& test = GetParam();
    const Json& wanted = test.at("expected");

    const Json found = run_case(test);

    ASSERT_EQ(found["compiled"]["result"], wanted["compiled"]["result"]) << found.dump();
    if (wanted["compiled"]["result"] == "error") {
        EXPECT_EQ(error_keys(found["compiled"]), error_keys(wanted["compiled"])) << found.dump();
        return;
    }
    EXPECT_EQ(found["compiled"], wanted["compiled"]);
    EXPECT_TRUE(agree(found["outputs"], wanted.value("outputs", Json::array())))
        << "found  " << found["outputs"].dump() << "\nwanted " << wanted["outputs"].dump();
}

std::string name_of_case(const testing::TestParamInfo<Json>& info) {
    std::string name = info.param.at("name").get<std::string>();
    for (char& c : name)
        if (std::isalnum(static_cast<unsigned char>(c)) == 0) c = '_';
    return name;
}

INSTANTIATE_TEST_SUITE_P(Expressions,
                         SpecificationCase,
                         testing::ValuesIn(specification_cases()),
                         name_of_case);

TEST(SpecificationCases, AreAllThere) {
    EXPECT_EQ(specification_cases().size(), 577U);
}

}  // namespace
}  // namespace relief::expression
