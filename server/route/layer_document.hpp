#pragma once
// A layer as JSON: for /layers, the command line and pages.

#include "tiler/workspace/catalogue.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace relief::route {

/// How much to tell: each tells all that the one before does, in the same members.
enum class LayerDetail { summary, full, inspected };

/// The members of interface.md: id, title, kind, bounds, minzoom, maxzoom, sensitivity, version,
/// tiles, links; `full` adds bands, geometry and the style that draws it when nobody asks for
/// another; `inspected` adds statistics and how the file is stored. `base` begins every link; empty
/// for links relative to the root.
std::string layer_document(const workspace::Layer& layer,
                           const std::string& base,
                           LayerDetail detail);

/// {"layers": […], "problems": […]}: what is served, and what could not be and why, of what the
/// audience may see. `further`: problems that the catalogue does not know of.
std::string layers_document(const workspace::Catalogue& catalogue,
                            const Audience& audience,
                            const std::string& base,
                            const std::vector<workspace::Problem>& further = {});

/// {"bands": [{band, min, max, mean, stddev, percentiles, histogram, valid_percent}]} of the bands
/// whose numbers are given.
std::string statistics_document(const RasterDescription& raster, const std::vector<int>& bands);

/// The same of a formula's outputs: "band" is "expression", with the formula beside it.
std::string formula_statistics_document(const std::string& formula,
                                        const std::vector<std::optional<BandStatistics>>& outputs);

/// TileJSON 3.0.0; `query` is carried into the tile address (already encoded, without "?").
std::string tilejson_document(const workspace::Layer& layer,
                              const std::string& base,
                              const std::string& query);

/// The same of layers of features, with "vector_layers"; `address` is that of the tiles,
/// `aggregate` what puts points together in them (empty: nothing).
std::string vector_tilejson_document(
    const std::vector<std::shared_ptr<const workspace::Layer>>& layers,
    const std::string& address,
    std::string_view aggregate);

}  // namespace relief::route
