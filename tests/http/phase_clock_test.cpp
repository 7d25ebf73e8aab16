#include "server/http/phase_clock.hpp"

#include <gtest/gtest.h>

namespace relief::http {
namespace {

using std::chrono::milliseconds;

const PhaseClock::Moment start{std::chrono::hours(1)};

PhaseClock in(Phase phase) {
    ServerOptions options;
    options.header_time = milliseconds(10);
    options.body_time = milliseconds(20);
    options.least_body_rate = 1000;
    options.longest_body_time = milliseconds(100);
    options.idle_time = milliseconds(5000);
    options.write_time = milliseconds(40);
    PhaseClock clock(options);
    clock.enter(phase, start);
    return clock;
}

TEST(PhaseClock, GivesEachPhaseItsOwnTotalTime) {
    EXPECT_FALSE(in(Phase::head).has_read_too_long(start + milliseconds(9), false));
    EXPECT_TRUE(in(Phase::head).has_read_too_long(start + milliseconds(10), false));
    EXPECT_TRUE(in(Phase::handshake).has_read_too_long(start + milliseconds(10), false));
    EXPECT_FALSE(in(Phase::body).has_read_too_long(start + milliseconds(19), false));
    EXPECT_TRUE(in(Phase::body).has_read_too_long(start + milliseconds(20), false));
    EXPECT_FALSE(in(Phase::idle).has_read_too_long(start + milliseconds(4999), false));
    EXPECT_TRUE(in(Phase::idle).has_read_too_long(start + milliseconds(5000), false));
}

TEST(PhaseClock, GivesABodyTheLongerTheMoreOfItComes) {
    auto clock = in(Phase::body);
    clock.body_came(15, start + milliseconds(19));

    EXPECT_FALSE(clock.has_read_too_long(start + milliseconds(34), false));
    EXPECT_TRUE(clock.has_read_too_long(start + milliseconds(35), false))
        << "a thousand a second, and 20 ms besides";
}

TEST(PhaseClock, EndsABodyThatPausesHoweverMuchHasCome) {
    auto clock = in(Phase::body);
    clock.body_came(70, start + milliseconds(5));

    EXPECT_FALSE(clock.has_read_too_long(start + milliseconds(24), false));
    EXPECT_TRUE(clock.has_read_too_long(start + milliseconds(25), false));
}

TEST(PhaseClock, EndsABodyThatNeverEnds) {
    auto clock = in(Phase::body);
    for (int i = 1; i < 100; ++i) clock.body_came(1000, start + milliseconds(i));

    EXPECT_FALSE(clock.has_read_too_long(start + milliseconds(99), false));
    EXPECT_TRUE(clock.has_read_too_long(start + milliseconds(100), false));
}

TEST(PhaseClock, ForgetsWhatCameOfTheBodyBefore) {
    auto clock = in(Phase::body);
    clock.body_came(80, start);
    clock.enter(Phase::body, start);

    EXPECT_TRUE(clock.has_read_too_long(start + milliseconds(20), false));
}

TEST(PhaseClock, NeverEndsAConnectionThatWaitsForUs) {
    EXPECT_FALSE(in(Phase::working).has_read_too_long(start + std::chrono::hours(1000), true));
}

TEST(PhaseClock, ShortensIdlenessAloneWhenOthersWait) {
    EXPECT_TRUE(in(Phase::idle).has_read_too_long(start + milliseconds(2000), true));
    EXPECT_FALSE(in(Phase::idle).has_read_too_long(start + milliseconds(1999), true));
    EXPECT_FALSE(in(Phase::body).has_read_too_long(start + milliseconds(19), true));
}

TEST(PhaseClock, MeasuresOneWriteAtATime) {
    auto clock = in(Phase::idle);
    EXPECT_FALSE(clock.has_written_too_long(start + std::chrono::hours(1)));
    clock.begin_write(start);
    EXPECT_FALSE(clock.has_written_too_long(start + milliseconds(39)));
    EXPECT_TRUE(clock.has_written_too_long(start + milliseconds(40)));
    clock.end_write();
    EXPECT_FALSE(clock.has_written_too_long(start + milliseconds(40)));
}

}  // namespace
}  // namespace relief::http
