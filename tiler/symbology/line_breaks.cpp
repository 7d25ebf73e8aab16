#include "tiler/symbology/line_breaks.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace relief::symbology {
namespace {

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
        const auto& here = words[i].pieces;
        const auto& next = words[i + 1].pieces;
        if (!here.empty() && here.back().text.ends_with('(')) words[i].dislike += penalty * penalty;
        if (!next.empty() && next.front().text.starts_with(')'))
            words[i].dislike += penalty * penalty;
    }
}

/// Puts characters into words.
class WordMaker {
public:
    void add(std::size_t part, std::string_view character, bool is_last) {
        if (character == "\n") {
            words_.back().ends = true;
            words_.emplace_back();
        } else if (character == " ") {
            words_.back().space = part;
            words_.emplace_back();
        } else {
            const bool alone = character == picture_character;
            if ((alone || is_ideograph(character)) && !words_.back().empty()) words_.emplace_back();
            words_.back().add(part, character);
            if ((alone || may_end_line(character)) && !is_last) words_.emplace_back();
        }
    }
    std::vector<Word> words() && {
        dislike_parted_parentheses(words_);
        return std::move(words_);
    }

private:
    std::vector<Word> words_ = std::vector<Word>(1);
};

/// Of a line that is so much longer than aimed at.
float cost_of(float miss, bool is_last) noexcept {
    const float square = miss * miss;
    if (!is_last) return square;
    // A short last line is no harm, a long one is.
    return miss < 0 ? square / 2 : square * 2;
}

/// Source: D. Knuth, M. Plass, "Breaking Paragraphs into Lines", Software: Practice and Experience
/// 11, 1981: the sum of the squares by which lines miss the width aimed at is least.
class Breaker {
public:
    Breaker(const std::vector<Word>& words, float max_width)
        : words_(words), max_width_(max_width) {}

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
        for (std::size_t i = first; i + 1 < end; ++i) sum += words_[i].space_width;
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
    float max_width_;
};

}  // namespace

void Word::add(std::size_t part, std::string_view text) {
    if (pieces.empty() || pieces.back().part != part)
        pieces.push_back({part, std::string(text)});
    else
        pieces.back().text += text;
}

std::vector<Word> words_of(std::span<const std::string_view> parts) {
    WordMaker maker;
    for (std::size_t part = 0; part < parts.size(); ++part)
        for (std::size_t i = 0; i < parts[part].size();) {
            const std::string_view rest = parts[part].substr(i);
            const auto character = rest.substr(0, length_of(static_cast<unsigned char>(rest[0])));
            i += character.size();
            maker.add(part, character, part + 1 == parts.size() && i == parts[part].size());
        }
    return std::move(maker).words();
}

std::vector<std::size_t> line_ends(const std::vector<Word>& words, float max_width) {
    return Breaker(words, max_width).breaks();
}

std::vector<Word::Piece> line_of(std::span<const Word> words) {
    Word line;
    for (const Word& word : words) {
        for (const Word::Piece& piece : word.pieces) line.add(piece.part, piece.text);
        if (word.space && &word != &words.back()) line.add(*word.space, " ");
    }
    return std::move(line.pieces);
}

}  // namespace relief::symbology
