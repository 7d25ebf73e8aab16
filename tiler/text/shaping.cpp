#include "tiler/text/shaping.hpp"

#include <hb.h>
#include <unicode/locid.h>
#include <unicode/ubidi.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <utility>

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

icu::UnicodeString cleaned(std::string_view utf8, std::int32_t most = most_characters) {
    // A code point has four bytes at most: what lies beyond can never be drawn.
    const auto bytes =
        static_cast<std::int32_t>(std::min(utf8.size(), std::size_t{4} * most_characters));
    const auto all = icu::UnicodeString::fromUTF8({utf8.data(), bytes});
    icu::UnicodeString text;
    std::int32_t count = 0;
    for (std::int32_t i = 0; i < all.length() && count < most; ++count) {
        text.append(shown(all.char32At(i)));
        i = all.moveIndex32(i, 1);
    }
    return text;
}

/// The parts one behind the other.
struct WholeText {
    icu::UnicodeString text;
    std::vector<std::int32_t> ends;  ///< of the parts, in UTF-16 units

    explicit WholeText(std::span<const TextPart> parts) {
        for (const TextPart& part : parts) {
            text += cleaned(part.utf8, most_characters - text.countChar32());
            ends.push_back(text.length());
        }
    }
    std::size_t part_at(std::int32_t unit) const {
        return static_cast<std::size_t>(std::upper_bound(ends.begin(), ends.end(), unit) -
                                        ends.begin());
    }
};

/// A stretch of the text, in UTF-16 units, that is shaped in one go.
struct Stretch {
    std::int32_t start = 0;
    std::int32_t length = 0;
    std::size_t font = 0;
    hb_script_t script = HB_SCRIPT_COMMON;
    std::size_t part = 0;
    bool upright = false;
};

/// What a column does not turn. Source: UAX #50; of its Tr the glyph for columns stands as it is.
bool is_upright(UChar32 character) noexcept {
    return u_getIntPropertyValue(character, UCHAR_VERTICAL_ORIENTATION) != U_VO_ROTATED;
}

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

/// Cuts runs of one direction.
struct Cutter {
    const Lease& fonts;
    const WholeText& whole;
    std::span<const TextPart> parts;
    bool column;

    std::vector<Stretch> stretches_of(std::pair<std::int32_t, std::int32_t> run) const {
        std::vector<Stretch> stretches;
        for (auto i = run.first; i < run.second;) {
            const auto next = whole.text.moveIndex32(i, 1);
            const Stretch one = stretch_of(i);
            if (stretches.empty() || !goes_on(stretches.back(), one)) stretches.push_back(one);
            auto& last = stretches.back();
            last.length = next - last.start;
            if (!has_own_script(last.script)) last.script = one.script;
            i = next;
        }
        return stretches;
    }

private:
    Stretch stretch_of(std::int32_t i) const {
        const auto character = whole.text.char32At(i);
        const std::size_t part = whole.part_at(i);
        auto* const unicode = hb_unicode_funcs_get_default();
        return {.start = i,
                .font = fonts.font_for(static_cast<char32_t>(character), parts[part].font),
                .script = hb_unicode_script(unicode, static_cast<hb_codepoint_t>(character)),
                .part = part,
                .upright = column && is_upright(character)};
    }
    bool goes_on(const Stretch& last, const Stretch& next) const {
        return last.part == next.part && last.upright == next.upright &&
               follows(fonts, last, whole.text.char32At(next.start), next.script);
    }
};

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

constexpr std::array upright_letters{
    letters_apart[0],
    letters_apart[1],
    letters_apart[2],
    hb_feature_t{HB_TAG('v', 'e', 'r', 't'), 1, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END}};

struct Shaper {
    const Lease& fonts;
    const icu::UnicodeString& text;
    std::span<const TextPart> parts;
    std::span<const hb_feature_t> usual;
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
        const auto features =
            stretch.upright ? std::span<const hb_feature_t>(upright_letters) : usual;
        hb_shape(font->shaper.get(),
                 buffer.get(),
                 features.data(),
                 static_cast<unsigned>(features.size()));
        place(*buffer, stretch);
    }

private:
    void place(hb_buffer_t& buffer, const Stretch& stretch) {
        unsigned count = 0;
        const auto* glyphs = hb_buffer_get_glyph_infos(&buffer, &count);
        const auto* positions = hb_buffer_get_glyph_positions(&buffer, &count);
        const float scale = parts[stretch.part].scale;
        const auto scaled = [&](hb_position_t position) {
            return static_cast<std::int32_t>(std::lround(static_cast<float>(position) * scale));
        };
        for (unsigned i = 0; i < count; ++i) {
            const std::int32_t width = scaled(positions[i].x_advance);
            // A mark has no place of its own in a column either.
            const std::int32_t advance = stretch.upright && width > 0 ? scaled(fonts.em()) : width;
            line.glyphs.push_back({.font = stretch.font,
                                   .glyph = glyphs[i].codepoint,
                                   .x = line.advance + scaled(positions[i].x_offset),
                                   .y = scaled(positions[i].y_offset),
                                   .advance = advance,
                                   .width = width,
                                   .part = stretch.part,
                                   .upright = stretch.upright});
            line.advance += advance;
        }
    }
};

void add_run(Shaper& shaper, const Cutter& cutter, UBiDi& bidi, std::int32_t run) {
    std::int32_t start = 0;
    std::int32_t length = 0;
    const bool leftwards = ubidi_getVisualRun(&bidi, run, &start, &length) == UBIDI_RTL;
    auto stretches = cutter.stretches_of({start, start + length});
    if (leftwards) std::reverse(stretches.begin(), stretches.end());
    for (const auto& stretch : stretches)
        shaper.add(stretch, leftwards ? HB_DIRECTION_RTL : HB_DIRECTION_LTR);
}

}  // namespace

ShapedLine shape(const Lease& fonts, std::span<const TextPart> parts, Setting setting) {
    const WholeText whole(parts);
    const Cutter cutter{fonts, whole, parts, setting == Setting::column};
    Shaper shaper{
        .fonts = fonts, .text = whole.text, .parts = parts, .usual = features_of(setting)};
    auto status = U_ZERO_ERROR;
    const OwnedBidi bidi(ubidi_open());
    ubidi_setPara(bidi.get(),
                  whole.text.getBuffer(),
                  whole.text.length(),
                  UBIDI_DEFAULT_LTR,
                  nullptr,
                  &status);
    const auto runs = ubidi_countRuns(bidi.get(), &status);
    if (U_FAILURE(status)) return {};
    for (std::int32_t run = 0; run < runs; ++run) add_run(shaper, cutter, *bidi, run);
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

bool may_stand_in_a_column(std::string_view utf8) {
    constexpr std::array scripts{USCRIPT_HAN,
                                 USCRIPT_HIRAGANA,
                                 USCRIPT_KATAKANA,
                                 USCRIPT_HANGUL,
                                 USCRIPT_BOPOMOFO,
                                 USCRIPT_YI};
    const auto text = cleaned(utf8);
    for (std::int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
        auto status = U_ZERO_ERROR;
        const auto script = uscript_getScript(text.char32At(i), &status);
        if (std::find(scripts.begin(), scripts.end(), script) != scripts.end()) return true;
    }
    return false;
}

bool is_right_to_left(std::string_view utf8) {
    const auto text = cleaned(utf8);
    return ubidi_getBaseDirection(text.getBuffer(), text.length()) == UBIDI_RTL;
}

}  // namespace relief::text
