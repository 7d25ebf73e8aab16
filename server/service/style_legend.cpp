#include "server/service/style_legend.hpp"

#include "server/service/legend_classes.hpp"
#include "tiler/expression/css_color.hpp"
#include "tiler/expression/json_document.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <span>
#include <utility>

namespace relief::service {
namespace {

using stylesheet::Json;
using stylesheet::LayerType;

constexpr std::size_t most_entries = 200;
/// The zoom at which a legend shows what changes with the zoom.
constexpr double shown_zoom = 10;
/// Zooms within which a layer that begins may still be coming out.
constexpr double fading = 3;

/// A property that tells classes of features apart, and what colour it draws them in.
struct Telling {
    std::string_view property;
    std::string_view colour;
    std::string_view opacity;
};

constexpr std::array fill_telling{Telling{"fill-color", "fill-color", "fill-opacity"}};
constexpr std::array line_telling{Telling{"line-color", "line-color", "line-opacity"}};
constexpr std::array circle_telling{
    Telling{"circle-color", "circle-color", "circle-opacity"},
    Telling{"circle-stroke-color", "circle-stroke-color", "circle-stroke-opacity"}};
constexpr std::array symbol_telling{Telling{"icon-image", "icon-color", "icon-opacity"},
                                    Telling{"icon-color", "icon-color", "icon-opacity"},
                                    Telling{"text-color", "text-color", "text-opacity"}};

constexpr std::array heat_telling{Telling{"heatmap-color", "heatmap-color", "heatmap-opacity"}};

/// The first is asked first. Empty: layers of the type have no entries.
std::span<const Telling> telling_of(LayerType type) noexcept {
    switch (type) {
        case LayerType::fill: return fill_telling;
        case LayerType::line: return line_telling;
        case LayerType::circle: return circle_telling;
        case LayerType::symbol: return symbol_telling;
        case LayerType::heatmap: return heat_telling;
        default: return {};
    }
}

const char* shape_of(LayerType type) noexcept {
    switch (type) {
        case LayerType::fill:
        case LayerType::heatmap: return "area";
        case LayerType::line: return "line";
        case LayerType::symbol: return "symbol";
        default: return "point";
    }
}

Colour eight_bit(const expression::Rgba& colour, double opacity) {
    const auto part = [](double value) {
        return static_cast<std::uint8_t>(std::lround(std::clamp(value, 0.0, 1.0) * 255));
    };
    return {part(colour.red), part(colour.green), part(colour.blue), part(colour.alpha * opacity)};
}

const Json* metadata_of(const Json& layer, std::string_view member) {
    const Json* const metadata = stylesheet::find_member(layer, "metadata");
    const bool has = metadata != nullptr && metadata->is_object();
    return has ? stylesheet::find_member(*metadata, member) : nullptr;
}

class KnownIcons final : public expression::ImageNames {
public:
    explicit KnownIcons(const IconSizes& sizes) : sizes_(sizes) {}
    bool has(std::string_view name) const override { return sizes_.contains(name); }

private:
    const IconSizes& sizes_;
};

/// The entries of one layer of a style.
class LayerEntries {
public:
    LayerEntries(const stylesheet::Layer& layer, const Json& stated, const IconSizes& icons)
        : layer_(layer), stated_(stated), icons_(icons), known_(icons) {
        with_.zoom = std::min(std::max(shown_zoom, layer.minzoom + fading), layer.maxzoom);
        with_.images = &known_;
        with_.scratch = &scratch_;
    }

    void add_to(StyleLegend& legend, const std::string& name) const {
        if (!layer_.is_visible(with_)) return;
        for (const Telling& telling : telling_of(layer_.type)) {
            const Json* const value = stated(telling.property);
            if (value == nullptr) continue;
            const auto classes = legend_classes(*value);
            for (std::size_t i = 0; i < classes.size(); ++i)
                if (auto label = label_of(i, name + ": " + classes[i].label))
                    put(legend, std::move(*label), {telling, classes[i].value});
            if (!classes.empty()) return;
        }
        if (const Telling* const telling = alone()) put(legend, name, {*telling, {}});
    }

private:
    struct Look {
        Telling telling;
        std::optional<std::string> value;  ///< none: what the layer says
    };

    /// As the metadata say; nothing for a class that is to have no entry.
    std::optional<std::string> label_of(std::size_t number, std::string else_label) const {
        const Json* const names = metadata_of(stated_, "relief:legend-classes");
        if (names == nullptr || !names->is_array() || number >= names->size()) return else_label;
        const Json& label = (*names)[number];
        if (label == false) return std::nullopt;
        return label.is_string() ? label.get<std::string>() : else_label;
    }

    /// What a layer is drawn in that has no classes. Null: nothing is drawn.
    const Telling* alone() const {
        if (layer_.type == LayerType::heatmap) return nullptr;
        if (layer_.type != LayerType::symbol) return telling_of(layer_.type).data();
        if (stated("icon-image") != nullptr) return symbol_telling.data();
        return stated("text-field") != nullptr ? &symbol_telling.back() : nullptr;
    }

    const Json* stated(std::string_view property) const {
        for (const char* const part : {"paint", "layout"}) {
            const Json* const members = stylesheet::find_member(stated_, part);
            if (members == nullptr || !members->is_object()) continue;
            if (const Json* const value = stylesheet::find_member(*members, property)) return value;
        }
        return nullptr;
    }

    void put(StyleLegend& legend, std::string label, const Look& look) const {
        if (legend.legend.entries.size() >= most_entries) return;
        const auto colour = colour_of(look);
        if (!colour) return;
        style::LegendEntry entry;
        entry.label = std::move(label);
        entry.shape = shape_of(layer_.type);
        const auto opacity = layer_.value(look.telling.opacity, with_);
        entry.colour =
            eight_bit(*colour, opacity.is(expression::Kind::number) ? opacity.as_number() : 1);
        legend.legend.entries.push_back(std::move(entry));
        legend.samples.push_back(sample_of(look));
    }

    std::optional<expression::Rgba> colour_of(const Look& look) const {
        if (look.value && look.telling.property == look.telling.colour)
            return expression::parse_css_color(*look.value);
        return layer_.value(look.telling.colour, with_).as_color();
    }

    bool is_white(const Look& look) const {
        const auto colour = colour_of(look);
        return colour && std::min({colour->red, colour->green, colour->blue}) > 0.95;
    }

    Json sample_of(const Look& look) const {
        switch (layer_.type) {
            case LayerType::fill:
                return stated("fill-pattern") == nullptr ? Json() : painted(look, "fill-");
            case LayerType::line:
                return stated("line-dasharray") == nullptr ? Json() : painted(look, "line-");
            case LayerType::circle: {
                // A rim that tells the class, or a white disc: told by both together.
                if (look.telling.property == circle_telling.front().property && !is_white(look))
                    return {};
                Json sample = painted(look, "circle-");
                sample["paint"]["circle-radius"] = 6;
                return sample;
            }
            case LayerType::symbol: return symbol_sample(look);
            default: return {};
        }
    }

    /// The layer with its paint properties of that beginning, but where it draws aside.
    Json painted(const Look& look, const std::string& beginning) const {
        Json paint = Json::object();
        if (const Json* const all = stylesheet::find_member(stated_, "paint"))
            for (const auto& [name, value] : all->items())
                if (name.starts_with(beginning) && name.find("-translate") == std::string::npos)
                    paint[name] = value;
        paint.erase("line-offset");
        if (look.value && look.telling.property == look.telling.colour)
            paint[std::string(look.telling.property)] = *look.value;
        return {{"type", stated_.at("type")}, {"paint", std::move(paint)}};
    }

    Json symbol_sample(const Look& look) const {
        const std::string icon = look.value && look.telling.property == "icon-image"
                                     ? *look.value
                                     : std::string(layer_.value("icon-image", with_).as_text());
        Json layout{{"icon-allow-overlap", true}, {"text-allow-overlap", true}};
        if (const auto size = icons_.find(icon); size != icons_.end()) {
            layout["icon-image"] = icon;
            layout["icon-size"] = fitting(size->second);
        } else if (stated("text-field") != nullptr) {
            layout["text-field"] = "Aa";
            layout["text-size"] = 13;
            if (const Json* const font = stated("text-font")) layout["text-font"] = *font;
        } else {
            return {};
        }
        Json sample = painted(look, layout.contains("icon-image") ? "icon-" : "text-");
        sample["layout"] = std::move(layout);
        return sample;
    }

    static double fitting(PixelSize icon) {
        const PixelSize room = style::legend_sample_size;
        return std::min({1.0,
                         static_cast<double>(room.width) / std::max(icon.width, 1),
                         static_cast<double>(room.height) / std::max(icon.height, 1)});
    }

    const stylesheet::Layer& layer_;
    const Json& stated_;
    const IconSizes& icons_;
    KnownIcons known_;
    expression::Scratch scratch_;
    expression::Evaluation with_;
};

/// Nothing when the layer is to have no entry.
std::optional<std::string> name_of_layer(const Json& layer) {
    const Json* const legend = metadata_of(layer, "relief:legend");
    if (legend != nullptr && legend->is_string()) return legend->get<std::string>();
    if (legend != nullptr && *legend == false) return std::nullopt;
    return layer.value("id", std::string());
}

}  // namespace

IconSizes icon_sizes(std::string_view index) {
    IconSizes sizes;
    const auto json = expression::parse_json(index);
    if (!json || !json->is_object()) return sizes;
    for (const auto& [name, icon] : json->items())
        if (icon.is_object()) sizes[name] = {icon.value("width", 0), icon.value("height", 0)};
    return sizes;
}

StyleLegend legend_of_style(const VisibleStyle& style, std::string title, const IconSizes& icons) {
    StyleLegend legend{{std::move(title), style::Legend::Kind::symbols, {}, {}}, {}};
    const auto json = expression::parse_json(style.text);
    if (!json) return legend;  // it was read before: never
    const auto& layers = style.document->layers;
    // NOLINTNEXTLINE(modernize-loop-convert): clang 14 cannot read the views of libstdc++
    for (auto layer = layers.rbegin(); layer != layers.rend(); ++layer) {
        if (telling_of(layer->type).empty()) continue;
        const auto& written = (*json)["layers"];
        const auto stated = std::find_if(written.begin(), written.end(), [&](const Json& one) {
            return one.is_object() && one.value("id", std::string()) == layer->id;
        });
        if (stated == written.end()) continue;
        if (const auto name = name_of_layer(*stated))
            LayerEntries(*layer, *stated, icons).add_to(legend, *name);
    }
    return legend;
}

}  // namespace relief::service
