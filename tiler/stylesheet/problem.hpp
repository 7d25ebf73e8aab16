#pragma once
// What is wrong with a style document, and where.

#include <cstddef>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace relief::stylesheet {

/// A way into a JSON document: names of members and numbers of items.
class JsonPath {
public:
    using Step = std::variant<std::string, std::size_t>;

    JsonPath() = default;
    JsonPath operator/(const std::string& member) const { return then(member); }
    JsonPath operator/(std::size_t item) const { return then(item); }
    /// Further by "[2][1]".
    JsonPath operator+(const std::string& items) const;

    const std::vector<Step>& steps() const noexcept { return steps_; }
    /// layers[3].paint.line-width[2]; "the document" for the whole.
    std::string text() const;

private:
    JsonPath then(Step step) const;

    std::vector<Step> steps_;
};

enum class Severity : std::uint8_t {
    error,  ///< the part is not drawn as it stands, or not at all
    note,   ///< the part is passed over, and the rest holds
};

struct Problem {
    Severity severity = Severity::error;
    JsonPath path;
    std::string message;   ///< what is wrong, what is allowed, how to mend it
    std::size_t line = 0;  ///< of the text, from 1; 0 while unknown
};

}  // namespace relief::stylesheet
