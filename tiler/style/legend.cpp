#include "tiler/style/legend.hpp"

#include "tiler/style/algorithm_legend.hpp"
#include "tiler/style/default_stretch.hpp"
#include "tiler/style/own_classes.hpp"
#include "tiler/style/words.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>

namespace relief::style {
namespace {

constexpr double wanted_stops = 6;

/// The only band that is drawn as it is; null when a formula or several bands are.
const BandDescription* only_band(const RasterStyle& style, const RasterDescription& raster) {
    if (style.algorithm || style.expression || style.bands.size() != 1) return nullptr;
    return &raster.bands[static_cast<std::size_t>(style.bands.front() - 1)];
}

/// Cells' numbers in the unit that the legend states.
class Units {
public:
    explicit Units(const BandDescription* band) : band_(band) {}

    double from_cell(double cell) const noexcept {
        return band_ == nullptr ? cell : cell * band_->scale + band_->offset;
    }
    Rescale from_cells(Rescale range) const noexcept {
        return {.low = from_cell(range.low), .high = from_cell(range.high)};
    }
    std::string name() const { return band_ == nullptr ? std::string() : band_->unit; }
    /// Counts and the like, between whose steps of 1 there is nothing.
    bool are_whole() const noexcept {
        return band_ != nullptr && band_->type != ValueType::f32 && band_->type != ValueType::f64 &&
               band_->scale == 1 && band_->offset == std::floor(band_->offset);
    }

private:
    const BandDescription* band_;
};

/// 1, 2 or 5 times a power of ten, such that about six steps make up the range.
double round_step(double range) noexcept {
    const double rough = range / wanted_stops;
    const double power = std::pow(10.0, std::floor(std::log10(rough)));
    const double lead = rough / power;
    return power * (lead <= 1 ? 1 : lead <= 2 ? 2 : lead <= 5 ? 5 : 10);
}

/// Shape: ascending, both ends and the round numbers between that stand clear of the ends.
std::vector<double> stops_between(double low, double high, double least_step) {
    std::vector<double> stops{low};
    const double step = std::max(round_step(high - low), least_step);
    if (std::isfinite(step) && step > 0) {
        const double clear = step / 3;
        const double first = std::ceil((low + clear) / step);
        const double last = std::floor((high - clear) / step);
        // About seven; the bound holds where step drowns in a huge low.
        const int count = static_cast<int>(std::clamp(last - first + 1, 0.0, 11.0));
        for (int i = 0; i < count; ++i) stops.push_back((first + i) * step);
    }
    stops.push_back(high);
    return stops;
}

Colour colour_at(const std::optional<ColourMap>& colours, double position) {
    const auto index = static_cast<std::size_t>(std::lround(std::clamp(position, 0.0, 1.0) * 255));
    if (colours) return std::get<ColourRamp>(*colours).colours[index];
    const auto level = static_cast<std::uint8_t>(index);
    return {.red = level, .green = level, .blue = level};
}

LegendEntry stop_entry(double value, Spread among, Colour colour) {
    return {.value = value, .range = {}, .label = rounded(value, among), .colour = colour};
}

/// Nine significant digits hide what binary fractions do to a decimal step.
double tidy(double value) noexcept {
    if (value == 0 || !std::isfinite(value)) return 0;
    const double power = std::pow(10.0, 8 - std::floor(std::log10(std::abs(value))));
    const double rounded = std::round(value * power) / power;
    return std::isfinite(rounded) ? rounded : value;
}

std::vector<LegendEntry> ramp_entries(const RasterStyle& style, const Units& units) {
    const Rescale range = units.from_cells(style.rescale.front());
    if (range.low == range.high) {
        const auto below = colour_at(style.colours, 0);
        const auto above = colour_at(style.colours, 1);
        auto entries =
            std::vector{stop_entry(range.low, {}, below), stop_entry(range.high, {}, above)};
        entries[0].label = "< " + shortest(tidy(range.low));
        entries[1].label = "≥ " + shortest(tidy(range.low));
        return entries;
    }
    const auto [low, high] = std::minmax(range.low, range.high);
    std::vector<LegendEntry> entries;
    for (const double value : stops_between(low, high, units.are_whole() ? 1 : 0)) {
        const double position = (value - range.low) / (range.high - range.low);
        entries.push_back(
            stop_entry(tidy(value), {high - low}, colour_at(style.colours, position)));
    }
    return entries;
}

/// What a mask marks, in the colour of a pixel that it covers, and of one that it covers by half: a
/// pixel of a small map shows many cells.
std::vector<LegendEntry> mask_entries(const RasterStyle& style, const BandDescription& band) {
    const double full = default_stretch(band, RasterKind::mask).high;
    const Rescale& range = style.rescale.front();
    const auto entry = [&](double share, std::string label) {
        const double position = (share * full - range.low) / (range.high - range.low);
        return LegendEntry{.value = tidy(band.scale * share * full + band.offset),
                           .range = {},
                           .label = std::move(label),
                           .colour = colour_at(style.colours, position)};
    };
    std::vector entries{entry(1, band.title.empty() ? "marked" : band.title),
                        entry(0.5, "in part (seen from afar)")};
    entries.back().value.reset();  // no cell has it
    if (auto none = entry(0, "not marked"); none.colour.alpha != 0)
        entries.push_back(std::move(none));
    return entries;
}

LegendEntry class_entry(const ColourClass& one, const Units& units) {
    const auto range = units.from_cells({.low = one.low, .high = one.high});
    LegendEntry entry{.value = {}, .range = {}, .label = one.label, .colour = one.colour};
    if (one.low == one.high) {
        entry.value = range.low;
        if (entry.label.empty()) entry.label = shortest(tidy(range.low));
    } else {
        entry.range = std::minmax(range.low, range.high);
        if (entry.label.empty())
            entry.label =
                shortest(tidy(entry.range->first)) + " – " + shortest(tidy(entry.range->second));
    }
    return entry;
}

/// Classes that show something: neither clear nor known to be absent from the raster.
std::vector<LegendEntry> class_entries(const ColourClasses& classes, const BandDescription* band) {
    std::vector<LegendEntry> entries;
    for (const auto& one : classes.classes) {
        if (one.colour.alpha == 0 || (band != nullptr && !may_occur(*band, one))) continue;
        entries.push_back(class_entry(one, Units(band)));
    }
    return entries;
}

std::vector<std::string> formula_texts(const std::string& text) {
    std::vector<std::string> parts;
    std::size_t begin = 0;
    for (auto end = text.find(';'); end != std::string::npos; end = text.find(';', begin)) {
        parts.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    parts.push_back(text.substr(begin));
    return parts;
}

std::string channel_source(const RasterStyle& style,
                           const RasterDescription& raster,
                           std::size_t channel) {
    if (style.expression) return formula_texts(style.expression->text())[channel];
    const int number = style.bands[channel];
    const auto& title = raster.bands[static_cast<std::size_t>(number - 1)].title;
    return "band " + std::to_string(number) + (title.empty() ? "" : " (" + title + ")");
}

std::vector<LegendEntry> channel_entries(const RasterStyle& style,
                                         const RasterDescription& raster) {
    struct Channel {
        std::string_view name;
        Colour colour;
    };
    constexpr std::array<Channel, 3> channels{{{"red", {.red = 255, .green = 0, .blue = 0}},
                                               {"green", {.red = 0, .green = 255, .blue = 0}},
                                               {"blue", {.red = 0, .green = 0, .blue = 255}}}};
    std::vector<LegendEntry> entries;
    for (std::size_t i = 0; i < channels.size(); ++i) {
        const auto& range = style.rescale[i];
        const Spread span{std::abs(range.high - range.low)};
        entries.push_back({.value = {},
                           .range = {},
                           .label = std::string(channels[i].name) + ": " +
                                    channel_source(style, raster, i) + ", " +
                                    rounded(range.low, span) + " to " + rounded(range.high, span),
                           .colour = channels[i].colour});
    }
    return entries;
}

nlohmann::ordered_json json_of(const LegendEntry& entry) {
    nlohmann::ordered_json json;
    if (entry.value) json["value"] = *entry.value;
    if (entry.range) json["range"] = {entry.range->first, entry.range->second};
    json["label"] = entry.label;
    json["color"] = to_hex(entry.colour);
    if (!entry.shape.empty()) json["shape"] = entry.shape;
    if (entry.sample) json["image"] = entry.sample->address;
    return json;
}

std::string_view name_of(Legend::Kind kind) noexcept {
    switch (kind) {
        case Legend::Kind::ramp: return "ramp";
        case Legend::Kind::classes: return "classes";
        case Legend::Kind::symbols: break;
    }
    return "symbols";
}

}  // namespace

Legend legend_of(const RasterStyle& style, const RasterDescription& raster, std::string title) {
    const auto* const band = only_band(style, raster);
    const Units units(band);
    Legend legend{.title = std::move(title), .kind = {}, .entries = {}, .unit = units.name()};
    if (style.algorithm) name_algorithm(legend, style, raster);
    if (style.algorithm && !has_values(style.algorithm->id)) {
        legend.kind = Legend::Kind::symbols;
        legend.entries = symbol_entries(*style.algorithm);
    } else if (style.outputs() == 3) {
        legend.kind = Legend::Kind::symbols;
        legend.entries = channel_entries(style, raster);
    } else if (style.colours && std::holds_alternative<ColourClasses>(*style.colours)) {
        legend.kind = Legend::Kind::classes;
        legend.entries = class_entries(std::get<ColourClasses>(*style.colours), band);
    } else if (band != nullptr && raster.kind == RasterKind::mask &&
               style.rescale.front().low != style.rescale.front().high) {
        legend.kind = Legend::Kind::classes;
        legend.entries = mask_entries(style, *band);
    } else {
        legend.kind = Legend::Kind::ramp;
        legend.entries = ramp_entries(style, units);
    }
    return legend;
}

std::string to_json(const Legend& legend) {
    nlohmann::ordered_json json;
    json["title"] = legend.title;
    json["kind"] = name_of(legend.kind);
    json["entries"] = nlohmann::ordered_json::array();
    for (const auto& entry : legend.entries) json["entries"].push_back(json_of(entry));
    json["unit"] = legend.unit;
    if (legend.algorithm) json["algorithm"] = to_json(facts_of(*legend.algorithm));
    // Titles come from files: broken UTF-8 is replaced, not thrown at the caller.
    return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace relief::style
