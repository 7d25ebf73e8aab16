#pragma once
// Rows of relief.db as layers, and the paths in them.

#include "tiler/workspace/database.hpp"
#include "tiler/workspace/layer_store.hpp"

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace relief::workspace {

/// "layers/abc.tif" for a file of the workspace. Errors: bad_request when it lies elsewhere.
Result<std::string> stored_path(const std::filesystem::path& workspace, const std::string& file);
/// The reverse. Errors: source_broken when the stored text leads out of the workspace.
Result<std::string> absolute_path(const std::filesystem::path& workspace,
                                  const std::string& stored);

/// The style words as JSON.
std::string style_text(const std::vector<std::pair<std::string, std::string>>& words);

/// Reads all layers, and the scenes of mosaics, from one state of the database.
Result<StoredLayers> read_layers(const Connection& connection,
                                 const std::filesystem::path& workspace);

}  // namespace relief::workspace
