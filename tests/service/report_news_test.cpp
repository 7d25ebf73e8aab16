#include "server/service/report_news.hpp"

#include "tests/workspace/example_layers.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace relief::service {
namespace {

using report::View;

workspace::Layer reports_layer() {
    workspace::Observation observation;
    observation.version = {"seven"};
    observation.content = workspace::example_raster();
    return {LayerName::of_reports(), "Reports", Sensitivity::low, {}, {}, {observation}};
}

shown::PublicReport public_report(Sensitivity level) {
    shown::PublicReport one;
    one.id = "abcdefghijklmnopqrstuvwxyz";
    one.place = {36.29, 33.51};
    one.title = "Bridge gone";
    one.category = "road";
    one.level = level;
    return one;
}

const auto anyone = Audience::anonymous();
const auto moderator = Audience::of(Role::moderator);

TEST(NewsOfReports, AreForTheirViewAlone) {
    const auto open = news_of_reports(View::open, reports_layer(), {});
    const auto exact = news_of_reports(View::exact, reports_layer(), {});

    ASSERT_EQ(open.size(), 2U);
    EXPECT_EQ(open[0].kind, Happening::Kind::report);
    EXPECT_EQ(open[1].kind, Happening::Kind::tiles);
    for (const auto& one : open) {
        EXPECT_TRUE(one.document_for(anyone));
        EXPECT_TRUE(one.document_for(Audience::of(Role::viewer)));
        EXPECT_FALSE(one.document_for(moderator));
    }
    for (const auto& one : exact) {
        EXPECT_FALSE(one.document_for(anyone));
        EXPECT_TRUE(one.document_for(moderator));
    }
}

TEST(NewsOfReports, NameThoseThatAreLowWithoutTheirWords) {
    const auto news =
        news_of_reports(View::open,
                        reports_layer(),
                        {public_report(Sensitivity::low), public_report(Sensitivity::moderate)});

    const auto told = nlohmann::json::parse(*news[0].document_for(anyone));

    EXPECT_EQ(told["layer"], "reports");
    ASSERT_EQ(told["reports"].size(), 1U);
    EXPECT_EQ(told["reports"][0],
              nlohmann::json({{"id", "abcdefghijklmnopqrstuvwxyz"},
                              {"lon", 36.29},
                              {"lat", 33.51},
                              {"category", "road"},
                              {"severity", "unknown"},
                              {"status", "new"}}));
}

TEST(NewsOfReports, StayShortWhereManyCome) {
    const std::vector<shown::PublicReport> many(1000, public_report(Sensitivity::low));

    const auto news = news_of_reports(View::open, reports_layer(), many);

    EXPECT_LT(news[0].document_for(anyone)->size(), 200U);
}

}  // namespace
}  // namespace relief::service
