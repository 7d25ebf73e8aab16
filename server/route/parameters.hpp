#pragma once
// Words of a request to values, each refused with its name, its value and what is allowed.

#include "server/http/request.hpp"
#include "server/http/response.hpp"
#include "server/route/house.hpp"
#include "server/service/layer_version.hpp"
#include "tiler/core/boxes.hpp"
#include "tiler/core/instant.hpp"
#include "tiler/core/result.hpp"
#include "tiler/core/tile_id.hpp"
#include "tiler/encode/encode.hpp"
#include "tiler/style/raster_style.hpp"
#include "tiler/workspace/layer.hpp"
#include "tiler/workspace/view.hpp"

#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace relief::route {

/// Plain decimal numbers, finite. Errors: bad_request naming both.
Result<double> parse_number(std::string_view name, std::string_view text);

/// From lon= and lat=. Errors: bad_request naming the one that is missing or off the globe.
Result<LonLat> parse_place(const http::Request& request);

/// Why the server cannot tell yet, or now, which layers there are.
Error not_ready(const House& house);

/// Errors: not_found when the layer is absent or hidden: the two look the same.
Result<std::shared_ptr<const workspace::Layer>> find_layer(const House& house,
                                                           const http::Request& request,
                                                           std::string_view id);
/// The one that the capture "id" names.
Result<std::shared_ptr<const workspace::Layer>> find_layer(const House& house,
                                                           const http::Request& request);
/// The same. Errors: not_found also for a layer of features, which has no `what`.
Result<std::shared_ptr<const workspace::Layer>> find_raster(const House& house,
                                                            const http::Request& request,
                                                            std::string_view what);

struct TileAddress {
    TileId tile;
    int side;  ///< 256, or 512 for "@2x"
};
/// From the captures z, x, y. Errors: bad_request for what is no number, not_found for what is no
/// tile.
Result<TileAddress> parse_tile_address(const http::Request& request);

/// From the capture `format`, overruled by the parameter format=.
/// Errors: not_acceptable naming the formats.
Result<encode::ImageFormat> parse_format(const http::Request& request);

/// Errors: bad_request for a parameter that is not among `known` (naming it, its value and them),
/// or one that is given twice with no meaning.
Result<void> check_known(const http::Request& request, const std::vector<std::string_view>& known);

/// The same; known are the parameters of drawing and `others`.
Result<void> check_drawing(const http::Request& request,
                           std::initializer_list<std::string_view> others);

/// The parameters that tiles, previews and legends draw by.
style::RasterWords raster_words(const http::Request& request, style::ExpressionLimits limits = {});

/// 1, 2, 3 …
std::vector<int> all_bands(const RasterDescription& raster);

/// By the parameters time= and max_age= (workspace/time_choice.hpp), and pick= of a mosaic. Without
/// an observation when the layer has times but none that fits. Errors: bad_request naming a
/// malformed one, and the picks there are.
Result<workspace::View> choose_view(const workspace::Layer& layer, const http::Request& request);

/// What an algorithm of two dates compares `shown` with, by against=; without an observation for
/// all else. Errors: bad_request when there is none.
Result<workspace::View> choose_against(const workspace::Layer& layer,
                                       const workspace::View& shown,
                                       const http::Request& request);

/// X-Relief-Observed and X-Relief-Age: which moment is shown, or from when to when, and how long
/// ago the last of them was; neither when it is not known.
void add_observed(http::Response& response, const std::optional<InstantRange>& observed);
/// X-Relief-Observed: none, for nothing is known of that time.
void add_unobserved(http::Response& response);
/// add_observed() of what the view shows.
void add_age(http::Response& response, const workspace::Layer& layer, const workspace::View& view);

/// Of what was drawn from an overview, since a part of the source is damaged: X-Relief-Degraded,
/// and that nobody is to keep it. After the response's own Cache-Control.
void tell_degraded(http::Response& response);

/// Errors: not_found for a style other than "default", the only one a raster layer has of its own.
Result<void> check_style(const http::Request& request);

using service::layer_version;

/// Immutable with the current v=, a minute without.
std::string cache_control(const http::Request& request, const workspace::Layer& layer);

/// The parameters of drawing for OpenAPI, and those of the tile path.
std::vector<http::Parameter> drawing_parameters();
std::vector<http::Parameter> time_parameters();
std::vector<http::Parameter> tile_path_parameters();
http::Parameter layer_parameter();

}  // namespace relief::route
