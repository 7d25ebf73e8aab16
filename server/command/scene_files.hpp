#pragma once
// What the words of a command line name: files, folders and patterns, as scenes.

#include "tiler/core/instant.hpp"
#include "tiler/core/result.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace relief::command {

/// Rasters of a folder (with those below it), files of a pattern with * ? [], or the file itself.
/// Errors: not_found when nothing is there.
Result<std::vector<std::filesystem::path>> files_named(const std::string& word);

/// The first date in a name: 20240501, 2024-05-01, 2024_05_01, either with T103000 after it, or a
/// year between 1900 and 2099 that stands alone: the instant, all of the day or all of the year.
std::optional<InstantRange> time_in_name(std::string_view name);

}  // namespace relief::command
