#include "tests/expression/compiled.hpp"

#include <nlohmann/json.hpp>

#include <cmath>

namespace relief::expression {
namespace {

TEST(Expression, IsWorkedOutBeforehandWhenNothingVaries) {
    EXPECT_EQ(compiled(R"(["+", 1, ["*", 2, 3]])").constant()->as_number(), 7);
    EXPECT_FALSE(compiled(R"(["+", 1, ["get", "a"]])").constant());
}

TEST(Expression, SaysWhatItVariesBy) {
    EXPECT_EQ(compiled("1").variation(), Variation::constant);
    EXPECT_EQ(compiled(R"(["get", "a"])").variation(), Variation::by_feature);
    EXPECT_EQ(compiled(R"(["step", ["zoom"], 1, 5, 2])").variation(), Variation::by_zoom);
    EXPECT_EQ(compiled(R"(["step", ["zoom"], 1, 5, ["number", ["get", "a"]]])").variation(),
              Variation::by_feature_and_zoom);
}

TEST(Expression, TellsTheStopsOfItsCurveOverTheZoom) {
    const auto curve = compiled(R"(["interpolate", ["linear"], ["zoom"], 4, 1, 9.5, 3])");
    EXPECT_EQ(curve.zoom_stops(), (std::vector<double>{4, 9.5}));
    EXPECT_NEAR(result_of(curve, "{}", 4 + 5.5 / 2).get<double>(), 2, 1e-12);
}

TEST(Expression, NumbersThePropertiesItAsksFor) {
    PropertyKeys keys;
    (void)compile(json_in(R"(["concat", ["get", "a"], ["get", "b"], ["get", "a"]])"), {}, keys);
    (void)compile_filter(json_in(R"(["==", "b", 1])"), keys);
    EXPECT_EQ(keys.names(), (std::vector<std::string>{"a", "b"}));
}

TEST(Expression, FailsAsAValueAndSaysWhereAndWhy) {
    const auto result = result_of(R"(["+", 1, ["number", ["get", "a"]]])", R"({"a": "x"})");
    EXPECT_EQ(result["error"], "Expected value to be of type number, but found string instead.");
}

TEST(Expression, GivesTheSameFromEveryThreadsScratch) {
    const auto expression = compiled(R"(["concat", ["get", "a"], "-", ["upcase", ["get", "a"]]])");
    Scratch one;
    Scratch other;
    const JsonFeature feature({{"properties", {{"a", "straße"}}}}, std::nullopt);
    Evaluation with;
    with.feature = &feature;
    with.scratch = &one;
    const Value first = expression.evaluate(with);
    with.scratch = &other;
    const Value second = expression.evaluate(with);
    one.clear();
    EXPECT_EQ(second.as_text(), "straße-STRASSE");
    EXPECT_NE(first.as_text().data(), second.as_text().data());
}

TEST(Expression, WorksOutAVariableOnce) {
    // Each doubles the one before: 2^24 evaluations if it were worked out at each use.
    EXPECT_EQ(result_of(doubled(R"(["number", ["get", "x"]])", "+", 25), R"({"x": 1})"), 16777216);
}

TEST(Expression, RoundsHalvesAwayFromZero) {
    EXPECT_EQ(result_of(R"(["round", -2.5])"), -3);
    EXPECT_EQ(result_of(R"(["round", 2.5])"), 3);
}

TEST(Expression, RefusesWhatAPropertyMayNotBe) {
    PropertySpec spec;
    spec.of_feature = false;
    EXPECT_EQ(refusal_of(R"(["get", "a"])", spec), ": data expressions not supported");
    spec.of_zoom = false;
    EXPECT_EQ(refusal_of(R"(["step", ["zoom"], 1, 2, 3])", spec),
              ": zoom expressions not supported");
    spec.of_zoom = true;
    spec.interpolated = false;
    EXPECT_EQ(refusal_of(R"(["interpolate", ["linear"], ["zoom"], 1, 2, 3, 4])", spec),
              ": \"interpolate\" expressions cannot be used with this property");
}

TEST(LegacyFunction, PutsPropertiesInTheirTokensPlace) {
    PropertySpec spec;
    spec.form = PropertySpec::Form::string;
    spec.tokens = true;
    spec.interpolated = false;
    PropertyKeys keys;
    const Json function = json_in(R"j({"stops": [[0, "{name} ({ref})"], [9, "{name}"]]})j");
    const auto made = compile(function, spec, keys);
    const auto& expression = std::get<Expression>(made);
    EXPECT_EQ(result_of(expression, R"({"name": "Gran Via", "ref": 7})", 3), "Gran Via (7)");
    EXPECT_EQ(result_of(expression, R"({"name": "Gran Via"})", 9), "Gran Via");
}

TEST(LegacyFunction, WithoutAStopBelowIsAStepThatChangesNothing) {
    PropertySpec spec;
    spec.form = PropertySpec::Form::string;
    PropertyKeys keys;
    const auto made = compile(json_in(R"({"type": "interval", "stops": [[4, "a"]]})"), spec, keys);
    EXPECT_EQ(result_of(std::get<Expression>(made), "{}", 9), "a");
}

TEST(LegacyFunction, SaysWhatIsMissing) {
    EXPECT_NE(refusal_of(R"({"type": "identity"})").find("property"), std::string::npos);
    EXPECT_NE(refusal_of(R"({"type": "steps", "stops": [[0, 1]]})").find("categorical"),
              std::string::npos);
    EXPECT_NE(refusal_of(R"({"stops": []})").find("stops"), std::string::npos);
    EXPECT_NE(refusal_of(R"({"property": "a", "stops": [[{"zoom": 1}, 2]]})").find("zoom"),
              std::string::npos);
}

TEST(Collation, FollowsTheLanguage) {
    const auto after_z = [](const std::string& locale) {
        return result_of(R"([">", "ä", "z", ["collator", {"locale": ")" + locale + "\"}]]");
    };
    EXPECT_EQ(after_z("sv"), true);   // a letter of its own, after z
    EXPECT_EQ(after_z("de"), false);  // a kind of a
    EXPECT_EQ(result_of(R"(["resolved-locale", ["collator", {"locale": "de-AT"}]])"), "de-AT");
    EXPECT_EQ(result_of(R"(["resolved-locale", ["collator", {"locale": "tlh"}]])"), "en");
}

TEST(NumberFormat, FollowsTheLanguage) {
    // Unicode CLDR: German groups with points.
    EXPECT_EQ(result_of(R"(["number-format", 1234567.5, {"locale": "de"}])"), "1.234.567,5");
    EXPECT_EQ(result_of(R"(["number-format", 12.3, {"locale": "en-US", "currency": "USD"}])"),
              "$12.30");
    EXPECT_NE(refusal_of(R"(["number-format", 1, {"unit": "cubit"}])").find("cubit"),
              std::string::npos);
}

}  // namespace
}  // namespace relief::expression
