#pragma once
// A layer of the workspace and what is to be shown of it, as verbs are asked for them.

#include "server/command/verbs.hpp"
#include "tiler/style/expression_limits.hpp"
#include "tiler/workspace/catalogue.hpp"
#include "tiler/workspace/layer.hpp"
#include "tiler/workspace/view.hpp"

#include <string>
#include <vector>

namespace relief::command {

/// What the workspace holds, under the configuration that `serve` would read.
struct Stored {
    workspace::Configuration configuration;
    std::vector<workspace::Layer> layers;  ///< none where nothing was added yet; sorted by name
    std::vector<workspace::Problem> problems;
    workspace::LayerNames suspended;  ///< shown to nobody by a server, whether they are here or not
};

/// Errors: those of the configuration and the workspace; not_found when its folder does not exist.
Result<Stored> stored_layers(const Context& context);

/// Errors: not_found naming the id; those of stored_layers().
Result<workspace::Layer> stored_layer(const Context& context, const std::string& id);

Result<workspace::Layer> stored_layer(const Stored& stored, const std::string& id);

/// How much of a formula a verb takes: limits.expression and limits.expression_depth.
style::ExpressionLimits expression_limits(const workspace::Configuration& configuration) noexcept;

struct ViewWords {
    std::string time;            ///< as in tile addresses; empty: the newest
    std::string pick = "first";  ///< of a mosaic
};

/// Always with an observation. Errors: bad_request; not_found naming the time.
Result<workspace::View> view_of(const workspace::Layer& layer, const ViewWords& words);

}  // namespace relief::command
