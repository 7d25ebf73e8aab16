#pragma once
// Structured log lines: one event, its fields, in text or JSON.

#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace relief::ops {

enum class Level { debug, info, warning, error };
using Field = std::pair<std::string_view, std::string>;

/// Handed to whoever logs; no global logger. Values are escaped: no line or control character of a
/// value can begin a line of its own.
class Log {
public:
    enum class Form { text, json };
    Log() = default;
    virtual ~Log() = default;
    Log(const Log&) = delete;
    Log& operator=(const Log&) = delete;
    Log(Log&&) = delete;
    Log& operator=(Log&&) = delete;

    virtual void write(Level level,
                       std::string_view event,
                       std::initializer_list<Field> fields) = 0;
};

/// To standard error, through spdlog: at once while the log is quiet, else together at each warning
/// and every second.
std::unique_ptr<Log> make_log(Log::Form form, Level least = Level::info);

}  // namespace relief::ops
