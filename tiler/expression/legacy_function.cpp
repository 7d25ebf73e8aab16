#include "tiler/expression/legacy_function.hpp"

#include <nlohmann/json.hpp>

#include <map>
#include <utility>
#include <vector>

namespace relief::expression {
namespace {

using nlohmann::json;

enum class FunctionType : std::uint8_t { exponential, interval, categorical, identity };

using StopList = std::vector<std::pair<json, json>>;

struct FunctionParts {
    const json& function;
    const PropertySpec& spec;
    FunctionType type;
};

json get_property(const json& function) {
    return {"get", function["property"]};
}

json constant_expression(const json& value) {
    if (value.is_array() || value.is_object() || value.is_null()) return {"literal", value};
    return value;
}

Result<FunctionType> type_of_function(const json& function, const PropertySpec& spec) {
    const auto stated = function.find("type");
    if (stated == function.end()) {
        if (!function.contains("stops")) return FunctionType::identity;
        return spec.interpolated ? FunctionType::exponential : FunctionType::interval;
    }
    if (*stated == "exponential") return FunctionType::exponential;
    if (*stated == "interval") return FunctionType::interval;
    if (*stated == "categorical") return FunctionType::categorical;
    if (*stated == "identity") return FunctionType::identity;
    return bad_request("function type " + stated->dump().substr(0, 100) +
                       "; known are identity, exponential, interval, categorical");
}

std::string interpolation_of(const json& function) {
    const auto space = function.find("colorSpace");
    if (space != function.end() && *space == "hcl") return "interpolate-hcl";
    if (space != function.end() && *space == "lab") return "interpolate-lab";
    return "interpolate";
}

json easing_of(const json& function) {
    const auto base = function.find("base");
    if (base == function.end() || *base == 1) return json::array({"linear"});
    return {"exponential", *base};
}

/// Of stops with the same input only the first counts: expressions allow no second.
void add_stop(json& curve, const json& input, const json& output) {
    if (curve.size() > 3 && curve[curve.size() - 2] == input) return;
    // The output below the first stop stands alone in a step.
    if (!(curve[0] == "step" && curve.size() == 2)) curve.push_back(input);
    curve.push_back(output);
}

/// A step needs a stop: one that changes nothing, when there is none.
void complete_step(json& curve) {
    if (curve[0] != "step" || curve.size() != 3) return;
    curve.push_back(0);
    curve.push_back(curve[2]);
}

json curve_over(const json& input, const FunctionParts& parts, const StopList& stops) {
    json curve =
        parts.type == FunctionType::interval
            ? json::array({"step", input})
            : json::array({interpolation_of(parts.function), easing_of(parts.function), input});
    for (const auto& [at, output] : stops) add_stop(curve, at, output);
    complete_step(curve);
    return curve;
}

/// What holds for a feature without the property, or with a value that has no stop.
Result<json> fallback_of(const FunctionParts& parts) {
    if (parts.function.contains("default")) return constant_expression(parts.function["default"]);
    if (parts.spec.has_default()) return constant_expression(*parts.spec.default_value);
    if (parts.spec.form == PropertySpec::Form::image) return json("");
    return bad_request(
        "a categorical function for a property without default needs a \"default\" of its own");
}

Result<json> categorical(const FunctionParts& parts, const StopList& stops) {
    const auto fallback = fallback_of(parts);
    if (!fallback) return fallback.error();
    const json get = get_property(parts.function);
    const bool of_truth = stops.front().first.is_boolean();
    json choice = of_truth ? json::array({"case"}) : json::array({"match", get});
    for (const auto& [at, output] : stops) {
        if (of_truth) {
            choice.push_back({"==", get, at});
            choice.push_back(output);
        } else {
            add_stop(choice, at, output);
        }
    }
    choice.push_back(*fallback);
    return choice;
}

Result<json> of_property(const FunctionParts& parts, const StopList& stops) {
    if (parts.type == FunctionType::categorical) return categorical(parts, stops);
    const json get = get_property(parts.function);
    json curve = curve_over({"number", get}, parts, stops);
    if (!parts.function.contains("default")) return curve;
    return json{"case",
                {"==", {"typeof", get}, "number"},
                std::move(curve),
                constant_expression(parts.function["default"])};
}

/// Stops {"zoom", "value"}: a function of the property at each zoom, and a curve over those.
Result<json> of_zoom_and_property(const FunctionParts& parts, const StopList& stops) {
    std::map<double, StopList> zooms;
    for (const auto& [at, output] : stops) {
        if (!at.is_object() || !at.contains("value") || !at.contains("zoom") ||
            !at["zoom"].is_number())
            return bad_request("either all stops have a zoom and a value, or none has");
        zooms[at["zoom"].get<double>()].emplace_back(at["value"], output);
    }
    const json zoom_input = json::array({"zoom"});
    json curve =
        parts.spec.interpolated
            ? json::array({interpolation_of(parts.function), json::array({"linear"}), zoom_input})
            : json::array({"step", zoom_input});
    for (const auto& [zoom, at_zoom] : zooms) {
        const auto output = of_property(parts, at_zoom);
        if (!output) return output.error();
        add_stop(curve, zoom, *output);
    }
    complete_step(curve);
    return curve;
}

json identity_with_default(const json& function, const PropertySpec& spec) {
    const json get = get_property(function);
    const json fallback = constant_expression(function["default"]);
    if (spec.form == PropertySpec::Form::enumeration)
        return {"match", get, spec.values, get, fallback};
    if (spec.form == PropertySpec::Form::color) return {"to-color", get, fallback};
    if (spec.form != PropertySpec::Form::array)
        return {std::string(name_of(spec.form)), get, fallback};
    const json length = spec.length ? json(*spec.length) : json(nullptr);
    return {"array", std::string(name_of(spec.item)), length, get, fallback};
}

json identity(const json& function, const PropertySpec& spec) {
    if (function.contains("default")) return identity_with_default(function, spec);
    const json get = get_property(function);
    // Not turned into a text, as an expression would be: the function takes texts only.
    return spec.form == PropertySpec::Form::string ? json{"string", get} : get;
}

Result<StopList> stops_of(const json& function, bool with_tokens) {
    const auto stops = function.find("stops");
    if (stops == function.end() || !stops->is_array() || stops->empty())
        return bad_request("a function needs \"stops\": a list of at least one [input, output]");
    StopList list;
    for (const json& stop : *stops) {
        if (!stop.is_array() || stop.size() != 2)
            return bad_request("each stop is [input, output], not " + stop.dump().substr(0, 100));
        const bool tokens = with_tokens && stop[1].is_string();
        list.emplace_back(
            stop[0],
            tokens ? converted_tokens(stop[1].get<std::string>()) : constant_expression(stop[1]));
    }
    return list;
}

}  // namespace

json converted_tokens(const std::string& text) {
    json parts = json::array({"concat"});
    std::size_t begin = 0;
    while (true) {
        const std::size_t open = text.find('{', begin);
        const std::size_t close = open == std::string::npos ? open : text.find('}', open);
        if (close == std::string::npos) break;
        // Of several opening braces the last is the one that is closed.
        const std::size_t last = text.rfind('{', close);
        if (last > begin) parts.push_back(text.substr(begin, last - begin));
        if (close > last + 1)
            parts.push_back({"get", text.substr(last + 1, close - last - 1)});
        else
            parts.push_back("{}");
        begin = close + 1;
    }
    if (parts.size() == 1) return text;
    if (begin < text.size()) parts.push_back(text.substr(begin));
    if (parts.size() == 2) return {"to-string", parts[1]};
    return parts;
}

Result<json> converted_function(const json& function, const PropertySpec& spec) {
    const auto type = type_of_function(function, spec);
    if (!type) return type.error();
    const bool has_property = function.contains("property");
    if (has_property && !function["property"].is_string())
        return bad_request("\"property\" of a function is the name of a property");
    if (*type == FunctionType::identity) {
        if (!has_property) return bad_request("an identity function needs a \"property\"");
        return identity(function, spec);
    }
    const auto stops = stops_of(function, spec.tokens && !has_property);
    if (!stops) return stops.error();
    const FunctionParts parts{function, spec, *type};
    if (stops->front().first.is_object()) {
        if (!has_property) return bad_request("stops with a value need a \"property\"");
        return of_zoom_and_property(parts, *stops);
    }
    if (has_property) return of_property(parts, *stops);
    if (*type == FunctionType::categorical)
        return bad_request("a categorical function needs a \"property\"");
    return curve_over(json::array({"zoom"}), parts, *stops);
}

}  // namespace relief::expression
