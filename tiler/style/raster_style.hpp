#pragma once
// How a raster is drawn: the layer's own defaults, overruled by what a request asks.

#include "tiler/core/raster_description.hpp"
#include "tiler/style/algorithm.hpp"
#include "tiler/style/band_expression.hpp"
#include "tiler/style/colour_map.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace relief::style {

/// Units: of the cells as they are stored, or of the expression's result. low may exceed high (an
/// inverted stretch) or equal it (a threshold: below is the low end, else the high end).
struct Rescale {
    double low = 0;
    double high = 255;
    bool operator==(const Rescale&) const = default;
};

/// Units: metres = cell × scale + offset, in the units that the band states.
struct Heights {
    double scale = 1;
    double offset = 0;
    double relief = 0;  ///< from the 2nd to the 98th percentile; 0: not known
};

/// Everything that decides a raster tile's colours, resolved and frozen.
///   values ▸ terrain algorithm ▸ expression ▸ (classes │ rescale ▸ ramp │ rescale ▸
///   grey or RGB)
struct RasterStyle {
    std::vector<int> bands;                    ///< 1-based, what the source must read, in order
    std::optional<BandExpression> expression;  ///< over `bands`; outputs: 1 or 3
    std::vector<Rescale> rescale;              ///< one for each output (1 or 3); empty with classes
    std::optional<ColourMap> colours;          ///< only with one output
    std::optional<double> nodata;              ///< asked for in place of the file's own
    Resampling resampling = Resampling::bilinear;
    RasterKind kind = RasterKind::continuous;
    bool translucent = false;  ///< the raster has an alpha band: weights are opacity, not edges
    std::optional<AlgorithmCall> algorithm{};
    Heights heights;      ///< of a terrain algorithm
    int later_bands = 0;  ///< bands above this number are those of an earlier observation, counted
                          ///< on from it; 0: one observation is all there is

    std::size_t outputs() const noexcept {
        return expression ? expression->outputs() : bands.size();
    }
};

/// The raw words of a request, as they stand in a query or a layer's saved defaults.
/// Names (with TiTiler's synonyms): bands|bidx, expression, rescale, colormap|colormap_name,
/// nodata, resampling, algorithm, algorithm_params.
struct RasterWords {
    std::vector<std::pair<std::string, std::string>> words;
    ExpressionLimits limits{};

    std::optional<std::string_view> find(std::string_view name,
                                         std::string_view synonym = {}) const;
};

/// Names that style_of() reads, for "known parameters" of refusals and for OpenAPI.
const std::vector<std::string_view>& raster_parameter_names();

/// Resolves a request against a layer. A word without text counts as not given (but for an
/// expression); bands and rescale may be repeated, others may stand once.
/// Bands:  imagery and continuous rasters of three bands or more: those whose descriptions say red,
///         green, blue, else those with the roles, else the first three; other rasters their first
///         band. Never an alpha band. See default_bands().
/// Colours: a palette band its own; class numbers without a palette twenty colours in turn; a mask
///         clear to red; heights `hypsometric`; all else grey or RGB. With rescale or an
///         expression, for masks and heights also with bands, grey.
/// Stretch: 8-bit bands as they are; masks minimum to maximum; others 2nd to 98th percentile; an
///         expression over what it gives for the percentiles of its bands. None with classes.
/// Resampling: categorical rasters mode, other classes nearest, masks average, others bilinear.
/// Algorithms bring bands, range, colours and resampling of their own: see algorithm_style().
/// Errors: bad_request naming the bad value and the allowed ones; a colormap on three bands.
Result<RasterStyle> style_of(const RasterWords& words, const RasterDescription& raster);

}  // namespace relief::style
