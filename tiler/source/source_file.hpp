#pragma once
// A raster file that may be opened, and the version of its content.

#include "tiler/core/version.hpp"

#include <string>

namespace relief::source {

/// Which of GDAL's drivers may look at a file.
enum class Trust : std::uint8_t {
    workspace,  ///< written by Relief itself: GTiff only, no sibling files
    operated,   ///< named by the operator (command line, served folder): the operator list, with
                ///< siblings
    own_view,   ///< a view (VRT) that the converter itself wrote of a file of the operator
};

/// Shape: `name` is a path, or a subdataset's name made from a path that Relief checked.
struct SourceFile {
    std::string name;
    Version version;
    Trust trust = Trust::workspace;
    bool operator==(const SourceFile&) const = default;
};

}  // namespace relief::source
