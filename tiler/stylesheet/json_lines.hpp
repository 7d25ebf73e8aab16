#pragma once
// In which line of a JSON text a part of the document stands.

#include "tiler/stylesheet/problem.hpp"

#include <cstddef>
#include <string_view>

namespace relief::stylesheet {

/// The line, from 1, of the part that the path leads to, or of the last step that there is: of a
/// member the line of its name. The text is valid JSON.
std::size_t line_of(std::string_view text, const JsonPath& path);

}  // namespace relief::stylesheet
