#include "server/service/remote_watch.hpp"

#include "tests/support/program.hpp"
#include "tests/workspace/example_layers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <mutex>
#include <string>

namespace relief::service {
namespace {

using std::chrono::milliseconds;
using testing::eventually;
using workspace::Observation;

constexpr const char* place = "https://a.org/dem.tif";

/// What lies at the address, as the eyes see it.
class World {
public:
    RemoteEyes eyes() {
        return {[this](const RemoteAddress&, const Deadline&) -> Result<source::RemoteStamp> {
                    const std::lock_guard lock(mutex_);
                    ++heads_;
                    if (!reachable_) return source_broken("its server cannot be reached");
                    return source::RemoteStamp{{head_}, {}, 1};
                },
                [this](const RemoteAddress&, const std::function<bool()>&) -> Result<Observation> {
                    const std::lock_guard lock(mutex_);
                    ++looks_;
                    if (!readable_) return source_broken("it is no GeoTIFF");
                    return observation(version_);
                }};
    }
    static Observation observation(const std::string& version) {
        Observation result;
        result.version = {version};
        result.file = place;
        result.added = false;
        result.content = workspace::example_raster();
        return result;
    }
    void hold(const std::string& version) {
        change([&] { head_ = version_ = version; });
    }
    void say_of_head(const std::string& version) {
        change([&] { head_ = version; });
    }
    void be_reachable(bool yes) {
        change([&] { reachable_ = yes; });
    }
    void be_readable(bool yes) {
        change([&] { readable_ = yes; });
    }
    int heads() { return read(heads_); }
    int looks() { return read(looks_); }

private:
    template <typename Change>
    void change(const Change& what) {
        const std::lock_guard lock(mutex_);
        what();
    }
    int read(const int& number) {
        const std::lock_guard lock(mutex_);
        return number;
    }
    std::mutex mutex_;
    std::string head_ = "one";
    std::string version_ = "one";
    bool reachable_ = true;
    bool readable_ = true;
    int heads_ = 0;
    int looks_ = 0;
};

class Watch : public ::testing::Test {
protected:
    void SetUp() override {
        watch_ = std::make_unique<RemoteWatch>(world_.eyes(), milliseconds(20));
        watch_->when_changed([this] { ++changes_; });
        watch_->follow({World::observation("one")});
    }
    Observation shown() const {
        Observation observation = World::observation("one");
        watch_->settle(observation);
        return observation;
    }
    void wait_for_heads(int more) {
        const int before = world_.heads();
        ASSERT_TRUE(eventually([&] { return world_.heads() >= before + more; }));
    }

    World world_;
    std::atomic<int> changes_ = 0;
    std::unique_ptr<RemoteWatch> watch_;
};

TEST_F(Watch, AsksAgainAndAgainAndSaysNothingWhileNothingChanges) {
    wait_for_heads(4);

    EXPECT_EQ(changes_, 0);
    EXPECT_EQ(world_.looks(), 0);
    EXPECT_EQ(shown().version, Version{"one"});
    EXPECT_EQ(shown().broken, "");
}

TEST_F(Watch, GivesTheNewContentOfAFileThatChanged) {
    world_.hold("two");

    EXPECT_TRUE(eventually([&] { return shown().version == Version{"two"}; }));
    EXPECT_TRUE(eventually([&] { return changes_ == 1; }));
    wait_for_heads(3);
    EXPECT_EQ(world_.looks(), 1);
}

TEST_F(Watch, KeepsWhatCannotBeReachedAndSaysWhyUntilItComesBack) {
    world_.be_reachable(false);
    EXPECT_TRUE(eventually([&] { return shown().broken == "its server cannot be reached"; }));
    EXPECT_EQ(shown().version, Version{"one"});

    world_.be_reachable(true);
    EXPECT_TRUE(eventually([&] { return shown().broken.empty(); }));
    EXPECT_TRUE(eventually([&] { return changes_ == 2; }));
    EXPECT_EQ(world_.looks(), 0) << "the same version came back";
}

TEST_F(Watch, DoesNotShowTheOldContentForWhatCannotBeDrawn) {
    world_.be_readable(false);
    world_.hold("two");
    EXPECT_TRUE(eventually([&] { return shown().broken == "it is no GeoTIFF"; }));
    EXPECT_EQ(shown().version, Version{"two"});

    world_.be_readable(true);
    EXPECT_TRUE(eventually([&] { return shown().broken.empty(); })) << "looked at again";
}

TEST_F(Watch, IsNotMisledByAServerThatAnswersAHeadDifferently) {
    world_.say_of_head("other");
    wait_for_heads(5);

    EXPECT_EQ(shown().version, Version{"one"});
    EXPECT_EQ(changes_, 0);
    EXPECT_EQ(world_.looks(), 1) << "once for the new word, not for every word";
}

TEST_F(Watch, LooksBeforeTheTimeWhenAReaderMetAnError) {
    watch_->set_age(std::chrono::hours(1));
    wait_for_heads(0);
    eventually([&] { return world_.heads() >= 1; });
    const int before = world_.heads();
    world_.hold("two");

    watch_->look_soon(place);

    EXPECT_TRUE(eventually([&] { return shown().version == Version{"two"}; }));
    EXPECT_LE(world_.heads(), before + 2);
}

TEST_F(Watch, ForgetsWhatIsNoLayerAnyMore) {
    watch_->follow({});
    milliseconds settled{100};
    std::this_thread::sleep_for(settled);
    const int before = world_.heads();
    std::this_thread::sleep_for(settled);

    EXPECT_EQ(world_.heads(), before);
}

TEST_F(Watch, BelievesTheWorkspaceWhenAFileIsAddedAgain) {
    world_.hold("two");
    ASSERT_TRUE(eventually([&] { return shown().version == Version{"two"}; }));
    world_.hold("three");

    watch_->follow({World::observation("three")});

    Observation observation = World::observation("three");
    watch_->settle(observation);
    EXPECT_EQ(observation.version, Version{"three"});
}

}  // namespace
}  // namespace relief::service
