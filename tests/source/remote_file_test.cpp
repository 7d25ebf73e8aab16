#include "tiler/source/remote_file.hpp"

#include "tests/support/range_server.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

namespace relief::source {
namespace {

using relief::testing::RangeServer;
using std::chrono::milliseconds;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::uint64_t kib = 1024;

/// Bytes that tell where they stand.
std::string pattern(std::size_t size) {
    std::string bytes(size, '\0');
    for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<char>((i * 7 + i / 251) % 256);
    return bytes;
}

class RemoteFileTest : public ::testing::Test {
protected:
    void SetUp() override { server_.put("/a.tif", bytes_); }

    RemoteAddress address(const std::string& path = "/a.tif") const {
        return *RemoteAddress::make(server_.url(path));
    }
    Result<std::unique_ptr<RemoteFile>> open(const Version& version = {},
                                             const Deadline& deadline = {}) const {
        return RemoteFile::open({address(), version, 0}, deadline);
    }
    std::string words_of_opening() const {
        const auto file = open();
        return file ? "opened" : file.error().what;
    }
    // NOLINTNEXTLINE(bugprone-easily-swappable-parameters): as read() of a file has them
    static std::string read(RemoteFile& file, std::uint64_t offset, std::size_t size) {
        std::vector<std::uint8_t> target(size);
        const auto count = file.read(offset, target);
        if (!count) return count.error().what;
        return {target.begin(), target.begin() + static_cast<std::ptrdiff_t>(*count)};
    }
    static Deadline in(milliseconds time) { return Deadline(Deadline::Clock::now() + time); }

    const std::string bytes_ = pattern(1000 * kib);
    RangeServer server_;
};

TEST_F(RemoteFileTest, GivesTheBytesThatLieThere) {
    auto file = open();
    ASSERT_TRUE(file) << file.error().what;

    EXPECT_EQ((*file)->stamp().size, bytes_.size());
    EXPECT_EQ(read(**file, 0, 100), bytes_.substr(0, 100));
    EXPECT_EQ(read(**file, 500 * kib + 3, 70 * kib), bytes_.substr(500 * kib + 3, 70 * kib));
    EXPECT_EQ(read(**file, bytes_.size() - 10, 100), bytes_.substr(bytes_.size() - 10));
    EXPECT_EQ(read(**file, bytes_.size() + 10, 100), "");
}

TEST_F(RemoteFileTest, IsOpenedAndItsBeginningReadWithOneQuestion) {
    auto file = open();
    ASSERT_TRUE(file);
    for (std::uint64_t at = 0; at < 60 * kib; at += 1000) read(**file, at, 100);

    EXPECT_EQ(server_.questions().size(), 1U);
    EXPECT_EQ(server_.bytes_sent(), 64 * kib);
}

TEST_F(RemoteFileTest, FetchesPartsThatLieCloseWithOneQuestion) {
    auto file = open();
    ASSERT_TRUE(file);
    server_.forget_questions();

    // Two parts 20 KiB apart, and one far away: 100 to 160 KiB, and 800 to 810 KiB.
    (*file)->fetch({{800 * kib, 10 * kib}, {140 * kib, 20 * kib}, {100 * kib, 20 * kib}});
    EXPECT_EQ(read(**file, 100 * kib, 20 * kib), bytes_.substr(100 * kib, 20 * kib));
    EXPECT_EQ(read(**file, 140 * kib, 20 * kib), bytes_.substr(140 * kib, 20 * kib));
    EXPECT_EQ(read(**file, 800 * kib, 10 * kib), bytes_.substr(800 * kib, 10 * kib));

    EXPECT_EQ(server_.questions().size(), 2U);
    EXPECT_EQ(server_.bytes_sent(), 70 * kib);
}

TEST_F(RemoteFileTest, ReadsAheadOfWhoReadsOn) {
    auto file = open();
    ASSERT_TRUE(file);
    server_.forget_questions();

    for (std::uint64_t at = 64 * kib; at < bytes_.size(); at += kib)
        ASSERT_EQ(read(**file, at, kib), bytes_.substr(at, kib));

    // 16, 32, 64, … KiB: 936 KiB take 6 questions, not 936.
    EXPECT_LE(server_.questions().size(), 7U);
}

TEST_F(RemoteFileTest, IsOfOneVersionWhateverItsServerDoes) {
    for (const bool heeds : {true, false}) {
        server_.behave({.heeds_if_match = heeds});
        auto file = open();
        ASSERT_TRUE(file);
        server_.put("/a.tif", std::string(bytes_.size(), 'x'));

        std::vector<std::uint8_t> target(100);
        const auto count = (*file)->read(700 * kib, target);

        ASSERT_FALSE(count);
        EXPECT_EQ(count.error().fault, Fault::too_busy);
        EXPECT_THAT(count.error().what, HasSubstr("changed"));
        EXPECT_TRUE((*file)->failure());
    }
}

TEST_F(RemoteFileTest, IsRefusedWhenItIsNotTheVersionThatWasExpected) {
    auto file = open();
    ASSERT_TRUE(file);
    const Version version = (*file)->stamp().version;
    EXPECT_TRUE(open(version));

    server_.put("/a.tif", bytes_);

    const auto other = open(version);
    ASSERT_FALSE(other);
    EXPECT_EQ(other.error().fault, Fault::too_busy);
}

TEST_F(RemoteFileTest, HasTheSameVersionForAHead) {
    const auto stamp = stamp_of(address(), {});
    const auto file = open();

    ASSERT_TRUE(stamp && file);
    EXPECT_EQ(*stamp, (*file)->stamp());
    EXPECT_EQ(server_.questions().front().method, "HEAD");
    EXPECT_EQ(to_text(stamp->modified), "2024-03-01T10:00:00Z");
}

TEST_F(RemoteFileTest, IsToldFromAnotherByDateAndSizeWhereThereIsNoTag) {
    server_.behave({.tells_etag = false});
    const auto before = stamp_of(address(), {});
    server_.put("/a.tif", bytes_ + "more");
    const auto after = stamp_of(address(), {});

    ASSERT_TRUE(before && after);
    EXPECT_NE(before->version, after->version);
}

TEST_F(RemoteFileTest, IsRefusedWhereAChangeCouldNotBeNoticed) {
    server_.behave({.tells_etag = false, .tells_modified = false});

    EXPECT_THAT(words_of_opening(), HasSubstr("neither ETag nor Last-Modified"));
}

TEST_F(RemoteFileTest, OfAServerWithoutPartsIsRefusedWithoutReadingItAll) {
    server_.behave({.ranges = false});

    EXPECT_THAT(words_of_opening(), HasSubstr("whole files only"));
}

TEST_F(RemoteFileTest, IsNeverSoughtWhereARedirectLeads) {
    RangeServer elsewhere;
    elsewhere.put("/a.tif", bytes_);
    for (const int status : {301, 302, 303, 307, 308}) {
        server_.behave({.status = status, .location = elsewhere.url("/a.tif")});
        EXPECT_THAT(words_of_opening(), HasSubstr("sends to another address")) << status;
        EXPECT_FALSE(stamp_of(address(), {}));
    }

    EXPECT_TRUE(elsewhere.questions().empty());
}

TEST_F(RemoteFileTest, ShowsNoControlCharactersOfItsServer) {
    server_.behave({.status = 302, .location = "http://a.org/\x1b[2J"});

    const auto file = open();

    ASSERT_FALSE(file);
    EXPECT_THAT(file.error().what + file.error().detail, Not(HasSubstr("\x1b")));
}

TEST_F(RemoteFileTest, TellsWhyItCannotBeRead) {
    server_.behave({.status = 403});
    EXPECT_THAT(words_of_opening(), HasSubstr("does not let it be read"));
    server_.behave({.status = 404});
    EXPECT_THAT(words_of_opening(), HasSubstr("not there"));
    server_.behave({});
    server_.stop();
    EXPECT_THAT(words_of_opening(), AllOf(HasSubstr("cannot be reached"), Not(HasSubstr("127."))));
}

TEST_F(RemoteFileTest, AsksAServerInTroubleThreeTimesInAll) {
    server_.behave({.status = 503});

    EXPECT_THAT(words_of_opening(), HasSubstr("status 503"));
    EXPECT_EQ(server_.questions().size(), 3U);
}

TEST_F(RemoteFileTest, EndsAtItsDeadline) {
    server_.behave({.delay = milliseconds(5000)});
    const auto begun = Deadline::Clock::now();

    const auto file = open({}, in(milliseconds(300)));

    ASSERT_FALSE(file);
    EXPECT_EQ(file.error().fault, Fault::out_of_time);
    EXPECT_LT(Deadline::Clock::now() - begun, milliseconds(2000));
}

TEST_F(RemoteFileTest, ReadsNoMoreThanItMay) {
    auto file = RemoteFile::open({address(), {}, 200 * kib}, {});
    ASSERT_TRUE(file);

    EXPECT_EQ(read(**file, 100 * kib, 10 * kib).size(), 10 * kib);
    EXPECT_THAT(read(**file, 500 * kib, 300 * kib), HasSubstr("more than 0 MB"));
}

}  // namespace
}  // namespace relief::source
