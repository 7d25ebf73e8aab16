#pragma once
// ${NAME} in the texts of relief.yaml.

#include "tiler/core/result.hpp"

#include <map>
#include <string>
#include <string_view>

namespace relief::workspace {

using Variables = std::map<std::string, std::string>;

/// Puts the value of each ${NAME}; "$${" stands for "${". What comes in is not expanded again.
/// Errors: bad_request naming the variable that is not set or the brace that is open.
Result<std::string> expand(std::string_view text, const Variables& variables);

/// The text that expand() turns into this one.
std::string unexpanded(std::string_view text);

}  // namespace relief::workspace
