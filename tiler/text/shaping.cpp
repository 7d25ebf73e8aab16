#include "tiler/text/shaping.hpp"

#include <hb.h>
#include <unicode/locid.h>
#include <unicode/ubidi.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <memory>
#include <span>

namespace relief::text {
namespace {

using Lease = Fonts::Library::Lease;
using OwnedBidi = std::unique_ptr<UBiDi, Release<ubidi_close>>;
using OwnedBuffer = std::unique_ptr<hb_buffer_t, Release<hb_buffer_destroy>>;

constexpr std::int32_t most_characters = 500;

UChar32 shown(UChar32 character) noexcept {
    const auto type = u_charType(character);
    if (type == U_CONTROL_CHAR || type == U_LINE_SEPARATOR || type == U_PARAGRAPH_SEPARATOR)
        return ' ';
    return U_IS_UNICODE_NONCHAR(character) ? UChar32{0xFFFD} : character;
}

icu::UnicodeString cleaned(std::string_view utf8) {
    // A code point has four bytes at most: what lies beyond can never be drawn.
    const auto bytes =
        static_cast<std::int32_t>(std::min(utf8.size(), std::size_t{4} * most_characters));
    const auto all = icu::UnicodeString::fromUTF8({utf8.data(), bytes});
    icu::UnicodeString text;
    std::int32_t count = 0;
    for (std::int32_t i = 0; i < all.length() && count < most_characters; ++count) {
        text.append(shown(all.char32At(i)));
        i = all.moveIndex32(i, 1);
    }
    return text;
}

/// A stretch of the text, in UTF-16 units, that is shaped in one go.
struct Stretch {
    std::int32_t start = 0;
    std::int32_t length = 0;
    std::size_t font = 0;
    hb_script_t script = HB_SCRIPT_COMMON;
};

bool has_own_script(hb_script_t script) noexcept {
    return script != HB_SCRIPT_COMMON && script != HB_SCRIPT_INHERITED &&
           script != HB_SCRIPT_UNKNOWN;
}

/// Digits, blanks, marks and joiners go with what stands before them.
bool follows(const Lease& fonts, const Stretch& stretch, UChar32 character, hb_script_t script) {
    const auto type = u_charType(character);
    if (type == U_FORMAT_CHAR || type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK)
        return true;
    const bool same =
        !has_own_script(script) || !has_own_script(stretch.script) || script == stretch.script;
    return same && fonts.covers(stretch.font, static_cast<char32_t>(character));
}

std::vector<Stretch> stretches_of(const Lease& fonts,
                                  const icu::UnicodeString& text,
                                  std::pair<std::int32_t, std::int32_t> run) {
    auto* const unicode = hb_unicode_funcs_get_default();
    std::vector<Stretch> stretches;
    for (auto i = run.first; i < run.second;) {
        const auto next = text.moveIndex32(i, 1);
        const auto character = text.char32At(i);
        const auto script = hb_unicode_script(unicode, static_cast<hb_codepoint_t>(character));
        if (stretches.empty() || !follows(fonts, stretches.back(), character, script))
            stretches.push_back({.start = i,
                                 .length = 0,
                                 .font = fonts.font_for(static_cast<char32_t>(character)),
                                 .script = script});
        auto& last = stretches.back();
        last.length = next - last.start;
        if (!has_own_script(last.script)) last.script = script;
        i = next;
    }
    return stretches;
}

constexpr hb_feature_t without(hb_tag_t feature) noexcept {
    return {feature, 0, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END};
}

/// What a font does for looks. What a script is wrong without has features of its own ("rlig").
constexpr std::array letters_apart{without(HB_TAG('k', 'e', 'r', 'n')),
                                   without(HB_TAG('l', 'i', 'g', 'a')),
                                   without(HB_TAG('c', 'l', 'i', 'g'))};

std::span<const hb_feature_t> features_of(Setting setting) noexcept {
    if (setting == Setting::typographic) return {};
    return letters_apart;
}

struct Shaper {
    const Lease& fonts;
    const icu::UnicodeString& text;
    std::span<const hb_feature_t> features;
    ShapedLine line{};

    void add(const Stretch& stretch, hb_direction_t direction) {
        const auto* font = fonts.font(stretch.font);
        if (font == nullptr) return;
        const OwnedBuffer buffer(hb_buffer_create());
        // The whole line goes along as context: letters join across stretches.
        hb_buffer_add_utf16(buffer.get(),
                            reinterpret_cast<const std::uint16_t*>(text.getBuffer()),
                            text.length(),
                            static_cast<unsigned>(stretch.start),
                            stretch.length);
        hb_buffer_set_direction(buffer.get(), direction);
        hb_buffer_set_script(buffer.get(), stretch.script);
        hb_buffer_set_language(buffer.get(), hb_language_from_string("und", -1));
        hb_shape(font->shaper.get(),
                 buffer.get(),
                 features.data(),
                 static_cast<unsigned>(features.size()));
        place(*buffer, stretch.font);
    }

private:
    void place(hb_buffer_t& buffer, std::size_t font) {
        unsigned count = 0;
        const auto* glyphs = hb_buffer_get_glyph_infos(&buffer, &count);
        const auto* positions = hb_buffer_get_glyph_positions(&buffer, &count);
        for (unsigned i = 0; i < count; ++i) {
            line.glyphs.push_back({.font = font,
                                   .glyph = glyphs[i].codepoint,
                                   .x = line.advance + positions[i].x_offset,
                                   .y = positions[i].y_offset,
                                   .advance = positions[i].x_advance});
            line.advance += positions[i].x_advance;
        }
    }
};

void add_run(Shaper& shaper, UBiDi& bidi, std::int32_t run) {
    std::int32_t start = 0;
    std::int32_t length = 0;
    const bool leftwards = ubidi_getVisualRun(&bidi, run, &start, &length) == UBIDI_RTL;
    auto stretches = stretches_of(shaper.fonts, shaper.text, {start, start + length});
    if (leftwards) std::reverse(stretches.begin(), stretches.end());
    for (const auto& stretch : stretches)
        shaper.add(stretch, leftwards ? HB_DIRECTION_RTL : HB_DIRECTION_LTR);
}

}  // namespace

ShapedLine shape(const Lease& fonts, std::string_view utf8, Setting setting) {
    const auto text = cleaned(utf8);
    Shaper shaper{.fonts = fonts, .text = text, .features = features_of(setting)};
    auto status = U_ZERO_ERROR;
    const OwnedBidi bidi(ubidi_open());
    ubidi_setPara(bidi.get(), text.getBuffer(), text.length(), UBIDI_DEFAULT_LTR, nullptr, &status);
    const auto runs = ubidi_countRuns(bidi.get(), &status);
    if (U_FAILURE(status)) return {};
    for (std::int32_t run = 0; run < runs; ++run) add_run(shaper, *bidi, run);
    return std::move(shaper.line);
}

std::string printable(std::string_view utf8) {
    std::string text;
    return cleaned(utf8).toUTF8String(text);
}

std::string in_upper_case(std::string_view utf8) {
    std::string text;
    return cleaned(utf8).toUpper(icu::Locale::getRoot()).toUTF8String(text);
}

std::string in_lower_case(std::string_view utf8) {
    std::string text;
    return cleaned(utf8).toLower(icu::Locale::getRoot()).toUTF8String(text);
}

bool is_right_to_left(std::string_view utf8) {
    const auto text = cleaned(utf8);
    return ubidi_getBaseDirection(text.getBuffer(), text.length()) == UBIDI_RTL;
}

}  // namespace relief::text
