#include "tiler/symbology/symbol_reader.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

namespace relief::symbology {
namespace {

constexpr float radians_of_degree = std::numbers::pi_v<float> / 180;

/// "always" and "never" stand above the older flag.
bool overlaps(const stylesheet::Layer& layer,
              const std::string& part,
              const expression::Evaluation& with) {
    const std::string_view word = name_in(layer.value(part + "-overlap", with));
    if (!word.empty()) return word == "always";
    return truth_in(layer.value(part + "-allow-overlap", with));
}

bool turns_with_map(std::string_view alignment, SymbolRules::Along along) {
    if (alignment == "auto") return along != SymbolRules::Along::point;
    return alignment == "map";
}

std::string words_in(const expression::Value& value) {
    std::string words;
    for (const expression::Section& section : value.sections()) words += section.text;
    if (value.is(expression::Kind::string)) words = value.as_text();
    return words;
}

float justify_of(std::string_view word, Anchor anchor) {
    if (word == "auto") return anchor.across;
    return word == "left" ? 0.0F : word == "right" ? 1.0F : 0.5F;
}

}  // namespace

SymbolRules symbol_rules(const stylesheet::Layer& layer, const expression::Evaluation& with) {
    const auto word = [&](std::string_view name) { return name_in(layer.value(name, with)); };
    const auto truth = [&](std::string_view name) { return truth_in(layer.value(name, with)); };
    SymbolRules rules;
    const std::string_view along = word("symbol-placement");
    if (along == "line") rules.along = SymbolRules::Along::line;
    if (along == "line-center") rules.along = SymbolRules::Along::line_middle;
    rules.spacing = static_cast<float>(number_in(layer.value("symbol-spacing", with)));
    rules.max_bend =
        static_cast<float>(number_in(layer.value("text-max-angle", with))) * radians_of_degree;
    rules.icon_turns_with_map = turns_with_map(word("icon-rotation-alignment"), rules.along);
    rules.text_turns_with_map = turns_with_map(word("text-rotation-alignment"), rules.along);
    rules.icon_upright = truth("icon-keep-upright");
    rules.text_upright = truth("text-keep-upright");
    rules.icon_overlaps = overlaps(layer, "icon", with);
    rules.text_overlaps = overlaps(layer, "text", with);
    rules.icon_ignored = truth("icon-ignore-placement");
    rules.text_ignored = truth("text-ignore-placement");
    rules.icon_optional = truth("icon-optional");
    rules.text_optional = truth("text-optional");
    const std::string_view order = word("symbol-z-order");
    const bool any_overlap =
        rules.icon_overlaps || rules.text_overlaps || rules.icon_ignored || rules.text_ignored;
    rules.by_height =
        any_overlap && (order == "viewport-y" ||
                        (order == "auto" && layer.property("symbol-sort-key") == nullptr));
    return rules;
}

SymbolReader::SymbolReader(const Brush& brush, const SymbolRules& rules)
    : brush_(brush),
      rules_(rules),
      fonts_(brush.layer.property("text-field") == nullptr ? nullptr : brush.data.fonts()) {}

float SymbolReader::number(std::string_view name, const expression::Evaluation& with) const {
    const double number = number_in(value(name, with));
    return std::isfinite(number) ? static_cast<float>(std::clamp(number, -1e4, 1e4)) : 0;
}

canvas::Point SymbolReader::pair(std::string_view name, const expression::Evaluation& with) const {
    const auto numbers = numbers_in(value(name, with));
    if (numbers.size() != 2 || !std::isfinite(numbers[0] + numbers[1])) return {};
    return {static_cast<float>(std::clamp(numbers[0], -1e4, 1e4)),
            static_cast<float>(std::clamp(numbers[1], -1e4, 1e4))};
}

canvas::Ink SymbolReader::ink(std::string_view color,
                              std::string_view opacity,
                              const expression::Evaluation& with) const {
    return ink_of(value(color, with).as_color(), number_in(value(opacity, with)));
}

std::shared_ptr<const SymbolLook> SymbolReader::read(const expression::Evaluation& with) const {
    auto look = std::make_shared<SymbolLook>();
    look->em = std::clamp(number("text-size", with), 0.0F, 500.0F);
    look->icon = icon_of(with);
    if (fonts_ != nullptr) add_texts(*look, with);
    if (look->icon.image == nullptr && look->texts.empty()) return nullptr;
    if (look->icon.image != nullptr && !look->texts.empty())
        fit_icon(look->icon, look->texts.front(), with);
    if (brush_.layer.property("symbol-sort-key") != nullptr)
        look->sort_key = number_in(value("symbol-sort-key", with));
    return look;
}

IconLook SymbolReader::icon_of(const expression::Evaluation& with) const {
    IconLook icon;
    const std::string_view name = name_in(value("icon-image", with));
    icon.image = name.empty() ? nullptr : brush_.data.style_images().find(name);
    if (icon.image == nullptr) return icon;
    const auto ratio = static_cast<float>(icon.image->ratio);
    const PixelSize pixels = icon.image->pixels.size();
    const canvas::Point extent{static_cast<float>(pixels.width) / ratio,
                               static_cast<float>(pixels.height) / ratio};
    const Anchor anchor = anchor_named(name_in(value("icon-anchor", with)));
    icon.size = std::max(number("icon-size", with), 0.0F);
    icon.low = (pair("icon-offset", with) -
                canvas::Point{extent.x * anchor.across, extent.y * anchor.down}) *
               icon.size;
    icon.high = icon.low + extent * icon.size;
    icon.turn = number("icon-rotate", with) * radians_of_degree;
    icon.opacity = std::clamp(number("icon-opacity", with), 0.0F, 1.0F);
    const auto padding = value("icon-padding", with).numbers();
    if (!padding.empty()) icon.padding = static_cast<float>(std::clamp(padding[0], -1e3, 1e3));
    if (!icon.image->is_distances) return icon;
    icon.ink = ink("icon-color", "icon-opacity", with);
    icon.halo_ink = ink("icon-halo-color", "icon-opacity", with);
    icon.halo_width = number("icon-halo-width", with);
    icon.halo_blur = number("icon-halo-blur", with);
    return icon;
}

void SymbolReader::add_texts(SymbolLook& look, const expression::Evaluation& with) const {
    std::string words = words_in(value("text-field", with));
    if (words.empty()) return;
    const std::string_view transform = name_in(value("text-transform", with));
    if (transform == "uppercase") words = text::in_upper_case(words);
    if (transform == "lowercase") words = text::in_lower_case(words);
    const expression::Value anchors = value("text-variable-anchor", with);
    if (!anchors.items().empty() && rules_.along == SymbolRules::Along::point) {
        for (const expression::Value& anchor : anchors.items())
            look.texts.push_back(text_of(words, anchor.as_text(), with));
    } else {
        look.texts.push_back(text_of(words, name_in(value("text-anchor", with)), with));
    }
    std::erase_if(look.texts,
                  [](const TextLook& text) { return text.label.empty() || !(text.size > 0); });
}

TextLook SymbolReader::text_of(const std::string& words,
                               std::string_view anchor,
                               const expression::Evaluation& with) const {
    TextLook text;
    LabelForm form;
    form.max_width = rules_.along == SymbolRules::Along::point ? number("text-max-width", with) : 0;
    form.line_height = number("text-line-height", with);
    form.letter_spacing = number("text-letter-spacing", with);
    form.justify = justify_of(name_in(value("text-justify", with)), anchor_named(anchor));
    for (const expression::Value& name : value("text-font", with).items())
        if (!form.font) form.font = fonts_->font_named(std::string(name.as_text()));
    text.label = set_label(*fonts_, words, form, anchor_named(anchor));
    text.size = std::clamp(number("text-size", with), 0.0F, 500.0F);
    text.offset = offset_of(anchor, with);
    text.turn = number("text-rotate", with) * radians_of_degree;
    text.padding = number("text-padding", with);
    text.ink = ink("text-color", "text-opacity", with);
    text.halo_ink = ink("text-halo-color", "text-opacity", with);
    text.halo_width = number("text-halo-width", with);
    text.halo_blur = number("text-halo-blur", with);
    return text;
}

canvas::Point SymbolReader::offset_of(std::string_view anchor,
                                      const expression::Evaluation& with) const {
    const float radial = number("text-radial-offset", with);
    if (radial == 0) return pair("text-offset", with);
    // Away from the anchor's own side: as far along both axes as the radius reaches.
    const Anchor shares = anchor_named(anchor);
    canvas::Point way{1 - 2 * shares.across, 1 - 2 * shares.down};
    const float length = std::hypot(way.x, way.y);
    return length > 0 ? way * (radial / length) : canvas::Point{};
}

void SymbolReader::fit_icon(IconLook& icon,
                            const TextLook& text,
                            const expression::Evaluation& with) const {
    const std::string_view fit = name_in(value("icon-text-fit", with));
    if (fit.empty() || fit == "none") return;
    const auto padding = numbers_in(value("icon-text-fit-padding", with));
    const auto side = [&](std::size_t i) {
        return padding.size() == 4 ? static_cast<float>(padding[i]) : 0.0F;
    };
    const canvas::Point low = (text.label.low + text.offset) * text.size;
    const canvas::Point high = (text.label.high + text.offset) * text.size;
    const canvas::Point shift = pair("icon-offset", with);
    // Along an axis that is not fitted the icon stays as long, around the text's middle.
    const canvas::Point extent = icon.high - icon.low;
    icon.low = (low + high - extent) * 0.5F + shift;
    icon.high = icon.low + extent;
    if (fit != "height") {
        icon.low.x = low.x - side(3) + shift.x;
        icon.high.x = high.x + side(1) + shift.x;
    }
    if (fit != "width") {
        icon.low.y = low.y - side(0) + shift.y;
        icon.high.y = high.y + side(2) + shift.y;
    }
}

}  // namespace relief::symbology
