#include "server/intake/photo_desk.hpp"

#include "tests/support/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <future>
#include <memory>
#include <string>

namespace relief::intake {
namespace {

class PhotoDeskTest : public ::testing::Test {
protected:
    void TearDown() override {
        over_.set_value();
        photos_.end();
        reports_.end();
    }
    /// Work that lasts until the end of the test.
    bool begin_for(const std::string& asker) {
        return photos_.later_for(asker, [over = until_] { over.wait(); });
    }

    relief::testing::TemporaryFolder folder_;
    ReportDesk reports_{{.workspace = folder_.path()}, [] {}};
    std::promise<void> over_;
    std::shared_future<void> until_ = over_.get_future().share();
    PhotoDesk photos_{{.workspace = folder_.path(), .program = "/none"}, reports_};
};

TEST_F(PhotoDeskTest, HasRoomForOthersThanOneAsker) {
    EXPECT_TRUE(begin_for("192.0.2.1"));
    EXPECT_TRUE(begin_for("192.0.2.1"));

    EXPECT_FALSE(begin_for("192.0.2.1"));
    EXPECT_TRUE(begin_for("192.0.2.2"));
}

TEST_F(PhotoDeskTest, CountsNobodyWhoIsNotToBeCounted) {
    for (int i = 0; i < 5; ++i) EXPECT_TRUE(begin_for("")) << i;
}

TEST_F(PhotoDeskTest, GivesAPlaceBackWhenItsWorkIsDone) {
    for (int i = 0; i < 20; ++i) {
        const auto promise = std::make_shared<std::promise<void>>();
        auto done = promise->get_future();
        bool taken = false;
        // The place is given back a moment after the work has told of its end.
        while (!taken) taken = photos_.later_for("192.0.2.1", [promise] { promise->set_value(); });
        done.wait();
    }
}

}  // namespace
}  // namespace relief::intake
