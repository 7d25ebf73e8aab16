#pragma once
// A layer of the workspace and one of its observations, as verbs are asked for them.

#include "server/command/verbs.hpp"
#include "tiler/workspace/layer.hpp"

#include <string>

namespace relief::command {

/// Errors: not_found naming the id; those of the workspace.
Result<workspace::Layer> stored_layer(const Context& context, const std::string& id);

/// `time` as in tile addresses; empty: the newest. Errors: bad_request, not_found naming the time.
Result<const workspace::Observation*> observation_of(const workspace::Layer& layer,
                                                     const std::string& time);

}  // namespace relief::command
