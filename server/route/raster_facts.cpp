#include "server/route/raster_facts.hpp"

#include "tiler/style/colour_map.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace relief::route {
namespace {

const char* type_name(ValueType type) {
    constexpr std::array<const char*, 7> names{
        "uint8", "uint16", "int16", "uint32", "int32", "float32", "float64"};
    return names[static_cast<std::size_t>(type)];
}

Json finite(double value) {
    return std::isfinite(value) ? Json(value) : Json(nullptr);
}

const char* role_name(BandRole role) {
    constexpr std::array<const char*, 7> names{
        "grey", "red", "green", "blue", "alpha", "palette", "other"};
    return names[static_cast<std::size_t>(role)];
}

}  // namespace

Json statistics_of(const BandStatistics& band) {
    Json percentiles = Json::object();
    for (const std::size_t p : {1U, 2U, 5U, 10U, 25U, 50U, 75U, 90U, 95U, 98U, 99U})
        percentiles[std::to_string(p)] = band.percentiles[p];
    Json edges = Json::array();
    const auto bins = static_cast<double>(band.counts.size());
    for (std::size_t i = 0; i <= band.counts.size(); ++i) {
        edges.push_back(band.histogram_low + (band.histogram_high - band.histogram_low) *
                                                 static_cast<double>(i) / std::max(1.0, bins));
    }
    return {{"min", band.minimum},
            {"max", band.maximum},
            {"mean", band.mean},
            {"stddev", band.standard_deviation},
            {"percentiles", std::move(percentiles)},
            {"histogram", {{"counts", band.counts}, {"edges", std::move(edges)}}},
            {"valid_percent", band.valid_percent},
            {"approximate", band.approximate}};
}

Json statistics_of(const RasterDescription& raster, const std::vector<int>& bands) {
    Json list = Json::array();
    for (const int number : bands) {
        Json entry{{"band", number}};
        const auto& band = raster.bands.at(static_cast<std::size_t>(number - 1));
        // Opacity is not what a cell holds.
        if (band.statistics && band.role != BandRole::alpha)
            entry.update(statistics_of(*band.statistics));
        list.push_back(std::move(entry));
    }
    Json document{{"bands", std::move(list)}};
    return document;
}

Json bands_of(const RasterDescription& raster) {
    Json bands = Json::array();
    for (std::size_t i = 0; i < raster.bands.size(); ++i) {
        const BandDescription& band = raster.bands[i];
        Json entry{{"band", i + 1},
                   {"title", band.title},
                   {"role", role_name(band.role)},
                   {"type", type_name(band.type)},
                   {"unit", band.unit}};
        if (band.nodata)
            entry["nodata"] = std::isnan(*band.nodata) ? Json("NaN") : finite(*band.nodata);
        if (band.scale != 1) entry["scale"] = finite(band.scale);
        if (band.offset != 0) entry["offset"] = finite(band.offset);
        if (band.statistics && band.role != BandRole::alpha) {
            entry["statistics"] = {{"min", band.statistics->minimum},
                                   {"max", band.statistics->maximum},
                                   {"p2", band.statistics->percentiles[2]},
                                   {"p98", band.statistics->percentiles[98]}};
        }
        bands.push_back(std::move(entry));
    }
    return bands;
}

Json geometry_of(const RasterDescription& raster) {
    return {{"crs", raster.crs.starts_with("EPSG:") ? Json(raster.crs) : Json(nullptr)},
            {"crs_title", raster.crs_title},
            {"size", {raster.size.width, raster.size.height}},
            {"transform", raster.transform},
            {"overviews", raster.overviews.size()}};
}

Json file_of(const RasterDescription& raster) {
    const auto pair = [](PixelSize size) { return Json::array({size.width, size.height}); };
    Json overviews = Json::array();
    for (const PixelSize& size : raster.overviews) overviews.push_back(pair(size));
    Json palette = Json::array();
    for (const Colour& colour : raster.palette) palette.push_back(style::to_hex(colour));
    return {{"driver", raster.driver},
            {"compression", raster.compression},
            {"interleave", raster.interleave},
            {"block", pair(raster.block)},
            {"overviews", std::move(overviews)},
            {"has_mask", raster.has_mask},
            {"palette", std::move(palette)},
            {"wkt", raster.crs.starts_with("EPSG:") ? Json(nullptr) : Json(raster.crs)}};
}

}  // namespace relief::route
