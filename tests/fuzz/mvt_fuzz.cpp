// Vector tiles come from files of anybody.

#include "tiler/decode/mvt_reader.hpp"

#include <cstdint>
#include <cstdlib>

namespace {

using relief::FeatureTile;

/// Whoever draws a tile follows its numbers without a look.
void check(const FeatureTile& tile) {
    for (const auto& path : tile.paths)
        if (path.first > tile.points.size() || path.count > tile.points.size() - path.first)
            std::abort();
    for (const auto& feature : tile.features) {
        if (feature.paths == 0 || feature.first_path > tile.paths.size() ||
            feature.paths > tile.paths.size() - feature.first_path)
            std::abort();
        if (feature.first_tag > tile.tags.size() || feature.tags % 2 != 0 ||
            feature.tags > tile.tags.size() - feature.first_tag)
            std::abort();
    }
    for (std::size_t i = 0; i + 1 < tile.tags.size(); i += 2)
        if (tile.tags[i] >= tile.keys.size() || tile.tags[i + 1] >= tile.values.size())
            std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    relief::decode::MvtLimits limits;
    limits.points = 1000;
    limits.features = 100;
    const auto tiles = relief::decode::decode_mvt({data, size}, limits);
    if (!tiles && tiles.error().what.empty()) std::abort();
    if (tiles)
        for (const FeatureTile& tile : *tiles) check(tile);
    return 0;
}
