#pragma once
// The known word that somebody may have meant.

#include <span>
#include <string>
#include <string_view>

namespace relief::workspace {

/// "; did you mean …?" when one of the known words is near, else nothing.
std::string suggest(std::string_view unknown, std::span<const std::string_view> known);

}  // namespace relief::workspace
