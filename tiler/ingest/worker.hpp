#pragma once
// The jobs of the child process, and how its parent talks to it: one JSON document a line.

#include "tiler/core/resampling.hpp"

#include <filesystem>
#include <optional>
#include <string>

namespace relief::ingest {

/// The hidden verbs of the program under which the child runs.
inline constexpr const char* describe_verb = "worker-describe";
inline constexpr const char* describe_remote_verb = "worker-describe-remote";
inline constexpr const char* convert_verb = "worker-convert";

/// Reads questions from standard input, line by line: "describe BAND NAME" (0: all bands; the name
/// of a dataset) is answered with {"description": …}, "variables PATH" with {"variables": […]},
/// "layers PATH" with {"layers": [NAME…]} of features, all with {"error": {what, detail}} when it
/// fails. Writes no file. Gives the exit status.
int run_describe_worker();

/// Reads one address from standard input; answers with {"description": …, "version", "modified",
/// "size"} or {"error": …}. May ask other machines, and opens nothing but that address. Gives the
/// exit status.
int run_describe_remote_worker();

struct ConvertArguments {
    std::string source;  ///< path of the file
    std::string target;
    std::string kind;            ///< of a raster; empty: found out
    std::string layer;           ///< of features in a file with several layers; empty: the only one
    bool raster = false;         ///< features are refused
    std::string dataset;         ///< of a raster, see RasterPart; empty: the file itself
    std::string time_attribute;  ///< of features; empty: found out
    int band = 0;                ///< of a raster, the only one to convert; 0: all
};

/// Beside `target`, where features go: a raster goes to `target` itself.
std::filesystem::path features_beside(const std::filesystem::path& target);

/// Answers {"progress": 0…1} as it goes and ends with {"description": …} or {"error": …}. Gives the
/// exit status.
int run_convert_worker(const ConvertArguments& arguments);

}  // namespace relief::ingest
