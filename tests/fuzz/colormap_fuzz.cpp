// Any bytes as a colour map, and as each other word of a raster request.
#include "tiler/style/legend.hpp"

#include <cstdint>
#include <cstdlib>

namespace {

using namespace relief;

void check(const style::ColourMap& map) {
    if (const auto* ramp = std::get_if<style::ColourRamp>(&map)) {
        if (ramp->colours.size() != 256) std::abort();
        return;
    }
    const auto& classes = std::get<style::ColourClasses>(map).classes;
    if (classes.empty() || classes.size() > 255) std::abort();
    for (std::size_t i = 0; i < classes.size(); ++i) {
        if (!(classes[i].low <= classes[i].high)) std::abort();
        if (i > 0 && !(classes[i - 1].high <= classes[i].low)) std::abort();
    }
}

RasterDescription raster() {
    RasterDescription description;
    description.bands.resize(3);
    description.bands[0].type = ValueType::f32;
    return description;
}

void draw(const std::string& name, const std::string& text) {
    const auto description = raster();
    const style::RasterWords words{{{name == "bands" ? "nodata" : "bands", "1"}, {name, text}}};
    const auto style = style::style_of(words, description);
    if (!style) return;
    if (style->outputs() != 1 && style->outputs() != 3) std::abort();
    if (to_json(legend_of(*style, description, text)).empty()) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(reinterpret_cast<const char*>(data), size);
    const auto map = style::parse_colour_map(text);
    if (map)
        check(*map);
    else if (map.error().what.size() > 1000)
        std::abort();
    for (const auto* const name : {"colormap", "rescale", "bands", "nodata", "resampling"})
        draw(name, text);
    return 0;
}
