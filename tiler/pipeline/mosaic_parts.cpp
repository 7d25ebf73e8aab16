#include "tiler/pipeline/mosaic_parts.hpp"

#include <algorithm>
#include <utility>

namespace relief::pipeline {
namespace {

/// Both bands mean a quantity of their own; the cell of one becomes the cell of the other.
source::BandFit fit_of(const BandDescription& from, const BandDescription& to) noexcept {
    if (from.scale == to.scale && from.offset == to.offset) return {};
    return {from.scale / to.scale, (from.offset - to.offset) / to.scale};
}

}  // namespace

SkippedScene broken(const workspace::Scene& scene, const Error& reason) {
    return {scene.name, scene.version, reason};
}

source::MosaicPart part_of(const workspace::Observation& observation,
                           const workspace::Scene& scene,
                           const std::vector<int>& bands) {
    source::MosaicPart part{{observation.mosaic->file_of(scene), scene.version}, {}};
    bool as_is = true;
    for (const int band : bands) {
        const auto index = static_cast<std::size_t>(band - 1);
        part.fits.push_back(fit_of(scene.form->bands[index], observation.raster().bands[index]));
        as_is = as_is && part.fits.back() == source::BandFit{};
    }
    if (as_is) part.fits.clear();
    return part;
}

ChosenParts parts_of(const workspace::Observation& observation,
                     const std::vector<std::uint32_t>& scenes,
                     const std::vector<int>& bands) {
    const int wanted = bands.empty() ? 0 : *std::max_element(bands.begin(), bands.end());
    ChosenParts chosen;
    for (const std::uint32_t index : scenes) {
        const workspace::Scene& scene = observation.mosaic->scenes()[index];
        if (wanted > static_cast<int>(scene.form->bands.size())) {
            chosen.skipped.push_back({scene.name, scene.version, std::nullopt});
            continue;
        }
        chosen.parts.push_back(part_of(observation, scene, bands));
        chosen.scenes.push_back(index);
    }
    return chosen;
}

}  // namespace relief::pipeline
