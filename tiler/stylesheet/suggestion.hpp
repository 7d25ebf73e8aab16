#pragma once
// Which of the words known somebody meant.

#include <span>
#include <string>
#include <string_view>

namespace relief::stylesheet {

/// "; did you mean line-width?", or nothing when no word is close.
std::string did_you_mean(std::string_view word, std::span<const std::string_view> known);

/// "a, b, c".
std::string listed(std::span<const std::string_view> words);

}  // namespace relief::stylesheet
