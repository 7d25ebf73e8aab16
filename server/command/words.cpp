#include "server/command/words.hpp"

#include "server/service/tile_service.hpp"
#include "tiler/source/remote_description.hpp"
#include "tiler/style/drawing_facts.hpp"
#include "tiler/style/words.hpp"
#include "tiler/workspace/mosaic.hpp"

#include <array>
#include <charconv>
#include <cmath>

namespace relief::command {
namespace {

const char* type_words(ValueType type) {
    constexpr std::array<const char*, 7> words{"8-bit integer",
                                               "16-bit integer",
                                               "16-bit signed integer",
                                               "32-bit integer",
                                               "32-bit signed integer",
                                               "32-bit float",
                                               "64-bit float"};
    return words[static_cast<std::size_t>(type)];
}

std::string degrees(double value, const char* positive, const char* negative) {
    std::array<char, 40> text{};
    char* const end = text.data() + text.size();
    constexpr int decimals = 4;
    const auto written =
        std::to_chars(text.data(), end, std::abs(value), std::chars_format::fixed, decimals);
    return std::string(text.data(), written.ptr) + " " + (value < 0 ? negative : positive);
}

std::string value_words(const BandDescription& band) {
    if (!band.statistics) return ", no data at all";
    const BandStatistics& of = *band.statistics;
    const style::Spread span{of.maximum - of.minimum};
    return ", values " + style::rounded(of.minimum, span) + " to " +
           style::rounded(of.maximum, span) + (band.unit.empty() ? "" : " " + band.unit);
}

std::string band_line(std::size_t index, const BandDescription& band) {
    std::string line = "  band " + std::to_string(index + 1) + ": ";
    if (band.role == BandRole::alpha) return line + "alpha, how opaque each cell is\n";
    line += type_words(band.type);
    if (!band.title.empty()) line += ", \"" + band.title + "\"";
    line += value_words(band);
    if (band.nodata)
        line +=
            ", no data " + (std::isnan(*band.nodata) ? "NaN" : style::rounded(*band.nodata, {}));
    if (band.statistics && band.statistics->valid_percent < 100)
        line += ", " + style::rounded(band.statistics->valid_percent, {100}) + " % data";
    return line + "\n";
}

/// What ingest did to a mask of 0 and 1 (ingest/convert.cpp), for it is not what the file had.
std::string mask_line(const RasterDescription& raster) {
    constexpr double steps = 65534;
    const bool kept_as_shares = raster.kind == RasterKind::mask && raster.bands.size() == 1 &&
                                std::abs(raster.bands.front().scale * steps - 1) < 1e-9;
    return kept_as_shares ? "  0 and 1 are kept as 0 and 65534 in 16 bits, so that overviews tell "
                            "which share of a cell is covered\n"
                          : "";
}

std::string place_line(const LonLatBox& bounds, const workspace::ZoomRange& zooms) {
    return "  from " + degrees(bounds.west, "E", "W") + ", " + degrees(bounds.south, "N", "S") +
           " to " + degrees(bounds.east, "E", "W") + ", " + degrees(bounds.north, "N", "S") +
           (bounds.west > bounds.east ? ", over the antimeridian" : "") + "; zooms " +
           std::to_string(zooms.least) + " to " + std::to_string(zooms.most) + "\n";
}

/// "points", "lines and areas".
std::string geometry_words(const std::vector<GeometryKind>& kinds) {
    std::string words;
    for (std::size_t i = 0; i < kinds.size(); ++i) {
        if (i != 0) words += i + 1 == kinds.size() ? " and " : ", ";
        words += std::string(name_of(geometry_kind_names, kinds[i])) + "s";
    }
    return words;
}

std::string kind_words(const workspace::Observation& observation) {
    if (!observation.is_vector()) return std::string(to_text(observation.raster().kind));
    return std::to_string(observation.vector().features) + " features, " +
           geometry_words(observation.vector().kinds);
}

}  // namespace

std::string in_plain_words(const VectorDescription& features) {
    std::string text = "  " + std::to_string(features.features) + " features, " +
                       geometry_words(features.kinds) + ", " + features.crs_title +
                       (features.crs.starts_with("EPSG:") ? " (" + features.crs + ")" : "") + "\n";
    text += place_line(features.bounds, {features.minimum_zoom, features.maximum_zoom});
    constexpr std::size_t most = 40;
    const auto& attributes = features.attributes;
    for (std::size_t i = 0; i < attributes.size() && i < most; ++i)
        text += "  " + attributes[i].name + ": " +
                std::string(name_of(attribute_type_names, attributes[i].type)) + "\n";
    if (attributes.size() > most)
        text += "  and " + std::to_string(attributes.size() - most) + " more attributes\n";
    if (features.times) {
        const InstantRangeText extent = ends_of(features.times->extent);
        text += "  times of the features: " + extent.first + " to " + extent.last + ", by \"" +
                features.times->attribute + "\"\n";
    }
    for (const std::string& finding : features.findings) text += "  " + finding + "\n";
    if (features.thinned_tiles != 0)
        text += "  " + std::to_string(features.thinned_tiles) +
                " tiles leave features out to stay below 500 kB; all are shown from zoom " +
                std::to_string(features.maximum_zoom) + "\n";
    return text;
}

std::string in_plain_words(const RasterDescription& raster) {
    std::string text = "  " + std::to_string(raster.size.width) + " x " +
                       std::to_string(raster.size.height) + " cells, " +
                       std::string(to_text(raster.kind)) + ", " + raster.crs_title +
                       (raster.crs.starts_with("EPSG:") ? " (" + raster.crs + ")" : "") + "\n";
    text += place_line(raster.bounds, {raster.minimum_zoom, raster.maximum_zoom});
    constexpr std::size_t most = 16;
    for (std::size_t i = 0; i < raster.bands.size() && i < most; ++i)
        text += band_line(i, raster.bands[i]);
    if (raster.bands.size() > most)
        text += "  and " + std::to_string(raster.bands.size() - most) + " more bands\n";
    return text + mask_line(raster);
}

std::string in_plain_words(const workspace::Layer& layer) {
    if (layer.is_vector()) return in_plain_words(layer.newest().vector());
    const RasterDescription& raster = layer.newest().raster();
    std::string text = in_plain_words(raster);
    if (layer.newest().is_remote())
        text += "  read where it is: " + source::storage_words(raster) + "\n";
    if (layer.observations.size() > 1)
        text += "  " + std::to_string(layer.observations.size()) + " times, " +
                to_text(*layer.observations.front().time) + " to " + to_text(*layer.newest().time) +
                "\n";
    const auto facts = style::drawing_facts(service::merged_words(layer, {}), raster);
    text += facts ? "  drawn: " + style::in_words(*facts, raster) + "\n"
                  : "  cannot be drawn: " + facts.error().what + "\n";
    return text;
}

std::string one_line(const workspace::Layer& layer) {
    std::string line = layer.name.text() + "  \"" + layer.title + "\"  " +
                       kind_words(layer.newest()) + ", " + std::string(to_text(layer.sensitivity));
    if (layer.is_remote()) line += ", remote";
    if (layer.newest().is_table()) line += ", table";
    if (layer.observations.size() > 1)
        line += ", " + std::to_string(layer.observations.size()) + " observations";
    if (const auto& mosaic = layer.newest().mosaic) {
        line += ", mosaic of " + std::to_string(mosaic->scenes().size()) + " scenes";
        if (mosaic->extent()) {
            const InstantRangeText extent = ends_of(*mosaic->extent());
            line += ", " + extent.first + " to " + extent.last;
        }
    }
    if (layer.newest().time) line += ", newest " + to_text(*layer.newest().time);
    return line;
}

}  // namespace relief::command
