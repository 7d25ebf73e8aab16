#include "tiler/report/json_scan.hpp"

#include "tiler/report/reading.hpp"

#include <algorithm>

namespace relief::report {
namespace {

constexpr std::size_t most_members = 256;

bool is_json_blank(char c) noexcept {
    // RFC 8142 puts a record separator before each text.
    return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\x1E';
}

std::size_t skip_blanks(std::string_view text, std::size_t at) noexcept {
    while (at < text.size() && is_json_blank(text[at])) ++at;
    return at;
}

/// Past the quote that closes the text begun at `at`; npos: it is not closed.
std::size_t end_of_text(std::string_view text, std::size_t at) noexcept {
    for (++at; at < text.size(); ++at) {
        if (text[at] == '\\')
            ++at;
        else if (text[at] == '"')
            return at + 1;
    }
    return std::string_view::npos;
}

struct Extent {
    std::size_t end = std::string_view::npos;  ///< npos: it is not closed
    int depth = 0;
};

/// Of the array or object begun at `at`. Brackets of both kinds count alike: whoever parses the
/// record sees whether they match.
Extent extent_of_nest(std::string_view text, std::size_t at) noexcept {
    Extent extent;
    for (int depth = 0; at < text.size();) {
        const char c = text[at];
        if (c == '"') {
            at = end_of_text(text, at);
            if (at == std::string_view::npos) return extent;
            continue;
        }
        ++at;
        if (c == '{' || c == '[') extent.depth = std::max(extent.depth, ++depth);
        if ((c == '}' || c == ']') && --depth == 0) {
            extent.end = at;
            return extent;
        }
    }
    return extent;
}

/// Of the value begun at `at`: a nest, a text, or a word to the next mark.
Extent extent_of(std::string_view text, std::size_t at) noexcept {
    if (at >= text.size()) return {};
    if (text[at] == '{' || text[at] == '[') return extent_of_nest(text, at);
    if (text[at] == '"') return {end_of_text(text, at), 0};
    const auto end = text.find_first_of(",]} \n\r\t", at);
    return {std::min(end, text.size()), 0};
}

/// npos: there is none.
std::size_t end_of_name(std::string_view text, std::size_t at) noexcept {
    return at < text.size() && text[at] == '"' ? end_of_text(text, at) : std::string_view::npos;
}

/// The colon after a name, which may end nowhere; npos: there is none.
std::size_t after_colon(std::string_view text, std::size_t at) noexcept {
    if (at == std::string_view::npos) return at;
    at = skip_blanks(text, at);
    return at < text.size() && text[at] == ':' ? skip_blanks(text, at + 1) : std::string_view::npos;
}

}  // namespace

std::vector<JsonMember> members_of(std::string_view text) {
    constexpr auto nowhere = std::string_view::npos;
    std::vector<JsonMember> members;
    std::size_t at = skip_blanks(text, 0);
    if (at >= text.size() || text[at] != '{') return members;
    ++at;
    while (members.size() < most_members) {
        at = skip_blanks(text, at);
        const std::size_t name_end = end_of_name(text, at);
        const std::size_t value = after_colon(text, name_end);
        if (value >= text.size()) break;
        const auto extent = extent_of(text, value);
        members.push_back(
            {text.substr(at + 1, name_end - at - 2),
             text.substr(value, extent.end == nowhere ? nowhere : extent.end - value)});
        if (extent.end == nowhere) break;
        at = skip_blanks(text, extent.end);
        if (at >= text.size() || text[at] != ',') break;
        ++at;
    }
    return members;
}

JsonElements::JsonElements(std::string_view text)
    : text_(text), at_(skip_blanks(text, 0)), array_(at_ < text.size() && text[at_] == '[') {
    if (array_) ++at_;
}

double JsonElements::share() const noexcept {
    return text_.empty() ? 1 : static_cast<double>(at_) / static_cast<double>(text_.size());
}

JsonElements::Step JsonElements::next() {
    at_ = skip_blanks(text_, at_);
    if (at_ < text_.size() && text_[at_] == ',') at_ = skip_blanks(text_, at_ + 1);
    if (at_ >= text_.size()) {
        if (!array_) return Step::end;
        array_ = false;  // told once
        return Step::broken;
    }
    if (array_ && text_[at_] == ']') {
        at_ = text_.size();
        array_ = false;
        return Step::end;
    }
    const auto extent = extent_of(text_, at_);
    const bool empty = extent.end == at_;
    if (extent.end == std::string_view::npos || empty) {
        at_ = text_.size();
        array_ = false;
        return Step::broken;
    }
    element_ = text_.substr(at_, extent.end - at_);
    at_ = extent.end;
    const bool large = element_.size() > ReadingBounds::record;
    return large || extent.depth > ReadingBounds::depth ? Step::too_large : Step::good;
}

}  // namespace relief::report
