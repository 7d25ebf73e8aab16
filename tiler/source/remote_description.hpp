#pragma once
// What a remote raster is, found out from as few of its bytes as will do.

#include "tiler/core/raster_description.hpp"
#include "tiler/core/remote_address.hpp"
#include "tiler/core/result.hpp"
#include "tiler/source/remote_file.hpp"

#include <optional>
#include <string>
#include <vector>

namespace relief::source {

struct RemoteDescription {
    RasterDescription raster;
    RemoteStamp stamp;
};

/// Statistics come from an overview of a million cells or more, where there is one, else from some
/// strips; not at all where that would read more than 256 MB. Runs in a child process.
/// Errors: as describe(), and those of RemoteFile::open.
Result<RemoteDescription> describe_remote(const RemoteAddress& address, const Deadline& deadline);

/// How it is stored, for people: "tiled in blocks of 512 x 512 cells, 5 overviews; a tile reads
/// 0.5 to 1.2 MB before compression".
std::string storage_words(const RasterDescription& raster);

/// What makes it slow to read from afar, in sentences with what to do; none of a good one.
std::vector<std::string> doubts_about_storage(const RasterDescription& raster);

}  // namespace relief::source
