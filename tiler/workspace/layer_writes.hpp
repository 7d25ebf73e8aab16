#pragma once
// The statements that register and remove layers; the caller holds the transaction.

#include "tiler/workspace/database.hpp"
#include "tiler/workspace/layer_store.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace relief::workspace {

struct FoundLayer {
    std::int64_t row;
};

Result<std::optional<FoundLayer>> find_layer(const Connection& connection, const LayerName& name);

/// Errors: conflict when observations with and without times would mix.
Result<FoundLayer> insert_or_update_layer(const Connection& connection,
                                          const NewObservation& entry);

struct NewRow {
    FoundLayer layer;
    std::string stored;  ///< path as it stands in the database
};
/// Gives the stored paths of the added files whose observation it takes the place of.
Result<std::vector<std::string>> replace_observation(const Connection& connection,
                                                     const NewRow& row,
                                                     const Observation& observation);

/// Stored paths of the added files among a query's rows, whose columns are file and added.
Result<std::vector<std::string>> added_files(Statement query);

Result<bool> is_referenced(const Connection& connection, const std::string& stored);

/// Those of the stored paths that nothing refers to, as absolute paths, each once.
Result<std::vector<std::string>> unreferenced(const Connection& connection,
                                              const std::filesystem::path& workspace,
                                              const std::vector<std::string>& stored);

}  // namespace relief::workspace
