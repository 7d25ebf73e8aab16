#include "server/ops/log_line.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

namespace relief::ops {
namespace {

// One character of UTF-8, or one byte that belongs to none.
struct Character {
    std::string_view bytes;
    char32_t code = 0;
    bool valid = false;
};

// RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF.
Character first_character(std::string_view text) {
    struct Form {
        unsigned mask, lead;
        std::size_t size;
        char32_t least;
    };
    constexpr std::array<Form, 4> forms{{{0x80U, 0x00U, 1, 0},
                                         {0xE0U, 0xC0U, 2, 0x80},
                                         {0xF0U, 0xE0U, 3, 0x800},
                                         {0xF8U, 0xF0U, 4, 0x10000}}};
    const Character broken{.bytes = text.substr(0, 1)};
    const auto lead = static_cast<unsigned char>(text.front());
    const auto form = std::find_if(
        forms.begin(), forms.end(), [lead](const Form& f) { return (lead & f.mask) == f.lead; });
    if (form == forms.end() || text.size() < form->size) return broken;
    char32_t code = lead & ~form->mask;
    for (const char next : text.substr(1, form->size - 1)) {
        const auto bits = static_cast<unsigned char>(next);
        if ((bits & 0xC0U) != 0x80U) return broken;
        code = (code << 6U) | (bits & 0x3FU);
    }
    const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
    if (code < form->least || surrogate || code > 0x10FFFF) return broken;
    return {.bytes = text.substr(0, form->size), .code = code, .valid = true};
}

// Controls (C0, DEL, C1), line and paragraph separators, marks that turn the writing direction.
bool is_unsafe(char32_t code) {
    return code < 0x20 || (code >= 0x7F && code <= 0x9F) || code == 0x2028 || code == 0x2029 ||
           code == 0x061C || code == 0x200E || code == 0x200F ||
           (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
}

template <unsigned digits>
void put_hexadecimal(std::string& out, std::uint32_t number) {
    for (unsigned i = digits; i > 0; --i) {
        out += "0123456789abcdef"[(number >> (4 * (i - 1))) & 15U];
    }
}

// The escapes that both forms share; 0: none.
char short_escape(char32_t code) {
    switch (code) {
        case U'\n': return 'n';
        case U'\r': return 'r';
        case U'\t': return 't';
        case U'"': return '"';
        case U'\\': return '\\';
        default: return 0;
    }
}

void put_text_character(std::string& out, const Character& character) {
    if (!character.valid) {
        out += "\\x";
        put_hexadecimal<2>(out, static_cast<unsigned char>(character.bytes.front()));
    } else if (const char letter = short_escape(character.code); letter != 0) {
        out += '\\';
        out += letter;
    } else if (!is_unsafe(character.code)) {
        out += character.bytes;
    } else if (character.code < 0x80) {
        out += "\\x";
        put_hexadecimal<2>(out, character.code);
    } else {
        out += "\\u{";
        put_hexadecimal<4>(out, character.code);
        out += '}';
    }
}

void put_json_character(std::string& out, const Character& character) {
    if (!character.valid) {
        out += "\xEF\xBF\xBD";  // U+FFFD
    } else if (const char letter = short_escape(character.code); letter != 0) {
        out += '\\';
        out += letter;
    } else if (is_unsafe(character.code)) {
        out += "\\u";
        put_hexadecimal<4>(out, character.code);
    } else {
        out += character.bytes;
    }
}

bool is_plain(char letter) noexcept {
    return letter >= 0x20 && letter < 0x7F && letter != '"' && letter != '\\';
}

template <typename PutCharacter>
void put_escaped(std::string& out, std::string_view text, PutCharacter put) {
    while (!text.empty()) {
        // Most of a log is plain; looking at it letter by letter costs as much as a cached tile.
        const auto* const end = std::find_if_not(text.begin(), text.end(), is_plain);
        const auto plain = static_cast<std::size_t>(end - text.begin());
        out += text.substr(0, plain);
        text.remove_prefix(plain);
        if (text.empty()) return;
        const Character character = first_character(text);
        put(out, character);
        text.remove_prefix(character.bytes.size());
    }
}

void put_text_value(std::string& out, std::string_view value) {
    const bool quoted = value.empty() || value.find_first_of(" =\"") != std::string_view::npos;
    if (quoted) out += '"';
    put_escaped(out, value, put_text_character);
    if (quoted) out += '"';
}

void put_json_text(std::string& out, std::string_view text) {
    out += '"';
    put_escaped(out, text, put_json_character);
    out += '"';
}

std::string_view name_of(Level level) {
    switch (level) {
        case Level::debug: return "debug";
        case Level::info: return "info";
        case Level::warning: return "warning";
        case Level::error: return "error";
    }
    return "";
}

// Always with milliseconds, so that lines sort as text.
std::string time_of(Instant time) {
    std::string text = to_text(time);
    if (text.find('.') == std::string::npos) text.insert(text.size() - 1, ".000");
    return text;
}

}  // namespace

std::string text_line(const LogEvent& event) {
    std::string line = time_of(event.time);
    line += ' ';
    line += name_of(event.level);
    line += ' ';
    put_escaped(line, event.event, put_text_character);
    for (const auto& [name, value] : event.fields) {
        line += ' ';
        put_escaped(line, name, put_text_character);
        line += '=';
        put_text_value(line, value.text);
    }
    return line;
}

std::string json_line(const LogEvent& event) {
    std::string line = R"({"time":")" + time_of(event.time) + R"(","level":")";
    line += name_of(event.level);
    line += R"(","event":)";
    put_json_text(line, event.event);
    for (const auto& [name, value] : event.fields) {
        line += ',';
        put_json_text(line, name);
        line += ':';
        if (value.number)
            line += value.text;
        else
            put_json_text(line, value.text);
    }
    line += '}';
    return line;
}

}  // namespace relief::ops
