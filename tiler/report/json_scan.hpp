#pragma once
// A large JSON text cut into its records without being read as a whole: each is parsed by itself.

#include "tiler/core/result.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

namespace relief::report {

struct JsonMember {
    std::string_view name;   ///< as written, without its quotes
    std::string_view value;  ///< of an array or object that is not closed: to the end of the text
};

/// The members of the object that `text` is, at most 256 of them. What is not closed ends the list.
std::vector<JsonMember> members_of(std::string_view text);

/// One element after another of an array, or of a sequence of objects (RFC 8142, JSON lines).
class JsonElements {
public:
    enum class Step : std::uint8_t {
        good,
        too_large,  ///< over ReadingBounds::record, or nested deeper than ReadingBounds::depth
        broken,     ///< what follows is no JSON, or ends in the middle: nothing after it is read
        end,
    };

    /// `text` begins with "[", or with the first of a sequence of objects. It outlives this.
    explicit JsonElements(std::string_view text);

    Step next();
    std::string_view element() const noexcept { return element_; }
    double share() const noexcept;

private:
    std::string_view text_;
    std::string_view element_;
    std::size_t at_ = 0;
    bool array_ = false;
};

}  // namespace relief::report
