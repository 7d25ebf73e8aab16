#pragma once
// A layer of the workspace and what is to be shown of it, as verbs are asked for them.

#include "server/command/verbs.hpp"
#include "tiler/workspace/layer.hpp"
#include "tiler/workspace/view.hpp"

#include <string>

namespace relief::command {

/// Errors: not_found naming the id; those of the workspace.
Result<workspace::Layer> stored_layer(const Context& context, const std::string& id);

struct ViewWords {
    std::string time;            ///< as in tile addresses; empty: the newest
    std::string pick = "first";  ///< of a mosaic
};

/// Always with an observation. Errors: bad_request; not_found naming the time.
Result<workspace::View> view_of(const workspace::Layer& layer, const ViewWords& words);

}  // namespace relief::command
