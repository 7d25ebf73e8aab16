#include "server/service/style_legend.hpp"

#include "tiler/expression/css_color.hpp"
#include "tiler/expression/json_document.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

namespace relief::service {
namespace {

using stylesheet::Json;
using stylesheet::LayerType;

constexpr std::size_t most_entries = 200;

const char* colour_property(LayerType type) noexcept {
    switch (type) {
        case LayerType::fill: return "fill-color";
        case LayerType::line: return "line-color";
        case LayerType::circle: return "circle-color";
        default: return nullptr;
    }
}

const char* opacity_property(LayerType type) noexcept {
    switch (type) {
        case LayerType::fill: return "fill-opacity";
        case LayerType::line: return "line-opacity";
        default: return "circle-opacity";
    }
}

const char* shape_of(LayerType type) noexcept {
    switch (type) {
        case LayerType::fill: return "area";
        case LayerType::line: return "line";
        default: return "point";
    }
}

std::string text_of(const Json& json) {
    if (json.is_string()) return json.get<std::string>();
    if (!json.is_array()) return json.dump();
    std::string text;
    for (const Json& one : json) text += (text.empty() ? "" : ", ") + text_of(one);
    return text;
}

Colour eight_bit(const expression::Rgba& colour, double opacity) {
    const auto part = [](double value) {
        return static_cast<std::uint8_t>(std::lround(std::clamp(value, 0.0, 1.0) * 255));
    };
    return {part(colour.red), part(colour.green), part(colour.blue), part(colour.alpha * opacity)};
}

/// The entries of one layer of a style.
class LayerEntries {
public:
    LayerEntries(const stylesheet::Layer& layer,
                 std::string name,
                 std::vector<style::LegendEntry>& to)
        : layer_(layer), name_(std::move(name)), entries_(to) {}

    void add(const Json& colour) {
        const bool listed = colour.is_array() && !colour.empty() && colour[0].is_string();
        const std::string word = listed ? colour[0].get<std::string>() : std::string();
        if (word == "match" && colour.size() > 4) return add_match(colour);
        if (word == "step" && colour.size() > 4) return add_step(colour);
        if (word == "interpolate" && colour.size() > 4 && colour[2] != Json{"zoom"})
            return add_interpolate(colour);
        add_without_feature();
    }

private:
    void add_match(const Json& colour) {
        for (std::size_t i = 2; i + 1 < colour.size(); i += 2)
            put(text_of(colour[i]), colour[i + 1]);
        put("other", colour.back());
    }

    void add_step(const Json& colour) {
        put("below " + text_of(colour[3]), colour[2]);
        for (std::size_t i = 3; i + 1 < colour.size(); i += 2) {
            const bool last = i + 2 >= colour.size();
            put(last ? "from " + text_of(colour[i])
                     : text_of(colour[i]) + " to " + text_of(colour[i + 2]),
                colour[i + 1]);
        }
    }

    void add_interpolate(const Json& colour) {
        for (std::size_t i = 3; i + 1 < colour.size(); i += 2)
            put(text_of(colour[i]), colour[i + 1]);
    }

    void add_without_feature() {
        expression::Scratch scratch;
        expression::Evaluation with;
        with.zoom = std::clamp(10.0, layer_.minzoom, layer_.maxzoom);
        with.scratch = &scratch;
        const auto value = layer_.value(colour_property(layer_.type), with);
        put_colour(name_, value.as_color());
    }

    /// Branches that are expressions themselves are passed over.
    void put(const std::string& label, const Json& colour) {
        if (!colour.is_string()) return;
        const auto read = expression::parse_css_color(colour.get<std::string>());
        if (read) put_colour(name_ + ": " + label, *read);
    }

    void put_colour(std::string label, const expression::Rgba& colour) {
        if (entries_.size() >= most_entries) return;
        expression::Scratch scratch;
        expression::Evaluation with;
        with.zoom = std::clamp(10.0, layer_.minzoom, layer_.maxzoom);
        with.scratch = &scratch;
        const auto opacity = layer_.value(opacity_property(layer_.type), with);
        style::LegendEntry entry;
        entry.label = std::move(label);
        entry.shape = shape_of(layer_.type);
        entry.colour =
            eight_bit(colour, opacity.is(expression::Kind::number) ? opacity.as_number() : 1);
        entries_.push_back(std::move(entry));
    }

    const stylesheet::Layer& layer_;
    std::string name_;
    std::vector<style::LegendEntry>& entries_;
};

/// Nothing when the layer is to have no entry.
std::optional<std::string> name_of_layer(const Json& layer) {
    const Json* const metadata = stylesheet::find_member(layer, "metadata");
    if (metadata != nullptr && metadata->is_object()) {
        const Json* const legend = stylesheet::find_member(*metadata, "relief:legend");
        if (legend != nullptr && legend->is_string()) return legend->get<std::string>();
        if (legend != nullptr && legend->is_boolean() && !legend->get<bool>()) return std::nullopt;
    }
    return layer.value("id", std::string());
}

Json stated_colour(const Json& layer, const char* property) {
    const Json* const paint = stylesheet::find_member(layer, "paint");
    const Json* const colour = paint != nullptr && paint->is_object()
                                   ? stylesheet::find_member(*paint, property)
                                   : nullptr;
    return colour != nullptr ? *colour : Json();
}

}  // namespace

style::Legend legend_of_style(const VisibleStyle& style, std::string title) {
    style::Legend legend{std::move(title), style::Legend::Kind::symbols, {}, {}};
    const auto json = expression::parse_json(style.text);
    if (!json) return legend;  // it was read before: never
    const auto& layers = style.document->layers;
    // NOLINTNEXTLINE(modernize-loop-convert): clang 14 cannot read the views of libstdc++
    for (auto layer = layers.rbegin(); layer != layers.rend(); ++layer) {
        const char* const property = colour_property(layer->type);
        if (property == nullptr) continue;
        const auto& written = (*json)["layers"];
        const auto stated = std::find_if(written.begin(), written.end(), [&](const Json& one) {
            return one.is_object() && one.value("id", std::string()) == layer->id;
        });
        if (stated == written.end()) continue;
        auto name = name_of_layer(*stated);
        if (!name) continue;
        LayerEntries(*layer, std::move(*name), legend.entries)
            .add(stated_colour(*stated, property));
    }
    return legend;
}

}  // namespace relief::service
