#include "tiler/symbology/label.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace relief::symbology {
namespace {

/// What may not be parted, with what it ends at: nothing, a space, or a line's end.
struct Word {
    std::string text;
    float width = 0;
    bool spaced = false;  ///< a space follows
    bool ends = false;    ///< a line feed follows
    float dislike = 0;    ///< of a line that would end here, as a square of ems
};

/// Of a character that begins with this byte. Source: RFC 3629.
std::size_t length_of(unsigned char byte) noexcept {
    return byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

/// Han, Kana, Bopomofo, Yi and their punctuation: U+2E80 to U+A4CF, U+F900 to U+FAFF and U+FF00 to
/// U+FFEF, all of three bytes.
bool is_ideograph(std::string_view character) noexcept {
    if (character.size() != 3) return false;
    const auto byte = [&](std::size_t i) {
        return static_cast<std::uint32_t>(static_cast<unsigned char>(character[i]));
    };
    const std::uint32_t code =
        ((byte(0) & 0x0FU) << 12U) | ((byte(1) & 0x3FU) << 6U) | (byte(2) & 0x3FU);
    const auto within = [&](std::uint32_t first, std::uint32_t last) {
        return code >= first && code <= last;
    };
    return (within(0x2E80, 0xA4CF) && !within(0x3000, 0x303F)) || within(0xF900, 0xFAFF);
}

/// Whether a line may end behind the character, which stays on it.
/// Source: MapLibre GL JS, `shaping.ts`, "breakable": & ( ) + - / soft hyphen, middle dot, zero
/// width space, hyphen, en dash, hyphenation point.
bool may_end_line(std::string_view character) noexcept {
    constexpr std::array<std::string_view, 12> breakable{"&",
                                                         "(",
                                                         ")",
                                                         "+",
                                                         "-",
                                                         "/",
                                                         "\xC2\xAD",
                                                         "\xC2\xB7",
                                                         "\xE2\x80\x8B",
                                                         "\xE2\x80\x90",
                                                         "\xE2\x80\x93",
                                                         "\xE2\x80\xA7"};
    return std::find(breakable.begin(), breakable.end(), character) != breakable.end();
}

/// A line should neither end with an opening parenthesis nor begin with a closing one.
void dislike_parted_parentheses(std::vector<Word>& words) {
    constexpr float penalty = 50.0F / 24;
    for (std::size_t i = 0; i + 1 < words.size(); ++i) {
        if (words[i].text.ends_with('(')) words[i].dislike += penalty * penalty;
        if (words[i + 1].text.starts_with(')')) words[i].dislike += penalty * penalty;
    }
}

std::vector<Word> words_of(std::string_view utf8) {
    std::vector<Word> words(1);
    for (std::size_t i = 0; i < utf8.size();) {
        const std::size_t length =
            std::min(length_of(static_cast<unsigned char>(utf8[i])), utf8.size() - i);
        const std::string_view character = utf8.substr(i, length);
        i += length;
        if (character == "\n") {
            words.back().ends = true;
            words.emplace_back();
        } else if (character == " ") {
            words.back().spaced = true;
            words.emplace_back();
        } else {
            if (is_ideograph(character) && !words.back().text.empty()) words.emplace_back();
            words.back().text += character;
            if (may_end_line(character) && i < utf8.size()) words.emplace_back();
        }
    }
    dislike_parted_parentheses(words);
    return words;
}

/// Of a line that is so much longer than aimed at.
float cost_of(float miss, bool is_last) noexcept {
    const float square = miss * miss;
    if (!is_last) return square;
    // A short last line is no harm, a long one is.
    return miss < 0 ? square / 2 : square * 2;
}

/// Lines as numbers of the words behind their last.
/// Source: D. Knuth, M. Plass, "Breaking Paragraphs into Lines", Software: Practice and Experience
/// 11, 1981: the sum of the squares by which lines miss the width aimed at is least.
class Breaker {
public:
    Breaker(const std::vector<Word>& words, float space, const LabelForm& form)
        : words_(words), space_(space), max_width_(form.max_width) {}

    std::vector<std::size_t> breaks() {
        std::vector<std::size_t> ends;
        std::size_t first = 0;
        for (std::size_t i = 0; i < words_.size(); ++i) {
            if (!words_[i].ends && i + 1 < words_.size()) continue;
            break_part(first, i + 1, ends);
            first = i + 1;
        }
        return ends;
    }

private:
    /// Without the spaces, as the reference renderer measures a line; what it aims at is measured
    /// with them.
    float width(std::size_t first, std::size_t end) const {
        float sum = 0;
        for (std::size_t i = first; i < end; ++i) sum += words_[i].width;
        return sum;
    }
    float width_with_spaces(std::size_t first, std::size_t end) const {
        float sum = width(first, end);
        for (std::size_t i = first; i + 1 < end; ++i) sum += words_[i].spaced ? space_ : 0;
        return sum;
    }

    void break_part(std::size_t first, std::size_t end, std::vector<std::size_t>& ends) const {
        const float whole = width_with_spaces(first, end);
        const std::size_t count = end - first;
        // Longer texts are no labels: they cost the square of their words.
        if (!(max_width_ > 0) || whole <= max_width_ || count > 200) return ends.push_back(end);
        const float aim = whole / std::ceil(whole / max_width_);
        std::vector<float> cost(count + 1, std::numeric_limits<float>::infinity());
        std::vector<std::size_t> before(count + 1, 0);
        cost[0] = 0;
        for (std::size_t i = 1; i <= count; ++i)
            for (std::size_t from = 0; from < i; ++from) {
                const float miss = width(first + from, first + i) - aim;
                const float dislike = i == count ? 0 : words_[first + i - 1].dislike;
                const float sum = cost[from] + cost_of(miss, i == count) + dislike;
                if (sum >= cost[i]) continue;
                cost[i] = sum;
                before[i] = from;
            }
        std::vector<std::size_t> found;
        for (std::size_t at = count; at > 0; at = before[at]) found.push_back(first + at);
        ends.insert(ends.end(), found.rbegin(), found.rend());
    }

    const std::vector<Word>& words_;
    float space_;
    float max_width_;
};

std::string text_of(const std::vector<Word>& words, std::size_t first, std::size_t end) {
    std::string text;
    for (std::size_t i = first; i < end; ++i) {
        text += words[i].text;
        if (words[i].spaced && i + 1 < end) text += ' ';
    }
    return text;
}

void space_out(text::OutlinedLine& line, float letter_spacing) {
    // Between letters, not behind the last.
    float more = 0;
    for (text::OutlinedGlyph& glyph : line.glyphs) {
        glyph.at.x += more;
        more += letter_spacing;
    }
    if (!line.glyphs.empty()) line.advance += more - letter_spacing;
}

/// A browser's pen moves by whole 1/24 em (the size at which its glyphs are kept): so that labels
/// break and stand alike there and here, ours does too.
/// Source: MapLibre GL's glyph format, "advance".
text::OutlinedLine set_line(text::OutlinedText& fonts,
                            std::string_view utf8,
                            const LabelForm& form) {
    constexpr float steps = 24;
    constexpr float nearly = 1e-3F;
    text::OutlinedLine line = fonts.line(utf8, form.font);
    float back = 0;
    for (text::OutlinedGlyph& glyph : line.glyphs) {
        glyph.at.x -= back;
        const float whole = std::floor(glyph.advance * steps + nearly) / steps;
        back += glyph.advance - whole;
        glyph.advance = whole;
    }
    line.advance -= back;
    space_out(line, form.letter_spacing);
    return line;
}

/// Lines one below the other.
Label stacked(const std::vector<text::OutlinedLine>& lines, const LabelForm& form, Anchor anchor) {
    float widest = 0;
    for (const text::OutlinedLine& line : lines) widest = std::max(widest, line.advance);
    Label label;
    const auto count = static_cast<float>(lines.size());
    label.low = {-anchor.across * widest, -anchor.down * count * form.line_height};
    label.high = {label.low.x + widest, label.low.y + count * form.line_height};
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const float left = label.low.x + (widest - lines[i].advance) * form.justify;
        const float middle = label.low.y + (static_cast<float>(i) + 0.5F) * form.line_height;
        for (const text::OutlinedGlyph& glyph : lines[i].glyphs)
            label.glyphs.push_back({glyph.outline,
                                    {left + glyph.at.x, middle + baseline_drop + glyph.at.y},
                                    glyph.advance});
    }
    return label;
}

}  // namespace

Anchor anchor_named(std::string_view name) {
    const auto has = [&](std::string_view word) { return name.find(word) != std::string::npos; };
    return {has("left")    ? 0.0F
            : has("right") ? 1.0F
                           : 0.5F,
            has("top")      ? 0.0F
            : has("bottom") ? 1.0F
                            : 0.5F};
}

Label set_label(text::OutlinedText& fonts,
                std::string_view utf8,
                const LabelForm& form,
                Anchor anchor) {
    std::vector<Word> words = words_of(utf8);
    for (Word& word : words)
        if (!word.text.empty())
            word.width = set_line(fonts, word.text, form).advance + form.letter_spacing;
    const float space = set_line(fonts, " ", form).advance + form.letter_spacing;
    const auto ends = Breaker(words, space, form).breaks();
    std::vector<text::OutlinedLine> lines;
    lines.reserve(ends.size());
    std::size_t first = 0;
    for (const std::size_t end : ends) {
        lines.push_back(set_line(fonts, text_of(words, first, end), form));
        first = end;
    }
    return stacked(lines, form, anchor);
}

}  // namespace relief::symbology
