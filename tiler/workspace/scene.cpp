#include "tiler/workspace/scene.hpp"

#include <algorithm>
#include <cctype>

namespace relief::workspace {

RasterDescription form_of(const RasterDescription& raster) {
    RasterDescription form;
    form.size = {1, 1};
    form.transform = {0, 1, 0, 0, 0, -1};
    form.block = {1, 1};
    form.bands = raster.bands;
    for (BandDescription& band : form.bands) band.statistics.reset();
    form.palette = raster.palette;
    form.kind = raster.kind;
    form.has_mask = raster.has_mask;
    return form;
}

std::string scene_name_of(std::string_view text) {
    constexpr std::size_t longest = 100;
    std::string name(text.substr(0, longest));
    std::replace_if(
        name.begin(),
        name.end(),
        [](unsigned char c) {
            return c > 0x7f || (std::isalnum(c) == 0 && c != '.' && c != '_' && c != '-');
        },
        '-');
    return name.empty() ? "scene" : name;
}

}  // namespace relief::workspace
