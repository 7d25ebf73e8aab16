#pragma once
// The two jobs of the child process, and how its parent talks to it: one JSON document a line.

#include "tiler/core/resampling.hpp"

#include <filesystem>
#include <optional>
#include <string>

namespace relief::ingest {

/// The hidden verbs of the program under which the child runs.
inline constexpr const char* describe_verb = "worker-describe";
inline constexpr const char* convert_verb = "worker-convert";

/// Reads paths from standard input, line by line; answers each with {"description": …} or {"error":
/// {what, detail}}. Writes no file. Gives the exit status.
int run_describe_worker();

struct ConvertArguments {
    std::string source;
    std::string target;
    std::string kind;     ///< of a raster; empty: found out
    std::string layer;    ///< of features in a file with several layers; empty: the only one
    bool raster = false;  ///< features are refused
};

/// Beside `target`, where features go: a raster goes to `target` itself.
std::filesystem::path features_beside(const std::filesystem::path& target);

/// Answers {"progress": 0…1} as it goes and ends with {"description": …} or {"error": …}. Gives the
/// exit status.
int run_convert_worker(const ConvertArguments& arguments);

}  // namespace relief::ingest
