#pragma once
// Which files a view (VRT) written by the operator shows, and whether it may.

#include "tiler/core/result.hpp"
#include "tiler/workspace/configuration.hpp"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace relief::workspace {

/// "scenes.vrt": only files of this name are opened as views.
bool is_view_name(std::string_view name);

/// The list `sources` of the configuration: folders and addresses that may be referred to.
std::vector<std::string> source_roots(const Configuration& configuration);

/// Reads the view, and the views among its sources, without GDAL. Allowed are plain files below the
/// view's own folder or one of `roots` (folders; addresses among them count for nothing here),
/// links resolved. Refused: what runs code (pixel functions in Python), what reads bytes of any
/// file (raw bands), names that are no file (addresses, archives, memory, subdatasets), views
/// within views more than three deep, documents above 64 MB. Gives each source once, absolute,
/// sorted. Errors: bad_request and not_found with the source's name in plain words.
Result<std::vector<std::string>> view_sources(const std::filesystem::path& view,
                                              const std::vector<std::string>& roots);

}  // namespace relief::workspace
