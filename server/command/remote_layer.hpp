#pragma once
// Layers of remote files and of tables, as verbs meet them.

#include "tiler/ingest/add.hpp"
#include "tiler/workspace/configuration.hpp"
#include "tiler/workspace/layer.hpp"

#include <string>

namespace relief::command {

/// The layer that an address would make. Errors: bad_request when `sources` does not allow it;
/// those of reading it.
Result<workspace::Layer> layer_of_address(const std::string& address,
                                          const workspace::Configuration& configuration);

/// A file, or an address without anything secret, for words about it.
std::string shown_subject(const std::string& file);

/// Registers what lies at the order's `file`, an address. Errors: likewise.
Result<ingest::Added> add_address(const ingest::AddOrder& order,
                                  const workspace::Configuration& configuration);

/// Gives remote observations the content that their addresses have now; does nothing where there
/// are none. Errors: likewise.
Result<void> refresh(workspace::Layer& layer, const workspace::Configuration& configuration);

}  // namespace relief::command
