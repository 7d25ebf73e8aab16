#pragma once
// The file that a verb writes its picture or tile to.

#include "tiler/core/bytes.hpp"
#include "tiler/core/result.hpp"

#include <string>

namespace relief::command {

/// Before work whose result would have no place. Errors: bad_request saying that the folder does
/// not exist, or that the path is a folder itself.
Result<void> check_output(const std::string& path);

/// Replaces what there is. Errors: those, and what the system says.
Result<void> write_output(const std::string& path, const Bytes& bytes);

}  // namespace relief::command
