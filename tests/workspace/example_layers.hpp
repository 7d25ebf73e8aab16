#pragma once
// A raster description with something in every member, and layers made of it.

#include "tiler/workspace/layer_store.hpp"

#include <cmath>
#include <filesystem>
#include <fstream>
#include <limits>
#include <memory>
#include <string>

namespace relief::workspace {

inline RasterDescription example_raster() {
    BandStatistics statistics;
    statistics.minimum = -3.25;
    statistics.maximum = 812.5;
    statistics.mean = 100.1;
    statistics.standard_deviation = 12.75;
    statistics.valid_percent = 99.5;
    for (std::size_t i = 0; i < statistics.percentiles.size(); ++i) {
        statistics.percentiles[i] = 0.1 * static_cast<double>(i);
    }
    statistics.counts = {1, 0, 5};
    statistics.histogram_low = -3.25;
    statistics.histogram_high = 812.5;
    statistics.approximate = true;

    BandDescription first;
    first.type = ValueType::f32;
    first.role = BandRole::grey;
    first.nodata = std::numeric_limits<double>::quiet_NaN();
    first.scale = 0.01;
    first.offset = -5;
    first.unit = "m";
    first.title = "Höhe";
    first.statistics = statistics;

    RasterDescription raster;
    raster.size = {1000, 800};
    raster.transform = {500000, 10, 0, 4649776.22, 0, -10};
    raster.crs = "EPSG:32636";
    raster.crs_title = "WGS 84 / UTM zone 36N";
    raster.bands = {first, BandDescription{}};
    raster.palette = {{1, 2, 3, 4}, {255, 0, 0, 255}};
    raster.kind = RasterKind::mask;
    raster.bounds = {33, 41.9, 33.12, 42};
    raster.minimum_zoom = 5;
    raster.maximum_zoom = 14;
    raster.block = {512, 512};
    raster.overviews = {{500, 400}, {250, 200}};
    raster.has_mask = true;
    raster.driver = "GTiff";
    raster.compression = "DEFLATE";
    raster.interleave = "BAND";
    return raster;
}

inline LayerName layer_name(const std::string& text) {
    return *LayerName::make(text);
}

/// What the entries of tests differ in.
struct Example {
    std::string layer;
    std::string content;
};

/// An entry whose file, "layers/<content>.tif", is made.
inline NewObservation entry_of(const std::filesystem::path& workspace, const Example& example) {
    const auto& [layer, content] = example;
    const std::filesystem::path file = workspace / "layers" / (content + ".tif");
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file) << content;
    NewObservation entry{layer_name(layer), "", {}, {}, {}, {}};
    entry.observation.version = {content};
    entry.observation.file = file.string();
    entry.observation.modified = {1'700'000'000'123};
    entry.observation.raster() = example_raster();
    return entry;
}

inline std::shared_ptr<const Layer> example_layer(const std::string& name, Sensitivity level) {
    Observation observation;
    observation.version = {"v1"};
    observation.raster() = example_raster();
    return std::make_shared<Layer>(
        Layer{layer_name(name), "Title of " + name, level, {}, {}, {observation}});
}

}  // namespace relief::workspace
