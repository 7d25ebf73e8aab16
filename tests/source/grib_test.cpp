// Files of several GRIB messages: which variables, levels and times they hold.

#include "tests/support/grib_fixture.hpp"
#include "tiler/source/describe.hpp"
#include "tiler/source/gdal_runtime.hpp"
#include "tiler/source/variables.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace relief::source {
namespace {

using relief::testing::GribMessage;
using relief::testing::write_grib;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

class GribFile : public ::testing::Test {
protected:
    static void SetUpTestSuite() { start_gdal(); }

    std::vector<Variable> variables_of(const std::vector<GribMessage>& messages) {
        path_ = write_grib(folder_, "forecast.grb2", messages);
        auto variables = list_variables(path_);
        EXPECT_TRUE(variables) << variables.error().what;
        return variables ? *variables : std::vector<Variable>{};
    }
    static std::vector<std::string> times_of(const Variable& variable) {
        std::vector<std::string> times;
        for (const auto& slice : variable.slices)
            times.push_back(slice.time ? to_text(*slice.time) : "none");
        return times;
    }

    relief::testing::TemporaryFolder folder_;
    std::string path_;
};

TEST_F(GribFile, HoldsAVariableForEachElement) {
    const auto variables = variables_of({{0, 0, 0, 85'000, 10}, {1, 1, 0, 85'000, 60}});

    ASSERT_THAT(variables, SizeIs(2));
    EXPECT_EQ(variables[0].name, "TMP");
    EXPECT_EQ(variables[0].title, "Temperature");
    EXPECT_EQ(variables[1].name, "RH");
    EXPECT_TRUE(may_hold_variables(path_));
}

TEST_F(GribFile, HasTheHoursOfItsForecastsAsTimes) {
    const auto variables =
        variables_of({{0, 0, 0, 85'000, 10}, {0, 0, 6, 85'000, 11}, {0, 0, 30, 85'000, 12}});

    ASSERT_THAT(variables, SizeIs(1));
    EXPECT_THAT(
        times_of(variables[0]),
        ElementsAre("2024-01-01T00:00:00Z", "2024-01-01T06:00:00Z", "2024-01-02T06:00:00Z"));
    EXPECT_THAT(variables[0].axes, ::testing::IsEmpty()) << "one level is no choice";
}

TEST_F(GribFile, HasThePeriodsOfItsSumsAsTimes) {
    const auto variables = variables_of(
        {{1, 8, 0, 0, 1, 6}, {1, 8, 6, 0, 2, 6}, {1, 8, 24, 0, 3, 6}, {1, 8, 24, 0, 4, 24}});

    ASSERT_THAT(variables, SizeIs(2));
    EXPECT_EQ(variables[0].name, "APCP06");
    EXPECT_THAT(times_of(variables[0]),
                ElementsAre("2024-01-01T00:00:00Z/2024-01-01T05:59:59.999Z",
                            "2024-01-01T06:00:00Z/2024-01-01T11:59:59.999Z",
                            "2024-01-02T00:00:00Z/2024-01-02T05:59:59.999Z"));
    EXPECT_EQ(variables[1].name, "APCP24");
    EXPECT_THAT(times_of(variables[1]), ElementsAre("2024-01-02")) << "all of that day";
}

TEST_F(GribFile, HasItsLevelsAsAnAxisToChooseFrom) {
    const auto variables = variables_of({{0, 0, 0, 85'000, 10},
                                         {0, 0, 6, 85'000, 11},
                                         {0, 0, 0, 50'000, 20},
                                         {0, 0, 6, 50'000, 21}});
    ASSERT_THAT(variables, SizeIs(1));
    ASSERT_THAT(variables[0].axes, SizeIs(1));
    EXPECT_THAT(variables[0].axes[0].values, ElementsAre("85000-ISBL", "50000-ISBL"));

    const auto unsaid = choose_variable(variables, {});
    const auto upper = choose_variable(variables, {"TMP", {{"level", "50000-ISBL"}}});

    ASSERT_FALSE(unsaid);
    EXPECT_THAT(unsaid.error().what, HasSubstr("85000-ISBL"));
    ASSERT_TRUE(upper);
    EXPECT_THAT(times_of(*upper), ElementsAre("2024-01-01T00:00:00Z", "2024-01-01T06:00:00Z"));
    const auto described = describe({path_, {path_}, Trust::operated, upper->slices.back().band},
                                    {StatisticsEffort::exact, {}});
    ASSERT_TRUE(described) << described.error().what;
    EXPECT_NEAR(described->bands[0].statistics->minimum, 21, 1e-4) << "the right message";
    EXPECT_NEAR(described->bands[0].statistics->maximum, 21 + 47, 1e-4);
}

TEST_F(GribFile, WithMessagesThatCannotBeToldApartSaysSo) {
    const auto variables = variables_of({{0, 0, 0, 85'000, 10}, {0, 0, 0, 85'000, 11}});

    ASSERT_THAT(variables, SizeIs(1));
    EXPECT_THAT(variables[0].problem, HasSubstr("same time and level"));
}

}  // namespace
}  // namespace relief::source
