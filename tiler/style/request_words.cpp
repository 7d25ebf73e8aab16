#include "tiler/style/request_words.hpp"

#include "tiler/style/algorithm_request.hpp"
#include "tiler/style/words.hpp"

#include <algorithm>
#include <charconv>
#include <limits>

namespace relief::style {
namespace {

struct Name {
    std::string_view name;
    std::string_view synonym;
};

constexpr Name bands_name{"bands", "bidx"};
constexpr Name expression_name{"expression", {}};
constexpr Name rescale_name{"rescale", {}};
constexpr Name colormap_name{"colormap", "colormap_name"};
constexpr Name nodata_name{"nodata", {}};
constexpr Name resampling_name{"resampling", {}};
constexpr Name algorithm_name{"algorithm", {}};
constexpr Name algorithm_params_name{"algorithm_params", {}};

std::vector<std::string_view> texts_of(const RasterWords& words, Name name) {
    std::vector<std::string_view> texts;
    for (const auto& [word, text] : words.words)
        if (word == name.name || word == name.synonym) texts.emplace_back(text);
    return texts;
}

Result<std::optional<std::string_view>> only_text(const RasterWords& words, Name name) {
    auto texts = texts_of(words, name);
    if (name.name != expression_name.name) std::erase(texts, std::string_view());
    if (texts.size() > 1) {
        return bad_request(std::string(name.name) + " is given " + std::to_string(texts.size()) +
                           " times: " + in_quotes(texts[0]) + ", " + in_quotes(texts[1]));
    }
    if (texts.empty()) return std::optional<std::string_view>();
    return std::optional<std::string_view>(texts.front());
}

std::vector<std::string_view> split(std::string_view text) {
    std::vector<std::string_view> parts;
    for (;;) {
        const auto comma = text.find(',');
        parts.push_back(text.substr(0, comma));
        if (comma == std::string_view::npos) return parts;
        text.remove_prefix(comma + 1);
    }
}

Result<int> band_of(std::string_view text, std::size_t band_count) {
    int band = 0;
    const char* const end = text.data() + text.size();
    const auto [stop, problem] = std::from_chars(text.data(), end, band);
    const bool whole = problem == std::errc{} && stop == end;
    if (whole && band >= 1 && static_cast<std::size_t>(band) <= band_count) return band;
    return bad_request("bands: " + in_quotes(text) + " is not a band; bands are 1 to " +
                       std::to_string(band_count));
}

Result<std::vector<int>> bands_of(const RasterWords& words, std::size_t band_count) {
    std::vector<int> bands;
    for (const auto text : texts_of(words, bands_name)) {
        if (text.empty()) continue;
        for (const auto part : split(text)) {
            const auto band = band_of(trimmed(part), band_count);
            if (!band) return band.error();
            bands.push_back(*band);
            if (bands.size() > 3) break;
        }
    }
    return bands;
}

/// What is drawn without an algorithm, which says itself how many bands it takes.
Result<void> check_shown_bands(const RasterWords& words, const std::vector<int>& bands) {
    if (bands.size() != 2 && bands.size() <= 3) return {};
    return bad_request("bands " + in_quotes(texts_of(words, bands_name).front()) +
                       " must be one band (grey or a colormap) or three (red, green, blue)");
}

Result<std::optional<AlgorithmCall>> algorithm_of(const RasterWords& words) {
    const auto name = only_text(words, algorithm_name);
    if (!name) return name.error();
    const auto parameters = only_text(words, algorithm_params_name);
    if (!parameters) return parameters.error();
    return asked_algorithm({name->value_or(""), parameters->value_or("")});
}

Result<Rescale> range_of(std::string_view text) {
    const auto parts = split(text);
    if (parts.size() == 2) {
        const auto low = parse_number(trimmed(parts[0]));
        const auto high = parse_number(trimmed(parts[1]));
        if (low && high) return Rescale{.low = *low, .high = *high};
    }
    return bad_request("rescale " + in_quotes(text) +
                       " is not two numbers low,high, for instance 0,3000");
}

Result<std::vector<Rescale>> rescale_of(const RasterWords& words) {
    std::vector<Rescale> ranges;
    for (const auto text : texts_of(words, rescale_name)) {
        if (text.empty()) continue;
        const auto range = range_of(text);
        if (!range) return range.error();
        ranges.push_back(*range);
    }
    return ranges;
}

Result<std::optional<double>> nodata_of(const RasterWords& words) {
    const auto text = only_text(words, nodata_name);
    if (!text) return text.error();
    if (!*text) return std::optional<double>();
    if (**text == "nan" || **text == "NaN" || **text == "NAN")
        return std::optional(std::numeric_limits<double>::quiet_NaN());
    const auto number = parse_number(**text);
    if (number) return std::optional(*number);
    return bad_request("nodata " + in_quotes(**text) + " is neither a number nor nan");
}

Result<std::optional<Resampling>> resampling_of(const RasterWords& words) {
    const auto text = only_text(words, resampling_name);
    if (!text) return text.error();
    if (!*text) return std::optional<Resampling>();
    const auto method = parse_resampling(**text);
    if (method) return method;
    return bad_request("resampling " + in_quotes(**text) +
                       " is not known; it is nearest, bilinear, cubic, average or mode");
}

Result<std::optional<ColourMap>> colours_of(const RasterWords& words) {
    const auto text = only_text(words, colormap_name);
    if (!text) return text.error();
    if (!*text) return std::optional<ColourMap>();
    auto map = parse_colour_map(**text);
    if (!map) return map.error();
    return std::optional(std::move(*map));
}

Result<std::optional<BandExpression>> expression_of(const RasterWords& words,
                                                    std::size_t band_count) {
    const auto text = only_text(words, expression_name);
    if (!text) return text.error();
    if (!*text) return std::optional<BandExpression>();
    auto expression = BandExpression::parse(**text, static_cast<int>(band_count));
    if (!expression) return expression.error();
    return std::optional(std::move(*expression));
}

/// Puts the value where it belongs, or keeps the first error.
template <typename Value>
void keep(Value& place, Result<Value> found, std::optional<Error>& error) {
    if (found)
        place = std::move(*found);
    else if (!error)
        error = found.error();
}

}  // namespace

Result<AskedStyle> asked_style(const RasterWords& words, std::size_t band_count) {
    AskedStyle asked;
    std::optional<Error> error;
    keep(asked.bands, bands_of(words, band_count), error);
    keep(asked.expression, expression_of(words, band_count), error);
    keep(asked.rescale, rescale_of(words), error);
    keep(asked.colours, colours_of(words), error);
    keep(asked.nodata, nodata_of(words), error);
    keep(asked.resampling, resampling_of(words), error);
    keep(asked.algorithm, algorithm_of(words), error);
    if (error) return *error;
    if (asked.expression && !asked.bands.empty())
        return bad_request(
            "bands and expression exclude each other; the expression names its own bands");
    if (asked.algorithm) return asked;
    if (const auto shown = check_shown_bands(words, asked.bands); !shown) return shown.error();
    return asked;
}

const std::vector<std::string_view>& raster_parameter_names() {
    static const std::vector<std::string_view> names{bands_name.name,
                                                     bands_name.synonym,
                                                     expression_name.name,
                                                     rescale_name.name,
                                                     colormap_name.name,
                                                     colormap_name.synonym,
                                                     nodata_name.name,
                                                     resampling_name.name,
                                                     algorithm_name.name,
                                                     algorithm_params_name.name};
    return names;
}

std::optional<std::string_view> RasterWords::find(std::string_view name,
                                                  std::string_view synonym) const {
    const auto found = std::find_if(words.begin(), words.end(), [&](const auto& word) {
        return word.first == name || (!synonym.empty() && word.first == synonym);
    });
    if (found == words.end()) return std::nullopt;
    return found->second;
}

}  // namespace relief::style
