#include "tiler/ingest/sandbox.hpp"

#include "tests/support/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <fstream>
#include <functional>
#include <string>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace relief::ingest {
namespace {

/// Sanitizers reserve far more address space than any limit would leave.
constexpr SandboxLimits roomy{
    .memory = std::size_t{1} << 60U, .cpu_seconds = 60, .file_bytes = std::size_t{1} << 30U};

/// What `act` gives (0 to 99) in a confined process of its own; 100 when it could not be confined,
/// 200 and the signal that ended it.
int confined(const std::function<int()>& act, const SandboxLimits& limits = roomy) {
    const pid_t child = ::fork();
    if (child == 0) ::_exit(enter_sandbox(limits) ? act() : 100);
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 200 + WTERMSIG(status);
}

/// 0 when a call was refused with EPERM, 1 when it went through, else 2.
int refused(long result) {
    if (result >= 0) return 1;
    return errno == EPERM ? 0 : 2;
}

TEST(Sandbox, OpensNoSocketOfAnyKind) {
    for (const int family : {AF_INET, AF_INET6, AF_UNIX, AF_NETLINK}) {
        EXPECT_EQ(confined([&] { return refused(::socket(family, SOCK_STREAM, 0)); }), 0) << family;
    }
}

TEST(Sandbox, OfARemoteSourceAsksButIsNotAsked) {
    SandboxLimits asking = roomy;
    asking.network = true;

    EXPECT_EQ(confined([] { return refused(::socket(AF_INET, SOCK_STREAM, 0)); }, asking), 1);
    EXPECT_EQ(confined([] { return refused(::listen(0, 1)); }, asking), 0);
    EXPECT_EQ(confined([] { return refused(::accept(0, nullptr, nullptr)); }, asking), 0);
}

TEST(Sandbox, SendsNothingThroughWhatItWasGiven) {
    const auto send_through = [] {
        std::array<int, 2> ends{};
        if (::pipe(ends.data()) != 0) return 3;
        const int sent = refused(::sendto(ends[1], "x", 1, 0, nullptr, 0));
        const int reached = refused(::connect(ends[1], nullptr, 0));
        return sent + reached;
    };
    EXPECT_EQ(confined(send_through), 0);
}

TEST(Sandbox, StartsNoProgram) {
    EXPECT_EQ(
        confined([] { return refused(::execl("/bin/true", "true", static_cast<char*>(nullptr))); }),
        0);
    EXPECT_EQ(confined([] {
                  const int program = ::open("/bin/true", O_RDONLY);
                  std::array<char*, 1> none{nullptr};
                  return refused(::fexecve(program, none.data(), none.data()));
              }),
              0);
}

TEST(Sandbox, TracesMountsAndChangesNobody) {
    EXPECT_EQ(confined([] { return refused(::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr)); }), 0);
    EXPECT_EQ(confined([] { return refused(::mount("none", "/tmp", "tmpfs", 0, nullptr)); }), 0);
    EXPECT_EQ(confined([] { return refused(::setuid(0)); }), 0);
    EXPECT_EQ(confined([] { return refused(::chroot("/tmp")); }), 0);
}

TEST(Sandbox, HoldsForThreadsMadeLater) {
    EXPECT_EQ(confined([] {
                  int outcome = 3;
                  std::thread([&] { outcome = refused(::socket(AF_INET, SOCK_STREAM, 0)); }).join();
                  return outcome;
              }),
              0);
}

TEST(Sandbox, StillReadsAndWritesFiles) {
    const testing::TemporaryFolder folder;
    const std::string file = (folder.path() / "file").string();

    EXPECT_EQ(confined([&] {
                  std::ofstream(file) << "written";
                  std::string word;
                  std::ifstream(file) >> word;
                  return word == "written" ? 0 : 1;
              }),
              0);
}

TEST(Sandbox, WithoutBytesForFilesWritesNone) {
    const testing::TemporaryFolder folder;
    const std::string file = (folder.path() / "file").string();
    auto reading = roomy;
    reading.file_bytes = 0;

    const int outcome = confined(
        [&] {
            const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT, 0600);
            return ::write(descriptor, "x", 1) == 1 ? 1 : 0;
        },
        reading);

    EXPECT_EQ(outcome, 200 + SIGXFSZ);
    EXPECT_EQ(std::filesystem::file_size(file), 0U);
}

TEST(Sandbox, EndsWhatComputesForEver) {
    auto brief = roomy;
    brief.cpu_seconds = 1;

    const int outcome = confined(
        [] {
            std::atomic<unsigned> turns = 0;
            for (;;) ++turns;
            return 0;
        },
        brief);

    EXPECT_TRUE(outcome == 200 + SIGXCPU || outcome == 200 + SIGKILL) << outcome;
}

TEST(Sandbox, LeavesNoCoreDump) {
    EXPECT_EQ(confined([] {
                  rlimit limit{};
                  return getrlimit(RLIMIT_CORE, &limit) == 0 && limit.rlim_max == 0 ? 0 : 1;
              }),
              0);
}

}  // namespace
}  // namespace relief::ingest
