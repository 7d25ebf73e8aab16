#include "tiler/style/colour_map.hpp"
#include "tiler/style/words.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

namespace relief::style {
namespace {

using nlohmann::json;

constexpr std::size_t longest_colour_map = std::size_t{64} * 1024;
constexpr std::size_t most_classes = 255;  // one place of a 256 colour palette is "no class"
constexpr int deepest = 4;                 // {"ramp": [[0, [r, g, b]]]} needs four

constexpr std::string_view colour_forms =
    R"("#rrggbb", "#rrggbbaa", [r,g,b] or [r,g,b,a] with levels 0 to 255)";

Error refused(std::string_view part, std::string_view reason) {
    return bad_request("colormap: " + in_quotes(part) + " " + std::string(reason));
}

/// Brackets are counted before parsing, so that no parser, tree or destructor ever sees a deep one.
bool too_deep(std::string_view text) noexcept {
    int depth = 0;
    bool in_string = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char letter = text[i];
        if (in_string) {
            if (letter == '\\') ++i;
            in_string = letter != '"';
        } else if (letter == '"') {
            in_string = true;
        } else if (letter == '[' || letter == '{') {
            if (++depth > deepest) return true;
        } else if (letter == ']' || letter == '}') {
            --depth;
        }
    }
    return false;
}

/// The tree keeps only the last of the values that one key is given, so keys are watched.
Result<json> read_document(std::string_view text) {
    std::vector<std::set<std::string>> keys;
    std::optional<std::string> repeated;
    const auto watch = [&](int, json::parse_event_t event, json& parsed) {
        if (event == json::parse_event_t::object_start) keys.emplace_back();
        if (event == json::parse_event_t::object_end && !keys.empty()) keys.pop_back();
        if (event == json::parse_event_t::key && !keys.empty()) {
            const auto& key = parsed.get_ref<const std::string&>();
            if (!keys.back().insert(key).second && !repeated) repeated = key;
        }
        return true;
    };
    auto root = json::parse(text, watch, false);
    if (root.is_discarded()) return refused(text, "is not well-formed JSON");
    if (repeated) return refused(*repeated, "is named twice");
    return root;
}

std::optional<std::uint8_t> level_of(const json& value) {
    if (!value.is_number_integer()) return std::nullopt;
    if (value.is_number_unsigned()
            ? value.get<std::uint64_t>() > 255
            : value.get<std::int64_t>() < 0 || value.get<std::int64_t>() > 255)
        return std::nullopt;
    return value.get<std::uint8_t>();
}

std::optional<Colour> colour_of(const json& value) {
    if (value.is_string()) return parse_hex_colour(value.get_ref<const std::string&>());
    if (!value.is_array() || (value.size() != 3 && value.size() != 4)) return std::nullopt;
    std::array<std::uint8_t, 4> levels{0, 0, 0, 255};
    for (std::size_t i = 0; i < value.size(); ++i) {
        const auto level = level_of(value[i]);
        if (!level) return std::nullopt;
        levels[i] = *level;
    }
    return Colour{.red = levels[0], .green = levels[1], .blue = levels[2], .alpha = levels[3]};
}

Result<Colour> colour_for(std::string_view key, const json& value) {
    const auto colour = colour_of(value);
    if (colour) return *colour;
    return bad_request("colormap: " + in_quotes(json_text(value)) + " for " + in_quotes(key) +
                       " is not a colour; a colour is " + std::string(colour_forms));
}

/// "5", "0,10", "0-10", "-5--1".
std::optional<ColourClass> span_of(std::string_view key) {
    auto rest = trimmed(key);
    const auto low = take_number(rest);
    if (!low) return std::nullopt;
    rest = trimmed(rest);
    if (rest.empty()) return ColourClass{.low = *low, .high = *low, .colour = {}, .label = {}};
    if (rest.front() != ',' && rest.front() != '-') return std::nullopt;
    const auto high = parse_number(trimmed(rest.substr(1)));
    if (!high) return std::nullopt;
    return ColourClass{.low = *low, .high = *high, .colour = {}, .label = {}};
}

std::string name_of(const ColourClass& one) {
    if (one.low == one.high) return shortest(one.low);
    return shortest(one.low) + "," + shortest(one.high);
}

bool overlap(const ColourClass& one, const ColourClass& next) noexcept {
    return next.low < one.high || next.low == one.low;
}

Result<ColourMap> ordered(std::vector<ColourClass> classes) {
    if (classes.empty()) return bad_request("colormap holds no colours; name at least one value");
    if (classes.size() > most_classes) {
        return bad_request("colormap holds " + std::to_string(classes.size()) +
                           " classes; at most " + std::to_string(most_classes) + " are allowed");
    }
    std::stable_sort(classes.begin(), classes.end(), [](const auto& a, const auto& b) {
        return a.low != b.low ? a.low < b.low : a.high < b.high;
    });
    for (std::size_t i = 1; i < classes.size(); ++i) {
        if (overlap(classes[i - 1], classes[i])) {
            return refused(name_of(classes[i]), "overlaps " + in_quotes(name_of(classes[i - 1])));
        }
    }
    return ColourMap{ColourClasses{std::move(classes)}};
}

/// TiTiler's form of a ramp: every level from 0 to 255 has its colour.
bool is_every_level(const std::vector<ColourClass>& classes) {
    if (classes.size() != 256) return false;
    std::set<double> levels;
    for (const auto& one : classes) {
        const bool level = one.low == one.high && one.low >= 0 && one.low <= 255;
        if (!level || one.low != std::floor(one.low)) return false;
        levels.insert(one.low);
    }
    return levels.size() == 256;
}

ColourMap ramp_of_levels(const std::vector<ColourClass>& classes) {
    ColourRamp ramp{.name = {}, .colours = Palette(256)};
    for (const auto& one : classes) ramp.colours[static_cast<std::size_t>(one.low)] = one.colour;
    return ramp;
}

Result<ColourMap> classes_of_object(const json& object) {
    std::vector<ColourClass> classes;
    for (const auto& [key, value] : object.items()) {
        auto one = span_of(key);
        if (!one) return refused(key, R"(is neither a value like "5" nor a range like "0,10")");
        if (one->low > one->high)
            return refused(key, "is a range whose end is below its beginning");
        const auto colour = colour_for(key, value);
        if (!colour) return colour.error();
        one->colour = *colour;
        classes.push_back(std::move(*one));
    }
    if (is_every_level(classes)) return ramp_of_levels(classes);
    return ordered(std::move(classes));
}

bool is_pair(const json& value) {
    return value.is_array() && value.size() == 2;
}

Result<ColourMap> classes_of_array(const json& array) {
    std::vector<ColourClass> classes;
    for (const auto& entry : array) {
        const bool shaped = is_pair(entry) && is_pair(entry[0]) && entry[0][0].is_number() &&
                            entry[0][1].is_number();
        if (!shaped) return refused(json_text(entry), "is not [[low, high], colour]");
        const ColourClass one{.low = entry[0][0].get<double>(),
                              .high = entry[0][1].get<double>(),
                              .colour = {},
                              .label = {}};
        if (one.low > one.high)
            return refused(json_text(entry[0]), "is a range whose end is below its beginning");
        const auto colour = colour_for(json_text(entry[0]), entry[1]);
        if (!colour) return colour.error();
        classes.push_back(one);
        classes.back().colour = *colour;
    }
    return ordered(std::move(classes));
}

struct Stop {
    double position;
    Colour colour;
};

Result<std::vector<Stop>> stops_of(const json& array) {
    if (!array.is_array() || array.size() < 2 || array.size() > 256) {
        return refused("ramp", "must be 2 to 256 pairs [position, colour]");
    }
    std::vector<Stop> stops;
    for (const auto& entry : array) {
        if (!is_pair(entry) || !entry[0].is_number())
            return refused(json_text(entry), "is not [position, colour]");
        const auto position = entry[0].get<double>();
        if (!(position >= 0 && position <= 1))
            return refused(json_text(entry[0]), "is not a position; positions are 0 to 1");
        if (!stops.empty() && position <= stops.back().position)
            return refused(json_text(entry[0]), "is not above the position before it");
        const auto colour = colour_for(json_text(entry[0]), entry[1]);
        if (!colour) return colour.error();
        stops.push_back({position, *colour});
    }
    return stops;
}

Colour mixed(const Stop& left, const Stop& right, double position) {
    const double part = (position - left.position) / (right.position - left.position);
    const auto mix = [&](std::uint8_t a, std::uint8_t b) {
        return static_cast<std::uint8_t>(std::lround(a + (b - a) * part));
    };
    return {.red = mix(left.colour.red, right.colour.red),
            .green = mix(left.colour.green, right.colour.green),
            .blue = mix(left.colour.blue, right.colour.blue),
            .alpha = mix(left.colour.alpha, right.colour.alpha)};
}

Colour colour_at(const std::vector<Stop>& stops, double position) {
    if (position <= stops.front().position) return stops.front().colour;
    if (position >= stops.back().position) return stops.back().colour;
    const auto right =
        std::upper_bound(stops.begin(), stops.end(), position, [](double p, const Stop& s) {
            return p < s.position;
        });
    return mixed(*std::prev(right), *right, position);
}

Result<ColourMap> ramp_of(const json& array) {
    const auto stops = stops_of(array);
    if (!stops) return stops.error();
    ColourRamp ramp;
    for (int i = 0; i < 256; ++i) ramp.colours.push_back(colour_at(*stops, i / 255.0));
    return ColourMap{std::move(ramp)};
}

}  // namespace

Result<ColourMap> parse_colour_map(std::string_view text) {
    text = trimmed(text);
    if (text.empty()) return bad_request("colormap is empty; give a name or a JSON map");
    if (text.front() != '{' && text.front() != '[') {
        auto ramp = named_ramp(text);
        if (!ramp) return ramp.error();
        return ColourMap{std::move(*ramp)};
    }
    if (text.size() > longest_colour_map) {
        return bad_request("colormap " + in_quotes(text) + " is longer than " +
                           std::to_string(longest_colour_map) + " bytes");
    }
    if (too_deep(text)) return refused(text, "is nested too deeply");
    const auto document = read_document(text);
    if (!document) return document.error();
    if (document->is_array()) return classes_of_array(*document);
    if (document->size() == 1 && document->contains("ramp")) return ramp_of(document->at("ramp"));
    return classes_of_object(*document);
}

}  // namespace relief::style
