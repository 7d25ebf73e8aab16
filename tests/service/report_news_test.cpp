#include "server/service/report_news.hpp"

#include "tests/support/temporary_folder.hpp"
#include "tests/workspace/example_layers.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <memory>
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
    one.number = 1;
    one.id = "abcdefghijklmnopqrstuvwxyz";
    one.place = {36.29, 33.51};
    one.title = "Bridge gone";
    one.category = "road";
    one.level = level;
    return one;
}

const auto anyone = Audience::anonymous();
const auto moderator = Audience::of(Role::moderator);

class NewsOfReports : public ::testing::Test {
protected:
    /// As the publisher does.
    void show(const shown::ShownChange& change) {
        ASSERT_TRUE(store_.write(change));
        shown::Board board;
        ASSERT_TRUE(store_.load(board));
        index_->show(board.now(), change.progress);
    }
    static shown::Progress revision(std::int64_t number) {
        return {number, 0, number, Instant{number}, "epoch"};
    }
    std::vector<Happening> news(View view, const std::vector<shown::PublicReport>& put = {}) const {
        return news_of_reports(
            view, reports_layer(), put, {index_, [this](const Audience&) { return visible_; }});
    }
    static nlohmann::json told(const Happening& one) {
        const auto document = one.document_for(anyone);
        return document ? nlohmann::json::parse(*document) : nlohmann::json();
    }

    testing::TemporaryFolder folder_;
    shown::ShownStore store_ = std::move(*shown::ShownStore::open(folder_.path()));
    std::shared_ptr<shown::ShownIndex> index_ = std::make_shared<shown::ShownIndex>(folder_.path());
    bool visible_ = true;
};

TEST_F(NewsOfReports, AreForTheirViewAlone) {
    const auto open = news(View::open);
    const auto exact = news(View::exact);

    ASSERT_EQ(open.size(), 2U);
    EXPECT_EQ(open[0].kind, Happening::Kind::report);
    EXPECT_EQ(open[1].kind, Happening::Kind::tiles);
    for (const auto& one : open) {
        EXPECT_TRUE(one.document_for(anyone));
        EXPECT_TRUE(one.document_for(Audience::of(Role::viewer)));
        EXPECT_FALSE(one.document_for(moderator));
        EXPECT_FALSE(one.is_heard_by(moderator));
    }
    for (const auto& one : exact) {
        EXPECT_FALSE(one.document_for(anyone));
        EXPECT_FALSE(one.is_heard_by(anyone));
        EXPECT_TRUE(one.document_for(moderator));
    }
}

TEST_F(NewsOfReports, NameThoseThatAreLowWithoutTheirWords) {
    auto moderate = public_report(Sensitivity::moderate);
    moderate.number = 2;
    moderate.id = "moderate";
    const std::vector put{public_report(Sensitivity::low), moderate};
    show({put, {}, {}, revision(1)});

    const auto first = told(news(View::open, put)[0]);

    EXPECT_EQ(first["layer"], "reports");
    ASSERT_EQ(first["reports"].size(), 1U);
    EXPECT_EQ(first["reports"][0],
              nlohmann::json({{"id", "abcdefghijklmnopqrstuvwxyz"},
                              {"lon", 36.29},
                              {"lat", 33.51},
                              {"category", "road"},
                              {"severity", "unknown"},
                              {"status", "new"}}));
}

TEST_F(NewsOfReports, SayNoMoreOfOneThatIsNotShownAnyMore) {
    const std::vector put{public_report(Sensitivity::low)};
    show({put, {}, {}, revision(1)});
    const auto happening = news(View::open, put)[0];
    ASSERT_EQ(told(happening)["reports"].size(), 1U);

    show({{}, {put[0].number}, {}, revision(2)});

    EXPECT_EQ(told(happening)["reports"].size(), 0U) << "it was erased, or raised";
    EXPECT_TRUE(happening.is_heard_by(anyone)) << "that something changed is known";
}

TEST_F(NewsOfReports, AreHeardByNobodyWhileTheLayerIsHidden) {
    const std::vector put{public_report(Sensitivity::low)};
    show({put, {}, {}, revision(1)});
    const auto happenings = news(View::open, put);

    visible_ = false;

    for (const auto& one : happenings) {
        EXPECT_FALSE(one.is_heard_by(anyone));
        EXPECT_FALSE(one.document_for(anyone));
    }
}

TEST_F(NewsOfReports, StayShortWhereManyCome) {
    const std::vector<shown::PublicReport> many(1000, public_report(Sensitivity::low));

    EXPECT_LT(news(View::open, many)[0].document_for(anyone)->size(), 200U);
}

}  // namespace
}  // namespace relief::service
