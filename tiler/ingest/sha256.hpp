#pragma once
// The content version of an added file.

#include "tiler/core/result.hpp"

#include <filesystem>
#include <string>

namespace relief::ingest {

/// 64 hexadecimal digits. Errors: source_broken when the file cannot be read.
Result<std::string> sha256_of_file(const std::filesystem::path& file);

}  // namespace relief::ingest
