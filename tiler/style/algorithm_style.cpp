#include "tiler/style/algorithm_style.hpp"

#include "tiler/style/algorithm_formula.hpp"
#include "tiler/style/default_stretch.hpp"
#include "tiler/style/words.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace relief::style {
namespace {

std::string quoted_name(const AlgorithmFacts& facts) {
    return "algorithm " + std::string(facts.name);
}

std::string wanted_words(const AlgorithmFacts& facts) {
    std::string text;
    for (std::size_t i = 0; i < facts.bands.size(); ++i) {
        if (i > 0) text += i + 1 == facts.bands.size() ? " and " : ", ";
        text += to_text(facts.bands[i]);
    }
    return text;
}

std::string band_range(const RasterDescription& raster) {
    return "bands are 1 to " + std::to_string(raster.bands.size());
}

bool takes_an_expression(AlgorithmId id) noexcept {
    return id == AlgorithmId::difference || id == AlgorithmId::threshold;
}

bool takes_colours(AlgorithmId id) noexcept {
    return id != AlgorithmId::contours && !encodes_heights(id);
}

int first_band_without_alpha(const RasterDescription& raster) {
    const auto found = std::find_if(raster.bands.begin(), raster.bands.end(), [](const auto& band) {
        return band.role != BandRole::alpha;
    });
    return found == raster.bands.end() ? 1 : static_cast<int>(found - raster.bands.begin()) + 1;
}

/// The band of heights, or of any numbers, when nobody names it.
Result<std::vector<int>> one_band(const AlgorithmFacts& facts, const RasterDescription& raster) {
    const bool heights = facts.bands[0] == SpectralBand::height;
    const bool colours = raster.kind == RasterKind::imagery && raster.bands.size() >= 3;
    const bool classes = raster.kind == RasterKind::categorical || !raster.palette.empty();
    if (heights && (colours || classes))
        return bad_request(quoted_name(facts) + " needs one band of heights; this layer holds " +
                           (classes ? "classes" : "colours") + ". A band of heights is chosen by " +
                           "bands=, " + band_range(raster));
    return std::vector{first_band_without_alpha(raster)};
}

Result<std::vector<int>> named_bands(const AlgorithmFacts& facts, const RasterDescription& raster) {
    std::vector<int> bands;
    for (const auto wanted : facts.bands) bands.push_back(find_spectral_band(raster, wanted));
    if (std::find(bands.begin(), bands.end(), 0) == bands.end()) return bands;
    return bad_request(quoted_name(facts) + " needs " + wanted_words(facts) +
                       ", which the descriptions of this layer's bands do not all name; give "
                       "them in this order with bands=, for instance bands=2,1 (" +
                       band_range(raster) + ")");
}

Result<std::vector<int>> bands_of(const AskedStyle& asked, const RasterDescription& raster) {
    const auto& facts = asked.algorithm->facts();
    if (!asked.bands.empty()) {
        if (asked.bands.size() == facts.bands.size()) return asked.bands;
        return bad_request("bands: " + quoted_name(facts) + " takes " +
                           std::to_string(facts.bands.size()) + ", " + wanted_words(facts) +
                           ", in this order; " + std::to_string(asked.bands.size()) + " are given");
    }
    return facts.bands.size() == 1 ? one_band(facts, raster) : named_bands(facts, raster);
}

Result<void> check_words(const AskedStyle& asked) {
    const auto& facts = asked.algorithm->facts();
    if (asked.expression && !takes_an_expression(facts.id))
        return bad_request("expression " + in_quotes(asked.expression->text()) + ": " +
                           quoted_name(facts) +
                           " takes bands; difference and threshold take an expression");
    if (asked.expression && asked.expression->outputs() != 1)
        return bad_request("expression " + in_quotes(asked.expression->text()) + " gives " +
                           std::to_string(asked.expression->outputs()) + " bands; " +
                           quoted_name(facts) + " takes one");
    if (!takes_colours(facts.id) && asked.colours)
        return bad_request("colormap: " + quoted_name(facts) + " has colours of its own");
    if (!takes_colours(facts.id) && !asked.rescale.empty())
        return bad_request("rescale: " + quoted_name(facts) + " has no range to stretch");
    if (asked.rescale.size() > 1)
        return bad_request("rescale is given " + std::to_string(asked.rescale.size()) + " times; " +
                           quoted_name(facts) + " gives one value for each cell");
    if (facts.id == AlgorithmId::threshold && std::isnan(asked.algorithm->value("value")))
        return bad_request(
            R"(algorithm threshold needs its value: algorithm_params={"value":0.2})");
    return {};
}

double metres_in(std::string_view unit) {
    constexpr std::array<std::string_view, 8> feet{
        "ft", "feet", "foot", "Feet", "Foot", "US survey foot", "us-ft", "ftUS"};
    return std::find(feet.begin(), feet.end(), unit) == feet.end() ? 1 : 0.3048;
}

Heights heights_of(const BandDescription& band) {
    const double metres = metres_in(band.unit);
    Heights heights{.scale = band.scale * metres, .offset = band.offset * metres, .relief = 0};
    if (band.statistics) {
        const auto& percentiles = band.statistics->percentiles;
        heights.relief = std::abs(percentiles[98] - percentiles[2]) * metres;
    }
    return heights;
}

/// Severity classes of Key and Benson (2006), table LA-2, dNBR there times 1000.
ColourClasses severity_classes() {
    return {
        {{.low = -2, .high = -0.25, .colour = {27, 120, 55}, .label = "high regrowth"},
         {.low = -0.25, .high = -0.1, .colour = {127, 191, 123}, .label = "low regrowth"},
         {.low = -0.1, .high = 0.1, .colour = {217, 240, 211}, .label = "unburned"},
         {.low = 0.1, .high = 0.27, .colour = {254, 224, 139}, .label = "low severity"},
         {.low = 0.27, .high = 0.44, .colour = {253, 174, 97}, .label = "moderate-low severity"},
         {.low = 0.44, .high = 0.66, .colour = {244, 109, 67}, .label = "moderate-high severity"},
         {.low = 0.66, .high = 2, .colour = {165, 0, 38}, .label = "high severity"}}};
}

/// What is looked at and not marked is drawn faintly: it is not the same as never observed.
ColourClasses marked_classes(const AlgorithmCall& call) {
    const std::string value = shortest(call.value("value"));
    const bool above = call.choice("side") == "above";
    const std::string high = "≥ " + value;
    const std::string low = "< " + value;
    return {{{.low = 0, .high = 0, .colour = {128, 128, 128, 48}, .label = above ? low : high},
             {.low = 1, .high = 1, .colour = {227, 26, 28}, .label = above ? high : low}}};
}

std::optional<ColourMap> default_colours(const AskedStyle& asked) {
    const auto& call = *asked.algorithm;
    if (call.id == AlgorithmId::dnbr && asked.rescale.empty()) return severity_classes();
    if (call.id == AlgorithmId::threshold && asked.rescale.empty()) return marked_classes(call);
    if (call.id == AlgorithmId::dnbr) return named_ramp("rdylgn_r").value();
    const auto ramp = named_ramp(call.facts().colours);
    if (!ramp || call.facts().colours == "gray") return std::nullopt;
    return *ramp;
}

/// As far to both sides of zero as half of what the values span.
Rescale around_zero(const AskedStyle& asked,
                    const RasterStyle& style,
                    const RasterDescription& raster) {
    Rescale range;
    double scale = 1;
    if (asked.expression) {
        range = default_stretch(*asked.expression, raster).front();
    } else {
        const auto& band = raster.bands[static_cast<std::size_t>(style.bands.front() - 1)];
        range = default_stretch(band, raster.kind);
        scale = band.scale;
    }
    const double half = std::abs((range.high - range.low) * scale) / 2;
    return half > 0 && std::isfinite(half) ? Rescale{-half, half} : Rescale{-1, 1};
}

Rescale default_range(const AskedStyle& asked,
                      const RasterStyle& style,
                      const RasterDescription& raster) {
    const auto& call = *asked.algorithm;
    if (call.id == AlgorithmId::difference) return around_zero(asked, style, raster);
    if (call.choice("unit") == "percent") return {0, 100};
    return {call.facts().low, call.facts().high};
}

/// Heights between cells are smooth: a facet for each cell would show as a pattern in their slope.
Resampling default_resampling(AlgorithmId id, RasterKind kind) {
    if (is_terrain(id) && !encodes_heights(id)) return Resampling::cubic;
    if (kind == RasterKind::categorical) return Resampling::mode;
    return kind == RasterKind::mask ? Resampling::average : Resampling::bilinear;
}

bool is_classes(const std::optional<ColourMap>& colours) {
    return colours && std::holds_alternative<ColourClasses>(*colours);
}

}  // namespace

Result<RasterStyle> algorithm_style(const AskedStyle& asked, const RasterDescription& raster) {
    if (const auto checked = check_words(asked); !checked) return checked.error();
    const auto& call = *asked.algorithm;
    RasterStyle style;
    style.algorithm = call;
    style.nodata = asked.nodata;
    style.translucent = false;
    if (!asked.expression) {
        const auto bands = bands_of(asked, raster);
        if (!bands) return bands.error();
        style.bands = *bands;
    }
    style.rescale = asked.rescale;
    if (style.rescale.empty()) style.rescale = {default_range(asked, style, raster)};
    style.colours = asked.colours ? asked.colours : default_colours(asked);
    if (is_classes(style.colours)) style.rescale.clear();
    style.resampling = asked.resampling.value_or(default_resampling(call.id, raster.kind));
    if (is_terrain(call.id)) {
        style.heights = heights_of(raster.bands[static_cast<std::size_t>(style.bands[0] - 1)]);
        return style;
    }
    auto expression = algorithm_expression({call, raster, style.bands, asked.expression});
    if (!expression) return expression.error();
    style.bands = expression->bands();
    style.expression = std::move(*expression);
    if (call.facts().two_dates) style.later_bands = static_cast<int>(raster.bands.size());
    return style;
}

std::vector<std::string_view> algorithms_for(const RasterDescription& raster,
                                             std::size_t observations) {
    std::vector<std::string_view> names;
    for (const auto& facts : algorithms()) {
        if (facts.two_dates && observations < 2) continue;
        // A picture or a measurement of several bands holds no heights, though one could be named.
        const bool relief = raster.kind == RasterKind::elevation || raster.bands.size() == 1;
        if (is_terrain(facts.id) && (!relief || raster.kind == RasterKind::mask)) continue;
        const bool found = facts.bands.size() == 1 ? one_band(facts, raster).has_value()
                                                   : named_bands(facts, raster).has_value();
        if (found) names.push_back(facts.name);
    }
    return names;
}

Result<void> check_comparable(const RasterStyle& style,
                              const RasterDescription& later,
                              const RasterDescription& earlier) {
    for (const int number : style.bands) {
        const int own = number > style.later_bands ? number - style.later_bands : number;
        const auto place = static_cast<std::size_t>(own - 1);
        if (place >= earlier.bands.size())
            return bad_request("the earlier observation has no band " + std::to_string(own));
        const auto& a = later.bands[place];
        const auto& b = earlier.bands[place];
        if (a.scale != b.scale || a.offset != b.offset)
            return bad_request("band " + std::to_string(own) +
                               " of the two observations has another scale or offset");
    }
    return {};
}

}  // namespace relief::style
