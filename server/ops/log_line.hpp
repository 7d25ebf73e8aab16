#pragma once
// One event as one line of text, whatever its fields hold.

#include "server/ops/log.hpp"
#include "tiler/core/instant.hpp"

#include <span>
#include <string>
#include <string_view>

namespace relief::ops {

struct LogEvent {
    Instant time;
    Level level = Level::info;
    std::string_view event;
    std::span<const Field> fields;
};

/// "2024-01-01T00:00:00.000Z info event name=value name="value with spaces"", without line end.
/// Characters that could end a line, move a terminal's cursor or turn the direction of writing
/// are written as \n, \r, \t, \x1b (bytes that are no UTF-8 too) or \u{202e}.
std::string text_line(const LogEvent& event);

/// {"time":…,"level":…,"event":…,"name":"value"}: RFC 8259, without line end; bytes that are no
/// UTF-8 become U+FFFD. Numbers have no quotes.
std::string json_line(const LogEvent& event);

}  // namespace relief::ops
