#pragma once
// A file of this machine, read whole.

#include "tiler/core/bytes.hpp"
#include "tiler/core/result.hpp"

#include <cstddef>
#include <string>

namespace relief::atlas {

/// Errors: not_found; too_large when it has more than `most` bytes; source_broken when it cannot be
///         read, or is no plain file.
Result<Bytes> read_file(const std::string& path, std::size_t most);

}  // namespace relief::atlas
