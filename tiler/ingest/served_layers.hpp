#pragma once
// What was found in a file, as the parts of a layer that is served in place.

#include "tiler/ingest/inspect.hpp"
#include "tiler/workspace/folder_scan.hpp"
#include "tiler/workspace/layer.hpp"

#include <string>
#include <vector>

namespace relief::ingest {

/// "forecast-t2m"; a long stem is cut so that the variable still shows in the layer's name. The
/// stem alone when there is no suffix.
std::string layer_stem(const std::string& stem, const std::string& suffix);

/// "forecast: 2 metre temperature"; the file's stem alone when the variable has no title.
std::string title_of(const std::string& stem, const FoundLayer& found);

/// One for each slice, with a version of its own: that of the file, variable and band.
std::vector<workspace::Observation> observations_of(const workspace::DataFile& file,
                                                    const FoundLayer& found);

}  // namespace relief::ingest
