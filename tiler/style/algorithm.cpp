#include "tiler/style/algorithm.hpp"

#include "tiler/style/algorithm_parameters.hpp"

#include <algorithm>
#include <array>

namespace relief::style {
namespace {

using Band = SpectralBand;
constexpr std::array height{Band::height};
constexpr std::array one{Band::any};
constexpr std::array vegetation{Band::nir, Band::red};
constexpr std::array water{Band::green, Band::nir};
constexpr std::array modified_water{Band::green, Band::swir1};
constexpr std::array burn{Band::nir, Band::swir2};
constexpr std::array built_up{Band::swir1, Band::nir};

constexpr std::string_view horn =
    "Horn, B. K. P. (1981): Hill shading and the reflectance map. Proceedings of the IEEE 69(1), "
    "14-47";
constexpr std::string_view horn_validity =
    "Heights in metres or feet, as the band states. Ground distances are those of the WGS 84 "
    "ellipsoid at each row's latitude. A wider pixel flattens the ground: compare results of one "
    "zoom only.";
constexpr std::array<AlgorithmFacts, 16> table{{
    {AlgorithmId::hillshade,
     "hillshade",
     "Hillshade",
     "1 + 254 max(0, n · l), n the ground's normal (Horn), l towards the light",
     height,
     false,
     0,
     255,
     "",
     "gray",
     hillshade_parameters,
     horn,
     horn_validity},
    {AlgorithmId::multidirectional,
     "multidirectional",
     "Hillshade from four directions",
     "mean of hillshades from 225°, 270°, 315° and 360°, weighted by cos²(aspect - azimuth)",
     height,
     false,
     0,
     255,
     "",
     "gray",
     multidirectional_parameters,
     "Mark, R. K. (1992): Multidirectional, oblique-weighted, shaded-relief image of the Island of "
     "Hawaii. USGS Open-File Report 92-422",
     horn_validity},
    {AlgorithmId::slope,
     "slope",
     "Slope",
     "atan √((∂h/∂x)² + (∂h/∂y)²)",
     height,
     false,
     0,
     60,
     "°",
     "ylorrd",
     slope_parameters,
     horn,
     horn_validity},
    {AlgorithmId::aspect,
     "aspect",
     "Aspect",
     "direction in which the ground falls, clockwise from north; flat ground has none",
     height,
     false,
     0,
     360,
     "°",
     "hsv",
     {},
     horn,
     horn_validity},
    {AlgorithmId::contours,
     "contours",
     "Contours",
     "lines where h is a multiple of the interval, by linear interpolation between pixel centres",
     height,
     false,
     0,
     0,
     "m",
     "brown lines",
     contours_parameters,
     "Lorensen, W. E., Cline, H. E. (1987): Marching cubes. Computer Graphics 21(4), 163-169; here "
     "in the plane",
     "Heights in metres or feet, as the band states; labels are in metres. Lines are as smooth as "
     "the heights: they are drawn, not generalised."},
    {AlgorithmId::terrainrgb,
     "terrainrgb",
     "Heights as Mapbox Terrain-RGB",
     "h = -10000 + 0.1 (65536 R + 256 G + B) m",
     height,
     false,
     -10000,
     1667721.5,
     "m",
     "heights written into colours",
     encoding_parameters,
     "Mapbox Terrain-RGB v1, tileset reference",
     "Exact to 0.05 m. PNG and WebP (without loss) only."},
    {AlgorithmId::terrarium,
     "terrarium",
     "Heights as Terrarium",
     "h = 256 R + G + B / 256 - 32768 m",
     height,
     false,
     -32768,
     32767.99609375,
     "m",
     "heights written into colours",
     encoding_parameters,
     "Tilezen Joerd (Mapzen Terrain Tiles), format documentation",
     "Exact to 1/512 m. PNG and WebP (without loss) only."},
    {AlgorithmId::ndvi,
     "ndvi",
     "Vegetation index NDVI",
     "(NIR - red) / (NIR + red)",
     vegetation,
     false,
     -1,
     1,
     "",
     "rdylgn",
     {},
     "Rouse, J. W., Haas, R. H., Schell, J. A., Deering, D. W. (1974): Monitoring vegetation "
     "systems in the Great Plains with ERTS. NASA SP-351, 309-317",
     "Reflectance of one scene. Saturates in dense forest; bare soil, snow and cloud lower it."},
    {AlgorithmId::ndwi,
     "ndwi",
     "Water index NDWI",
     "(green - NIR) / (green + NIR)",
     water,
     false,
     -1,
     1,
     "",
     "rdbu",
     {},
     "McFeeters, S. K. (1996): The use of the Normalized Difference Water Index (NDWI) in the "
     "delineation of open water features. International Journal of Remote Sensing 17(7), "
     "1425-1432",
     "Open water is above about 0. Built-up land and cloud shadow look like water; water under "
     "trees is not seen."},
    {AlgorithmId::mndwi,
     "mndwi",
     "Modified water index MNDWI",
     "(green - SWIR1) / (green + SWIR1)",
     modified_water,
     false,
     -1,
     1,
     "",
     "rdbu",
     {},
     "Xu, H. (2006): Modification of normalised difference water index (NDWI) to enhance open "
     "water features in remotely sensed imagery. International Journal of Remote Sensing 27(14), "
     "3025-3033",
     "As NDWI, with less confusion of built-up land; snow and cloud shadow look like water."},
    {AlgorithmId::nbr,
     "nbr",
     "Burn ratio NBR",
     "(NIR - SWIR2) / (NIR + SWIR2)",
     burn,
     false,
     -1,
     1,
     "",
     "rdylgn",
     {},
     "García, M. J. L., Caselles, V. (1991): Mapping burns and natural reforestation using "
     "Thematic Mapper data. Geocarto International 6(1), 31-37",
     "Low on burnt land, but on bare soil, water and built-up land too: one date alone does not "
     "show a burn."},
    {AlgorithmId::ndbi,
     "ndbi",
     "Built-up index NDBI",
     "(SWIR1 - NIR) / (SWIR1 + NIR)",
     built_up,
     false,
     -1,
     1,
     "",
     "puor_r",
     {},
     "Zha, Y., Gao, J., Ni, S. (2003): Use of normalized difference built-up index in "
     "automatically mapping urban areas from TM imagery. International Journal of Remote Sensing "
     "24(3), 583-594",
     "High on built-up land and on dry bare soil alike; hardly separates them in arid land."},
    {AlgorithmId::dnbr,
     "dnbr",
     "Burn severity dNBR",
     "NBR of the earlier date - NBR of the later",
     burn,
     true,
     -2,
     2,
     "",
     "severity classes",
     {},
     "Key, C. H., Benson, N. C. (2006): Landscape assessment. In: FIREMON, USDA Forest Service "
     "RMRS-GTR-164-CD, LA 1-55",
     "Two cloud-free dates of one season, reflectance alike. Classes are the report's, for "
     "conifer forest of North America; elsewhere they need field plots. Water and crops change "
     "too."},
    {AlgorithmId::logratio,
     "logratio",
     "SAR log-ratio",
     "10 log10(later / earlier); of dB later - earlier; of amplitudes 20 log10(later / earlier)",
     one,
     true,
     -10,
     10,
     "dB",
     "rdbu",
     logratio_parameters,
     "Rignot, E. J. M., van Zyl, J. J. (1993): Change detection techniques for ERS-1 SAR data. "
     "IEEE Transactions on Geoscience and Remote Sensing 31(4), 896-906",
     "The same orbit, look direction and polarisation on both dates. Speckle alone gives some dB; "
     "flooded forest and towns may brighten, open floods darken."},
    {AlgorithmId::difference,
     "difference",
     "Difference of two dates",
     "later - earlier, of one band or of `expression`",
     one,
     true,
     0,
     0,
     "",
     "rdbu",
     {},
     "Singh, A. (1989): Digital change detection techniques using remotely-sensed data. "
     "International Journal of Remote Sensing 10(6), 989-1003",
     "Values of one unit and calibration on both dates; season and light change them too."},
    {AlgorithmId::threshold,
     "threshold",
     "Threshold",
     "v ≥ value (side above) or v < value (below), of one band or of `expression`",
     one,
     false,
     0,
     1,
     "",
     "red where marked, faint grey where not",
     threshold_parameters,
     "Otsu, N. (1979): A threshold selection method from gray-level histograms. IEEE Transactions "
     "on Systems, Man, and Cybernetics 9(1), 62-66, for choosing the value",
     "The value is the analyst's. It is applied to what the zoom shows: far out, to means of many "
     "cells, where small areas vanish; a stored mask keeps them."},
}};

static_assert(
    [] {
        for (std::size_t i = 0; i < table.size(); ++i)
            if (table.at(i).id != static_cast<AlgorithmId>(i)) return false;
        return true;
    }(),
    "rows stand in the order of their ids");

}  // namespace

std::span<const AlgorithmFacts> algorithms() noexcept {
    return table;
}

const AlgorithmFacts& facts_of(AlgorithmId id) noexcept {
    return table[static_cast<std::size_t>(id)];
}

const AlgorithmFacts* find_algorithm(std::string_view name) noexcept {
    const auto* const found =
        std::find_if(table.begin(), table.end(), [&](const auto& row) { return row.name == name; });
    return found == table.end() ? nullptr : found;
}

std::string algorithm_names() {
    std::string names;
    for (const auto& row : table) names.append(names.empty() ? "" : ", ").append(row.name);
    return names;
}

}  // namespace relief::style
