#include "tiler/style/default_bands.hpp"

#include "tiler/style/spectral_bands.hpp"

#include <algorithm>
#include <optional>

namespace relief::style {
namespace {

using Why = BandChoice::Why;

std::vector<int> bands_without_alpha(const RasterDescription& raster) {
    std::vector<int> bands;
    for (std::size_t i = 0; i < raster.bands.size(); ++i)
        if (raster.bands[i].role != BandRole::alpha) bands.push_back(static_cast<int>(i) + 1);
    if (bands.empty()) bands.push_back(1);
    return bands;
}

bool may_be_a_picture(RasterKind kind) noexcept {
    return kind == RasterKind::imagery || kind == RasterKind::continuous;
}

/// All three or none.
std::optional<BandChoice> choice_of(std::vector<int> bands, Why why) {
    if (std::find(bands.begin(), bands.end(), 0) != bands.end()) return std::nullopt;
    return BandChoice{std::move(bands), why};
}

/// ESA's and USGS's band tables agree on these three; where a B1 stands beside them it may as well
/// be the blue of an older or a smaller sensor.
std::optional<BandChoice> bare_numbers(const RasterDescription& raster) {
    if (find_numbered_band(raster, 1) > 0) return std::nullopt;
    return choice_of({find_numbered_band(raster, 4),
                      find_numbered_band(raster, 3),
                      find_numbered_band(raster, 2)},
                     Why::numbers);
}

}  // namespace

BandChoice default_bands(const RasterDescription& raster) {
    auto bands = bands_without_alpha(raster);
    if (bands.size() < 3 || !may_be_a_picture(raster.kind)) return {{bands.front()}, Why::single};
    if (auto titled = choice_of({find_titled_band(raster, SpectralBand::red),
                                 find_titled_band(raster, SpectralBand::green),
                                 find_titled_band(raster, SpectralBand::blue)},
                                Why::titles))
        return *titled;
    if (auto numbered = bare_numbers(raster)) return *numbered;
    if (auto coloured = choice_of({find_band_with(raster, BandRole::red),
                                   find_band_with(raster, BandRole::green),
                                   find_band_with(raster, BandRole::blue)},
                                  Why::roles))
        return *coloured;
    bands.resize(3);
    return {std::move(bands), Why::unknown};
}

std::string_view to_text(BandChoice::Why why) noexcept {
    switch (why) {
        case Why::single: return "its first band";
        case Why::titles: return "as their names say";
        case Why::numbers: return "as Sentinel-2 and Landsat 8 number them";
        case Why::roles: return "as the file marks them";
        case Why::unknown: break;
    }
    return "the first three: nothing in the file says which are red, green and blue";
}

}  // namespace relief::style
