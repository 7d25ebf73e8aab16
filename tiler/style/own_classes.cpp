#include "tiler/style/own_classes.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace relief::style {
namespace {

constexpr std::size_t most_classes = 255;

/// Room is made by giving two neighbours of the nearest colours one class.
void join_nearest(std::vector<ColourClass>& classes) {
    const auto difference = [](Colour a, Colour b) {
        return std::abs(a.red - b.red) + std::abs(a.green - b.green) + std::abs(a.blue - b.blue) +
               std::abs(a.alpha - b.alpha);
    };
    std::size_t nearest = 0;
    for (std::size_t i = 1; i + 1 < classes.size(); ++i)
        if (difference(classes[i].colour, classes[i + 1].colour) <
            difference(classes[nearest].colour, classes[nearest + 1].colour))
            nearest = i;
    classes[nearest].high = classes[nearest + 1].high + 1;
    classes.erase(classes.begin() + static_cast<std::ptrdiff_t>(nearest) + 1);
}

double to_value(const BandDescription& band, double cell) noexcept {
    return cell * band.scale + band.offset;
}

/// Sum of the histogram's counts that touch low … high; nothing when there is no histogram.
std::optional<std::uint64_t> counted(const BandStatistics& statistics,
                                     std::pair<double, double> range) {
    const auto bins = static_cast<double>(statistics.counts.size());
    const double width = (statistics.histogram_high - statistics.histogram_low) / bins;
    if (!(bins > 0) || !(width > 0)) return std::nullopt;
    const auto bin_of = [&](double value) {
        return std::clamp((value - statistics.histogram_low) / width, 0.0, bins - 1);
    };
    // A value on the edge between two bins may have been counted in either.
    const auto first = static_cast<std::size_t>(std::max(std::ceil(bin_of(range.first)) - 1, 0.0));
    const auto last = static_cast<std::size_t>(bin_of(range.second));
    std::uint64_t sum = 0;
    for (std::size_t i = std::min(first, last); i <= last; ++i) sum += statistics.counts[i];
    return sum;
}

}  // namespace

bool may_occur(const BandDescription& band, const ColourClass& one) {
    if (!band.statistics || band.statistics->approximate) return true;
    const double first = to_value(band, one.low);
    const double last = to_value(band, one.high);
    const auto [low, high] = std::minmax(first, last);
    const auto& statistics = *band.statistics;
    if (high < statistics.minimum || low > statistics.maximum) return false;
    return counted(statistics, {low, high}).value_or(1) > 0;
}

ColourClasses palette_classes(const Palette& palette, const BandDescription& band) {
    ColourClasses result;
    auto& classes = result.classes;
    for (std::size_t i = 0; i < palette.size(); ++i) {
        const auto number = static_cast<double>(i);
        if (palette[i].alpha == 0 || (band.nodata && *band.nodata == number)) continue;
        classes.push_back({.low = number, .high = number, .colour = palette[i], .label = {}});
    }
    if (classes.size() > most_classes)
        std::erase_if(classes, [&](const auto& one) { return !may_occur(band, one); });
    while (classes.size() > most_classes) join_nearest(classes);
    return result;
}

std::optional<ColourClasses> counted_classes(const BandDescription& band) {
    const bool whole = band.type != ValueType::f32 && band.type != ValueType::f64;
    if (!whole || !band.statistics || band.scale != 1 || band.offset != 0) return std::nullopt;
    const double low = band.statistics->minimum;
    const double high = band.statistics->maximum;
    if (!(high - low < static_cast<double>(most_classes)) || !(low <= high)) return std::nullopt;
    const auto colours = named_ramp("tab20");
    if (!colours) return std::nullopt;

    constexpr std::size_t distinct = 20;
    ColourClasses result;
    const double first = std::ceil(low);
    const auto count = static_cast<std::size_t>(std::floor(high) - first + 1);
    for (std::size_t i = 0; i < count; ++i) {
        const double number = first + static_cast<double>(i);
        // The middle of each of the twenty steps of the ramp.
        const Colour colour = colours->colours[(i % distinct * 2 + 1) * 128 / distinct];
        const ColourClass one{.low = number, .high = number, .colour = colour, .label = {}};
        if (may_occur(band, one)) result.classes.push_back(one);
    }
    if (result.classes.empty()) return std::nullopt;
    return result;
}

}  // namespace relief::style
