#include "tiler/workspace/layer_extent.hpp"

#include <algorithm>

namespace relief::workspace {

LonLatBox joined(LonLatBox all, const LonLatBox& box) {
    if (box == all) return all;
    const bool crossing = box.west > box.east || all.west > all.east;
    all.west = crossing ? -180 : std::min(all.west, box.west);
    all.east = crossing ? 180 : std::max(all.east, box.east);
    all.south = std::min(all.south, box.south);
    all.north = std::max(all.north, box.north);
    return all;
}

LonLatBox bounds_of(const Layer& layer) {
    LonLatBox all = layer.observations.front().bounds();
    for (const auto& observation : layer.observations) all = joined(all, observation.bounds());
    return all;
}

ZoomRange zooms_of(const Layer& layer) {
    ZoomRange zooms = layer.newest().zooms();
    for (const auto& observation : layer.observations) {
        zooms.least = std::min(zooms.least, observation.zooms().least);
        zooms.most = std::max(zooms.most, observation.zooms().most);
    }
    return zooms;
}

}  // namespace relief::workspace
