#include "server/ops/log.hpp"

#include "server/ops/log_line.hpp"

#include <spdlog/logger.h>
#include <spdlog/sinks/base_sink.h>

#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <thread>
#include <unistd.h>

namespace relief::ops {
namespace {

constexpr std::chrono::seconds flush_interval{1};
constexpr std::size_t flush_size = std::size_t{64} << 10U;

// spdlog's own sink writes each line at once, one system call a request. This one does so only
// while the log is quiet.
class StandardError : public spdlog::sinks::base_sink<std::mutex> {
    using Clock = std::chrono::steady_clock;

protected:
    void sink_it_(const spdlog::details::log_msg& message) override {
        waiting_.append(message.payload.data(), message.payload.size());
        waiting_ += '\n';
        if (waiting_.size() >= flush_size || Clock::now() - flushed_ >= flush_interval) flush_();
    }

    // A reader that has gone, or a full disk behind a redirection, must not stop the server.
    void flush_() override {
        std::string_view rest = waiting_;
        while (!rest.empty()) {
            const auto count = ::write(STDERR_FILENO, rest.data(), rest.size());
            if (count < 0 && errno == EINTR) continue;
            if (count <= 0) break;
            rest.remove_prefix(static_cast<std::size_t>(count));
        }
        waiting_.clear();
        flushed_ = Clock::now();
    }

private:
    std::string waiting_;
    Clock::time_point flushed_;
};

spdlog::level::level_enum spdlog_level(Level level) {
    switch (level) {
        case Level::debug: return spdlog::level::debug;
        case Level::info: return spdlog::level::info;
        case Level::warning: return spdlog::level::warn;
        case Level::error: return spdlog::level::err;
    }
    return spdlog::level::err;
}

class StandardErrorLog : public Log {
public:
    StandardErrorLog(Form form, Level least)
        : form_(form), logger_("relief", std::make_shared<StandardError>()) {
        logger_.set_level(spdlog_level(least));
        logger_.flush_on(spdlog::level::warn);
        flusher_ = std::jthread([this](const std::stop_token& stop) { flush_until(stop); });
    }
    ~StandardErrorLog() override {
        flusher_.request_stop();
        if (flusher_.joinable()) flusher_.join();
        logger_.flush();
    }
    StandardErrorLog(const StandardErrorLog&) = delete;
    StandardErrorLog& operator=(const StandardErrorLog&) = delete;
    StandardErrorLog(StandardErrorLog&&) = delete;
    StandardErrorLog& operator=(StandardErrorLog&&) = delete;

    void write(Level level, std::string_view event, std::initializer_list<Field> fields) override {
        if (!logger_.should_log(spdlog_level(level))) return;
        const LogEvent line{.time = present_moment(),
                            .level = level,
                            .event = event,
                            .fields = {fields.begin(), fields.size()}};
        const std::string text = form_ == Form::json ? json_line(line) : text_line(line);
        // As a view: braces in it are not a format.
        logger_.log(spdlog_level(level), spdlog::string_view_t(text));
    }

private:
    void flush_until(const std::stop_token& stop) {
        std::mutex mutex;
        std::condition_variable_any never;
        std::unique_lock lock(mutex);
        while (!stop.stop_requested()) {
            never.wait_for(lock, stop, flush_interval, [] { return false; });
            logger_.flush();
        }
    }

    Form form_;
    spdlog::logger logger_;
    std::jthread flusher_;
};

}  // namespace

std::unique_ptr<Log> make_log(Log::Form form, Level least) {
    return std::make_unique<StandardErrorLog>(form, least);
}

}  // namespace relief::ops
