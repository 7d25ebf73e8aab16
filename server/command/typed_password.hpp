#pragma once
// A password as people give it to a program.

#include "tiler/core/result.hpp"

#include <string>

namespace relief::command {

/// From a terminal: asked for twice, not shown. Otherwise the first line of standard input.
/// Errors: bad_request when the two differ, nothing comes, or it is no password that is allowed.
Result<std::string> typed_password();

}  // namespace relief::command
