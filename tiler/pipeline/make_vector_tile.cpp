#include "tiler/pipeline/make_vector_tile.hpp"

#include "tiler/pipeline/read_features.hpp"
#include "tiler/pipeline/vector_budget.hpp"

#include <chrono>
#include <utility>

namespace relief::pipeline {
namespace {

using SteadyClock = std::chrono::steady_clock;

double milliseconds_since(SteadyClock::time_point begin) {
    return std::chrono::duration<double, std::milli>(SteadyClock::now() - begin).count();
}

}  // namespace

Result<EncodedVectorTile> make_vector_tile(FeatureSources& sources, const VectorTileOrder& order) {
    EncodedVectorTile made;
    Bytes all;
    for (const VectorPart& part : order.parts) {
        const auto begin = SteadyClock::now();
        auto tile = read_features(sources, part, {order.tile, order.fields, {}, order.deadline});
        if (!tile) return tile.error();
        made.read_ms += milliseconds_since(begin);
        const auto encoding = SteadyClock::now();
        // Layers of a tile are a repeated field: their messages stand one after the other.
        const Bytes bytes = encode_within_budget(*tile);
        all.insert(all.end(), bytes.begin(), bytes.end());
        made.encode_ms += milliseconds_since(encoding);
        made.features += tile->features.size();
        made.left_out += tile->left_out;
    }
    if (!all.empty()) made.bytes = std::make_shared<const Bytes>(std::move(all));
    return made;
}

}  // namespace relief::pipeline
