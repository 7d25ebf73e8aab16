#include "tiler/glyphs/glyph_range.hpp"

#include "tiler/glyphs/glyph_stack.hpp"
#include "tiler/text/font_library.hpp"
#include "tiler/text/outline.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <system_error>
#include <vector>

namespace relief::glyphs {
namespace {

constexpr std::size_t longest_stack = 256;
constexpr std::size_t most_fonts = 8;
constexpr std::uint32_t range_length = 256;
constexpr std::uint32_t last_start = 65280;

/// A number as it would be written: without a sign, a space or a leading zero.
std::optional<std::uint32_t> plain_number(std::string_view text) {
    std::uint32_t number = 0;
    const char* const end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, number);
    if (read.ec != std::errc{} || read.ptr != end || std::to_string(number) != text)
        return std::nullopt;
    return number;
}

/// The first character of the range.
Result<std::uint32_t> start_of(std::string_view range) {
    const auto dash = range.find('-');
    if (dash != std::string_view::npos) {
        const auto first = plain_number(range.substr(0, dash));
        const auto last = plain_number(range.substr(dash + 1));
        if (first && last && *first <= last_start && *first % range_length == 0 &&
            *last == *first + range_length - 1)
            return *first;
    }
    return bad_request(
        "\"" + std::string(range.substr(0, 40)) +
        "\" is no range of glyphs; they are 0-255, 256-511 and so on, 256 characters "
        "each, to 65280-65535");
}

std::string_view trimmed(std::string_view text) {
    while (text.starts_with(' ')) text.remove_prefix(1);
    while (text.ends_with(' ')) text.remove_suffix(1);
    return text;
}

Result<std::vector<std::string>> names_in(std::string_view fontstack) {
    const auto refuse = [&](const std::string& why) {
        return bad_request("the fonts \"" + std::string(fontstack.substr(0, 80)) + "\" " + why +
                           "; write the names of 1 to 8 fonts with commas between, at most 256 "
                           "bytes: Noto Sans Regular,Noto Sans Arabic Regular");
    };
    if (fontstack.size() > longest_stack) return refuse("are too long");
    std::vector<std::string> names;
    for (std::size_t at = 0; at <= fontstack.size();) {
        const std::size_t comma = std::min(fontstack.find(',', at), fontstack.size());
        const std::string_view name = trimmed(fontstack.substr(at, comma - at));
        if (name.empty()) return refuse("leave a name empty");
        names.emplace_back(name);
        at = comma + 1;
    }
    if (names.size() > most_fonts) return refuse("are too many");
    return names;
}

/// Characters that steer and are never drawn: C0, DEL and C1.
bool is_control(std::uint32_t character) noexcept {
    return character < 0x20 || (character >= 0x7F && character < 0xA0);
}

}  // namespace

Result<FontStack> font_stack(const text::Fonts& fonts, std::string_view names) {
    auto asked = names_in(names);
    if (!asked) return asked.error();
    asked->emplace_back("Noto Sans Regular");
    const auto& library = fonts.library();
    FontStack stack;
    for (const std::string& name : *asked) {
        const auto font = library.place_of(name);
        if (!font || std::find(stack.fonts.begin(), stack.fonts.end(), *font) != stack.fonts.end())
            continue;
        stack.fonts.push_back(*font);
        stack.name += (stack.name.empty() ? "" : ",") + library.name_of(*font);
    }
    return stack;
}

Result<Bytes> glyph_range(const text::Fonts& fonts,
                          const FontStack& stack,
                          std::string_view range) {
    const auto start = start_of(range);
    if (!start) return start.error();
    text::OutlinedText text(fonts);
    GlyphStack drawn{stack.name, std::string(range), {}};
    for (std::uint32_t i = *start; i < *start + range_length; ++i) {
        if (is_control(i)) continue;
        const auto outlined = text.glyph(static_cast<char32_t>(i), stack.fonts);
        if (outlined) drawn.glyphs.push_back(distance_glyph(static_cast<char32_t>(i), *outlined));
    }
    return encode_glyphs(drawn);
}

}  // namespace relief::glyphs
