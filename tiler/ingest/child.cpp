#include "tiler/ingest/child.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <filesystem>
#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

namespace relief::ingest {
namespace {

constexpr std::size_t longest_line = std::size_t{4} << 20U;

void close_if_open(int& descriptor) noexcept {
    if (descriptor >= 0) ::close(descriptor);
    descriptor = -1;
}

struct Pipe {
    int read_end = -1;
    int write_end = -1;
    ~Pipe() {
        close_if_open(read_end);
        close_if_open(write_end);
    }
    Pipe() = default;
    Pipe(const Pipe&) = delete;
    Pipe& operator=(const Pipe&) = delete;
    Pipe(Pipe&&) = delete;
    Pipe& operator=(Pipe&&) = delete;

    bool open() {
        std::array<int, 2> ends{};
        if (pipe2(ends.data(), O_CLOEXEC) != 0) return false;
        read_end = ends[0];
        write_end = ends[1];
        return true;
    }
    /// A socket, since writing to a pipe whose reader has died is a signal that ends this process.
    bool open_without_signal() {
        std::array<int, 2> ends{};
        if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) return false;
        read_end = ends[0];
        write_end = ends[1];
        return true;
    }
};

struct Channels {
    Pipe input;
    Pipe output;
};

/// posix_spawn's objects, freed on every way out.
class SpawnSettings {
public:
    SpawnSettings() {
        posix_spawn_file_actions_init(&actions_);
        posix_spawnattr_init(&attributes_);
        // The child must feel signals that threads of a server have blocked.
        sigset_t none;
        sigemptyset(&none);
        sigset_t all;
        sigfillset(&all);
        posix_spawnattr_setsigmask(&attributes_, &none);
        posix_spawnattr_setsigdefault(&attributes_, &all);
        posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    }
    ~SpawnSettings() {
        posix_spawn_file_actions_destroy(&actions_);
        posix_spawnattr_destroy(&attributes_);
    }
    SpawnSettings(const SpawnSettings&) = delete;
    SpawnSettings& operator=(const SpawnSettings&) = delete;
    SpawnSettings(SpawnSettings&&) = delete;
    SpawnSettings& operator=(SpawnSettings&&) = delete;

    void connect(const Channels& channels) {
        posix_spawn_file_actions_adddup2(&actions_, channels.input.read_end, STDIN_FILENO);
        posix_spawn_file_actions_adddup2(&actions_, channels.output.write_end, STDOUT_FILENO);
        // Sockets and databases of a server are none of its child's business.
        posix_spawn_file_actions_addclosefrom_np(&actions_, STDERR_FILENO + 1);
    }
    int spawn(pid_t& process, const std::string& program, char* const* arguments) const {
        return posix_spawn(&process, program.c_str(), &actions_, &attributes_, arguments, environ);
    }

private:
    posix_spawn_file_actions_t actions_{};
    posix_spawnattr_t attributes_{};
};

std::string words_for(int status) {
    if (WIFEXITED(status)) {
        return WEXITSTATUS(status) == 0
                   ? ""
                   : "it ended with status " + std::to_string(WEXITSTATUS(status));
    }
    const int signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    if (signal == SIGXCPU) return "it took more processor time than is allowed";
    if (signal == SIGXFSZ) return "its output grew larger than is allowed";
    if (signal == SIGKILL) return "it was stopped, or needed more memory than is allowed";
    return "the file made the reading library crash (signal " + std::to_string(signal) + ")";
}

}  // namespace

std::string own_program() {
    std::error_code ignored;
    return std::filesystem::read_symlink("/proc/self/exe", ignored).string();
}

Child::Child(Child&& other) noexcept
    : process_(std::exchange(other.process_, -1)),
      input_(std::exchange(other.input_, -1)),
      output_(std::exchange(other.output_, -1)),
      buffer_(std::move(other.buffer_)) {}

Child::~Child() {
    if (process_ > 0) {
        kill();
        wait();
    }
    close_if_open(input_);
    close_if_open(output_);
}

Result<Child> Child::start(const std::string& program, const std::vector<std::string>& arguments) {
    Channels channels;
    if (!channels.input.open_without_signal() || !channels.output.open())
        return source_broken("no process can be started now", "pipe2");
    SpawnSettings settings;
    settings.connect(channels);
    std::vector<std::string> words{program};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<char*> pointers;
    pointers.reserve(words.size() + 1);
    for (std::string& word : words) pointers.push_back(word.data());
    pointers.push_back(nullptr);
    pid_t process = -1;
    if (const int error = settings.spawn(process, program, pointers.data()); error != 0) {
        return source_broken("no process can be started now",
                             "posix_spawn: " + std::to_string(error));
    }
    return Child(
        process,
        {std::exchange(channels.input.write_end, -1), std::exchange(channels.output.read_end, -1)});
}

bool Child::write_line(const std::string& line) const {
    const std::string text = line + "\n";
    for (std::size_t done = 0; done < text.size();) {
        const ssize_t written =
            ::send(input_, text.data() + done, text.size() - done, MSG_NOSIGNAL);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        done += static_cast<std::size_t>(written);
    }
    return true;
}

void Child::close_input() {
    close_if_open(input_);
}

Child::Read Child::read_line(std::string& line, std::chrono::milliseconds at_most) {
    const auto end = std::chrono::steady_clock::now() + at_most;
    for (;;) {
        if (const std::size_t found = buffer_.find('\n'); found != std::string::npos) {
            line = buffer_.substr(0, found);
            buffer_.erase(0, found + 1);
            return Read::line;
        }
        if (buffer_.size() > longest_line) return Read::end;
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
            end - std::chrono::steady_clock::now());
        if (left.count() <= 0) return Read::timeout;
        if (const auto reason = receive(left)) return *reason;
    }
}

std::optional<Child::Read> Child::receive(std::chrono::milliseconds at_most) {
    pollfd waiting{output_, POLLIN, 0};
    const int ready = ::poll(&waiting, 1, static_cast<int>(at_most.count()));
    // Interrupted: the caller may look at its own signals.
    if (ready == 0 || (ready < 0 && errno == EINTR)) return Read::timeout;
    std::array<char, 65536> bytes{};
    const ssize_t count = ::read(output_, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) return std::nullopt;
    if (count <= 0) return Read::end;
    buffer_.append(bytes.data(), static_cast<std::size_t>(count));
    return std::nullopt;
}

void Child::kill() const noexcept {
    if (process_ > 0) ::kill(process_, SIGKILL);
}

std::string Child::wait() {
    int status = 0;
    while (waitpid(process_, &status, 0) < 0 && errno == EINTR) {
    }
    process_ = -1;
    return words_for(status);
}

}  // namespace relief::ingest
