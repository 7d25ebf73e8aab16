#include "server/command/words.hpp"

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

std::string number(double value) {
    std::array<char, 40> text{};
    char* const end = text.data() + text.size();
    constexpr int digits = 6;
    return {text.data(),
            std::to_chars(text.data(), end, value, std::chars_format::general, digits).ptr};
}

std::string degrees(double value, const char* positive, const char* negative) {
    std::array<char, 40> text{};
    char* const end = text.data() + text.size();
    constexpr int decimals = 4;
    const auto written =
        std::to_chars(text.data(), end, std::abs(value), std::chars_format::fixed, decimals);
    return std::string(text.data(), written.ptr) + " " + (value < 0 ? negative : positive);
}

std::string band_line(std::size_t index, const BandDescription& band) {
    std::string line = "  band " + std::to_string(index + 1) + ": " + type_words(band.type);
    if (!band.title.empty()) line += ", \"" + band.title + "\"";
    if (band.statistics)
        line += ", values " + number(band.statistics->minimum) + " to " +
                number(band.statistics->maximum) + (band.unit.empty() ? "" : " " + band.unit);
    if (band.nodata) line += ", no data " + number(*band.nodata);
    if (band.statistics && band.statistics->valid_percent < 100)
        line += ", " + number(std::round(band.statistics->valid_percent * 10) / 10) + " % data";
    if (!band.statistics) line += ", no data at all";
    return line + "\n";
}

}  // namespace

std::string in_plain_words(const RasterDescription& raster) {
    std::string text = "  " + std::to_string(raster.size.width) + " x " +
                       std::to_string(raster.size.height) + " cells, " +
                       std::string(to_text(raster.kind)) + ", " + raster.crs_title +
                       (raster.crs.starts_with("EPSG:") ? " (" + raster.crs + ")" : "") + "\n";
    text += "  from " + degrees(raster.bounds.west, "E", "W") + ", " +
            degrees(raster.bounds.south, "N", "S") + " to " +
            degrees(raster.bounds.east, "E", "W") + ", " + degrees(raster.bounds.north, "N", "S") +
            (raster.bounds.west > raster.bounds.east ? ", over the antimeridian" : "") +
            "; zooms " + std::to_string(raster.minimum_zoom) + " to " +
            std::to_string(raster.maximum_zoom) + "\n";
    constexpr std::size_t most = 16;
    for (std::size_t i = 0; i < raster.bands.size() && i < most; ++i)
        text += band_line(i, raster.bands[i]);
    if (raster.bands.size() > most)
        text += "  and " + std::to_string(raster.bands.size() - most) + " more bands\n";
    return text;
}

std::string one_line(const workspace::Layer& layer) {
    std::string line = layer.name.text() + "  \"" + layer.title + "\"  " +
                       std::string(to_text(layer.newest().raster.kind)) + ", " +
                       std::string(to_text(layer.sensitivity));
    if (layer.observations.size() > 1)
        line += ", " + std::to_string(layer.observations.size()) + " observations";
    if (const auto& mosaic = layer.newest().mosaic) {
        line += ", mosaic of " + std::to_string(mosaic->scenes().size()) + " scenes";
        if (mosaic->extent())
            line +=
                ", " + to_text(mosaic->extent()->first) + " to " + to_text(mosaic->extent()->last);
    }
    if (layer.newest().time) line += ", newest " + to_text(*layer.newest().time);
    return line;
}

}  // namespace relief::command
