#pragma once
// A raster file that may be opened, and the version of its content.

#include "tiler/core/version.hpp"

#include <string>
#include <string_view>

namespace relief::source {

/// Which of GDAL's drivers may look at a file.
enum class Trust : std::uint8_t {
    workspace,  ///< written by Relief itself: GTiff only, no sibling files
    operated,   ///< named by the operator (command line, served folder): the operator list, with
                ///< siblings
    remote,     ///< on another machine, at an address that the operator allows: GTiff only, nothing
                ///< beside it
    operated_view,  ///< a view (VRT) named by the operator, whose sources were checked
    own_view,       ///< a view (VRT) that the converter itself wrote of a file of the operator
};

/// Shape: `name` is a path, a subdataset's name made from a path that Relief checked, or, of a
/// remote one, a RemoteAddress.
struct SourceFile {
    std::string name;
    Version version;
    Trust trust = Trust::workspace;
    int band = 0;  ///< the only band that counts, from 1, as the raster's band 1; 0: all bands
    bool operator==(const SourceFile&) const = default;
};

/// Trust::operated, or operated_view for a name that ends in ".vrt": only such are views, whatever
/// other files may hold.
Trust trust_of_operated(std::string_view name) noexcept;

}  // namespace relief::source
