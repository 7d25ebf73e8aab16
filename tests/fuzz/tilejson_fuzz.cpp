// A TileJSON that a style refers to is anybody's.

#include "tiler/atlas/tilejson.hpp"

#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace {

using namespace relief;

/// What a picture's tiles are counted from.
void check(const stylesheet::Source& source) {
    for (const double degrees : source.bounds)
        if (!std::isfinite(degrees)) std::abort();
    if (!std::isfinite(source.minzoom) || !std::isfinite(source.maxzoom)) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    for (const auto type : {stylesheet::SourceType::vector,
                            stylesheet::SourceType::raster,
                            stylesheet::SourceType::raster_dem}) {
        stylesheet::Source source;
        source.type = type;
        source.url = "file:///tiles.json";
        if (atlas::fill_up(source, text)) check(source);
    }
    return 0;
}
