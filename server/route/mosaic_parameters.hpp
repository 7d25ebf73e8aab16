#pragma once
// What a request may ask of a mosaic beyond what it asks of any layer: pick=.

#include "server/http/request.hpp"
#include "server/http/response.hpp"
#include "server/route/parameters.hpp"
#include "tiler/core/pick.hpp"
#include "tiler/workspace/layer.hpp"

#include <initializer_list>
#include <string_view>

namespace relief::route {

/// As check_drawing(); `pick` is known of mosaics only.
Result<void> check_layer_drawing(const workspace::Layer& layer,
                                 const http::Request& request,
                                 std::initializer_list<std::string_view> others);

/// The default for a layer that is no mosaic.
/// Errors: bad_request for a pick that does not exist, naming those that do.
Result<Pick> asked_pick(const workspace::Layer& layer, const http::Request& request);

/// X-Relief-Skipped: the names, when there are some.
void tell_skipped(http::Response& response, const std::string& names);

/// For OpenAPI.
http::Parameter pick_parameter();

}  // namespace relief::route
