#include "server/http/pattern.hpp"

#include "server/http/letters.hpp"

#include <algorithm>

namespace relief::http {

Pattern::Pattern(std::string_view text) {
    if (text.starts_with('/')) text.remove_prefix(1);
    bool more = !text.empty();
    while (more) {
        more = text.find('/') != std::string_view::npos;
        segments_.push_back(read_segment(take_until(text, '/')));
        ++literal_size_;
        for (const auto& piece : segments_.back()) {
            if (!piece.captures) literal_size_ += piece.text.size();
        }
    }
}

Pattern::Segment Pattern::read_segment(std::string_view text) {
    Segment segment;
    while (!text.empty()) {
        const bool captures = text.front() == '{';
        if (captures) {
            text.remove_prefix(1);
            segment.push_back({std::string(take_until(text, '}')), true});
            continue;
        }
        const auto end = std::min(text.find('{'), text.size());
        segment.push_back({std::string(text.substr(0, end)), false});
        text.remove_prefix(end);
    }
    return segment;
}

bool Pattern::match_segment(const Segment& segment,
                            std::string_view text,
                            std::vector<NameValue>& captures) {
    const auto first = captures.size();
    for (auto piece = segment.rbegin(); piece != segment.rend(); ++piece) {
        if (!piece->captures) {
            if (!text.ends_with(piece->text)) return false;
            text.remove_suffix(piece->text.size());
            continue;
        }
        // Up to the last place of the literal text before it, or to the front.
        const auto before = std::next(piece);
        std::size_t start = 0;
        if (before != segment.rend()) {
            const auto at = text.rfind(before->text);
            if (at == std::string_view::npos) return false;
            start = at + before->text.size();
        }
        if (start >= text.size()) return false;
        captures.emplace_back(piece->text, text.substr(start));
        text = text.substr(0, start);
    }
    std::reverse(captures.begin() + static_cast<std::ptrdiff_t>(first), captures.end());
    return text.empty();
}

std::optional<std::vector<NameValue>> Pattern::match(
    const std::vector<std::string>& segments) const {
    if (segments.size() != segments_.size()) return std::nullopt;
    // Most addresses differ in their first segment, so no memory is taken before that is compared.
    std::vector<NameValue> captures;
    for (std::size_t i = 0; i < segments.size(); ++i) {
        if (!match_segment(segments_[i], segments[i], captures)) return std::nullopt;
    }
    return captures;
}

std::vector<std::string> Pattern::capture_names() const {
    std::vector<std::string> names;
    for (const auto& segment : segments_) {
        for (const auto& piece : segment) {
            if (piece.captures) names.push_back(piece.text);
        }
    }
    return names;
}

}  // namespace relief::http
