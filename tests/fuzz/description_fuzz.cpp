// Raster descriptions come from a child process that has read a hostile file.

#include "tiler/workspace/description_json.hpp"

#include <cstdint>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto raster = relief::workspace::raster_description_from_json(text);
    if (!raster) return 0;
    // What was accepted must be writable and readable without change.
    const std::string written = relief::workspace::to_json(*raster);
    const auto again = relief::workspace::raster_description_from_json(written);
    if (!again || relief::workspace::to_json(*again) != written) std::abort();
    return 0;
}
