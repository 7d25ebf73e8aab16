#pragma once
// Scenes of a mosaic, made of little.

#include "tests/workspace/example_layers.hpp"
#include "tiler/workspace/mosaic_store.hpp"

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

namespace relief::workspace {

/// 64 hexadecimal digits that end in the number.
inline std::string sha_of(int number) {
    const std::string digits = std::to_string(number);
    return std::string(64 - digits.size(), '0') + digits;
}

inline std::shared_ptr<const RasterDescription> example_form() {
    return std::make_shared<const RasterDescription>(form_of(example_raster()));
}

/// One degree square whose south-western corner is at (number, 0).
inline Scene example_scene(int number) {
    Scene scene;
    scene.name = "scene-" + std::to_string(number);
    scene.version = {sha_of(number)};
    scene.minimum_zoom = 3;
    scene.maximum_zoom = 12;
    const double west = number;
    scene.footprint = geo::footprint_of(LonLatBox{west, 0, west + 1, 1});
    scene.form = example_form();
    return scene;
}

inline Instant day(const std::string& text) {
    return parse_instant(text)->first;
}

/// The scene's file is made.
inline NewScene new_scene(const std::filesystem::path& workspace, int number) {
    NewScene entry;
    entry.scene = example_scene(number);
    entry.origin = "origin-" + std::to_string(number);
    const auto file = workspace / "layers" / (sha_of(number) + ".tif");
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file) << number;
    entry.file = file.string();
    entry.kept = {1'700'000'000'000};
    return entry;
}

}  // namespace relief::workspace
