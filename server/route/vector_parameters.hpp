#pragma once
// What requests say of layers of features.

#include "server/route/house.hpp"
#include "server/service/tile_service.hpp"
#include "tiler/query/filter.hpp"

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

/// What filter= says, for the attributes of an observation of features. Errors: those of
/// query::Filter::parse.
Result<std::optional<query::Filter>> asked_filter(const workspace::Observation& observation,
                                                  const http::Request& request);

/// By time= and max_age=, with filter=; nothing when a layer has times but none that fits.
Result<std::optional<service::VectorTileOrder::Part>> choose_part(const LayerPointer& layer,
                                                                  const http::Request& request);

/// The content version of all layers together, for `v=`: that of one alone is layer_version().
std::string layers_version(const std::vector<LayerPointer>& layers);

/// Immutable with the current v=, a minute without.
std::string cache_control(const http::Request& request, const std::vector<LayerPointer>& layers);

/// For OpenAPI.
http::Parameter fields_parameter();
http::Parameter filter_parameter();

}  // namespace relief::route
