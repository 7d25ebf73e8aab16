#pragma once
// The pattern of an address, taken apart once.

#include "server/http/request.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace relief::http {

/// "/tiles/{id}/{z}/{x}/{y}.{format}". A capture takes at least one character and never crosses
/// "/"; a segment is read from its end, so that literal text between two captures is found at its
/// last place.
class Pattern {
public:
    explicit Pattern(std::string_view text);

    /// The captures in the order of the pattern; nothing when the path is another.
    std::optional<std::vector<NameValue>> match(const std::vector<std::string>& segments) const;
    /// Characters of literal text, the slashes included.
    std::size_t literal_size() const noexcept { return literal_size_; }
    std::vector<std::string> capture_names() const;

private:
    struct Piece {
        std::string text;  ///< literal text, or the name of a capture
        bool captures = false;
    };
    using Segment = std::vector<Piece>;

    static Segment read_segment(std::string_view text);
    static bool match_segment(const Segment& segment,
                              std::string_view text,
                              std::vector<NameValue>& captures);

    std::vector<Segment> segments_;
    std::size_t literal_size_ = 0;
};

}  // namespace relief::http
