#pragma once
// What files are, found out by a child process: a file that crashes it costs one answer.

#include "tiler/core/dataset_description.hpp"
#include "tiler/core/result.hpp"

#include <functional>
#include <string>
#include <vector>

namespace relief::ingest {

/// Describes the raster in each path (absolute, without line breaks) and hands the answer over as
/// it comes, in order, until `answer` says false. `program` is this program's own executable. When
/// the child dies of a file, that file is answered with the reason and the next child goes on.
/// Errors of a file: source_broken in plain words.
void inspect_files(const std::string& program,
                   const std::vector<std::string>& paths,
                   const std::function<bool(std::size_t, Result<RasterDescription>)>& answer);

/// The same of one file of either kind.
Result<DatasetDescription> inspect_file(const std::string& program, const std::string& path);

/// One answer line of the child.
Result<DatasetDescription> read_answer(const std::string& line);

/// Errors: source_broken for features.
Result<RasterDescription> raster_only(Result<DatasetDescription> dataset);

}  // namespace relief::ingest
