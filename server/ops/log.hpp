#pragma once
// Structured log lines: one event, its fields, in text or JSON.

#include <concepts>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace relief::ops {

enum class Level { debug, info, warning, error };

/// Text, or a whole number, which JSON has without quotes. Made of either without a word more:
/// fields are lists.
struct FieldValue {
    FieldValue(std::string given) : text(std::move(given)) {}
    FieldValue(const char* given) : text(given) {}
    FieldValue(std::string_view given) : text(given) {}
    template <std::integral Number>
    FieldValue(Number given) : text(std::to_string(given)), number(true) {}

    std::string text;
    bool number = false;
};
using Field = std::pair<std::string_view, FieldValue>;

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
