#pragma once
// Numbers in documents.

#include <array>
#include <charconv>
#include <string>

namespace relief::report {

/// The shortest text that reads as the same number.
inline std::string number_text(double value) {
    std::array<char, 32> digits{};
    const auto [end, failure] = std::to_chars(digits.data(), digits.data() + digits.size(), value);
    static_cast<void>(failure);
    return {digits.data(), end};
}

}  // namespace relief::report
