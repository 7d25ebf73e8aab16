#pragma once
// What requests say of layers of features.

#include "server/route/house.hpp"
#include "server/service/feature_words.hpp"
#include "server/service/tile_service.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace relief::route {

using LayerPointer = std::shared_ptr<const workspace::Layer>;

/// Every layer that the capture "id" names, which may be several divided by commas. Errors:
/// not_found for one that is absent or hidden; bad_request for more than sixteen, or one named
/// twice.
Result<std::vector<LayerPointer>> find_layers(const House& house, const http::Request& request);

/// "a,b" of several layers, or one of features: what only vector tiles are made of.
bool is_of_features(const std::vector<LayerPointer>& layers);

/// Errors: not_acceptable naming the layer that is a raster: tiles of several layers hold features.
Result<void> check_features(const std::vector<LayerPointer>& layers);

/// What fields= names. Errors: bad_request for a name that none of the layers has, listing those
/// there are.
Result<std::optional<std::vector<std::string>>> asked_fields(
    const std::vector<LayerPointer>& layers, const http::Request& request);

/// By time=, max_age= and filter=; nothing when the layer has nothing of that time. `now`: taken
/// once for the request, so that all its layers, and the key of the answer, mean the same by an
/// age. Errors: those of service::choose_features().
Result<std::optional<service::VectorTileOrder::Part>> choose_part(const LayerPointer& layer,
                                                                  const http::Request& request,
                                                                  Instant now);

/// The content version of all layers together, for `v=`: that of one alone is layer_version().
std::string layers_version(const std::vector<LayerPointer>& layers);

/// Immutable with the current v=, a minute without; of reports asked for again each time.
std::string cache_control(const http::Request& request, const std::vector<LayerPointer>& layers);

/// For OpenAPI.
http::Parameter fields_parameter();
http::Parameter filter_parameter();
/// That one, and those that put points together.
std::vector<http::Parameter> choice_of_features_parameters();

}  // namespace relief::route
