#pragma once
// What files are, found out by a child process: a file that crashes it costs one answer.

#include "tiler/core/raster_description.hpp"
#include "tiler/core/result.hpp"

#include <functional>
#include <string>
#include <vector>

namespace relief::ingest {

/// Describes each path (absolute, without line breaks) and hands the answer over as it comes, in
/// order, until `answer` says false. `program` is this program's own executable. When the child
/// dies of a file, that file is answered with the reason and the next child goes on. Errors of a
/// file: source_broken in plain words.
void inspect_files(const std::string& program,
                   const std::vector<std::string>& paths,
                   const std::function<bool(std::size_t, Result<RasterDescription>)>& answer);

Result<RasterDescription> inspect_file(const std::string& program, const std::string& path);

/// One answer line of the child.
Result<RasterDescription> read_answer(const std::string& line);

}  // namespace relief::ingest
