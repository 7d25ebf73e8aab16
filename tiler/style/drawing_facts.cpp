#include "tiler/style/drawing_facts.hpp"

#include "tiler/style/default_bands.hpp"
#include "tiler/style/words.hpp"

#include <nlohmann/json.hpp>

#include <cmath>

namespace relief::style {
namespace {

const BandDescription& band_of(const RasterDescription& raster, int number) {
    return raster.bands[static_cast<std::size_t>(number - 1)];
}

std::string why_of(const RasterWords& words, const RasterDescription& raster) {
    if (words.find("bands", "bidx")) return "as asked for";
    const auto choice = default_bands(raster);
    if (raster.bands.size() == 1) return {};
    return std::string(to_text(choice.why));
}

/// The name of a ramp that draws the same, when there is one.
std::string colormap_of(const RasterWords& words, const RasterStyle& style) {
    const auto asked = words.find("colormap", "colormap_name");
    if (asked && !asked->empty()) return std::string(*asked);
    if (style.colours && std::holds_alternative<ColourRamp>(*style.colours))
        return std::get<ColourRamp>(*style.colours).name;
    return style.colours || style.outputs() != 1 ? "" : "gray";
}

std::string colours_of(const DrawingFacts& facts,
                       const RasterStyle& style,
                       const RasterDescription& raster) {
    if (style.outputs() == 3) return "red, green, blue";
    if (!facts.colormap.empty())
        return facts.colormap.front() == '{' || facts.colormap.front() == '[' ? "colours of its own"
               : facts.colormap == "gray"                                     ? "grey"
                                                                              : facts.colormap;
    if (style.algorithm) return "the algorithm's colours";
    if (raster.kind == RasterKind::mask) return "clear to red";
    return raster.palette.empty() ? "a colour for each class" : "its own palette";
}

std::string number_and_title(int number, const RasterDescription& raster) {
    const std::string& title = band_of(raster, number).title;
    return std::to_string(number) + (title.empty() ? "" : " (" + title + ")");
}

std::string bands_in_words(const DrawingFacts& facts, const RasterDescription& raster) {
    std::string text = facts.bands.size() == 1 ? "band " : "bands ";
    for (std::size_t i = 0; i < facts.bands.size(); ++i)
        text += (i > 0 ? ", " : "") + number_and_title(facts.bands[i], raster);
    return text + (facts.colours == "red, green, blue" ? " as " : " in ") + facts.colours +
           (facts.why.empty() ? "" : ", " + facts.why);
}

std::string range_in_words(Rescale range, const BandDescription* band) {
    const double scale = band == nullptr ? 1 : band->scale;
    const double offset = band == nullptr ? 0 : band->offset;
    const double low = range.low * scale + offset;
    const double high = range.high * scale + offset;
    const Spread span{std::abs(high - low)};
    return rounded(low, span) + " to " + rounded(high, span) +
           (band == nullptr || band->unit.empty() ? "" : " " + band->unit);
}

}  // namespace

Result<DrawingFacts> drawing_facts(const RasterWords& words, const RasterDescription& raster) {
    const auto style = style_of(words, raster);
    if (!style) return style.error();
    DrawingFacts facts;
    facts.bands = style->bands;
    if (style->algorithm) {
        facts.algorithm = style->algorithm->facts().name;
    } else if (style->expression) {
        facts.expression = style->expression->text();
    } else {
        facts.why = why_of(words, raster);
    }
    facts.rescale = style->rescale;
    facts.colormap = colormap_of(words, *style);
    facts.colours = colours_of(facts, *style, raster);
    facts.resampling = style->resampling;
    return facts;
}

std::string in_words(const DrawingFacts& facts, const RasterDescription& raster) {
    const bool plain = facts.expression.empty() && facts.algorithm.empty();
    std::string text = plain ? bands_in_words(facts, raster)
                             : facts.algorithm + facts.expression + " in " + facts.colours;
    for (std::size_t i = 0; i < facts.rescale.size(); ++i) {
        const auto* const band =
            plain && i < facts.bands.size() ? &band_of(raster, facts.bands[i]) : nullptr;
        text += (i == 0 ? "; " : ", ") + range_in_words(facts.rescale[i], band);
    }
    return text;
}

std::string to_json(const DrawingFacts& facts) {
    nlohmann::ordered_json json{{"bands", facts.bands}};
    if (!facts.why.empty()) json["why"] = facts.why;
    if (!facts.expression.empty()) json["expression"] = facts.expression;
    if (!facts.algorithm.empty()) json["algorithm"] = facts.algorithm;
    json["rescale"] = nlohmann::ordered_json::array();
    for (const Rescale& range : facts.rescale) json["rescale"].push_back({range.low, range.high});
    json["colormap"] =
        facts.colormap.empty() ? nlohmann::ordered_json() : nlohmann::ordered_json(facts.colormap);
    json["colours"] = facts.colours;
    json["resampling"] = to_text(facts.resampling);
    return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

}  // namespace relief::style
