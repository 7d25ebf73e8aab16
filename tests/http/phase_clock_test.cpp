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
