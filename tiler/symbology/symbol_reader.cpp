#include "tiler/symbology/symbol_reader.hpp"

#include <algorithm>
#include <cmath>

namespace relief::symbology {

SymbolReader::SymbolReader(const Brush& brush, const SymbolRules& rules)
    : values_(brush.layer), images_(brush.data.style_images()) {
    if (!values_.states("text-field")) return;
    if (auto* const fonts = brush.data.fonts()) texts_.emplace(brush, rules, *fonts);
}

std::shared_ptr<const SymbolLook> SymbolReader::read(const expression::Evaluation& with) const {
    auto look = std::make_shared<SymbolLook>();
    look->em = std::clamp(values_.number("text-size", with), 0.0F, 500.0F);
    look->icon = icon_of(with);
    if (texts_) look->texts = texts_->read(with);
    if (look->icon.image == nullptr && look->texts.empty()) return nullptr;
    if (look->icon.image != nullptr && !look->texts.empty())
        fit_icon(look->icon, look->texts.front(), with);
    if (values_.states("symbol-sort-key"))
        look->sort_key = number_in(values_.value("symbol-sort-key", with));
    return look;
}

IconLook SymbolReader::icon_of(const expression::Evaluation& with) const {
    IconLook icon;
    const std::string_view name = name_in(values_.value("icon-image", with));
    icon.image = name.empty() ? nullptr : images_.find(name);
    if (icon.image == nullptr) return icon;
    const auto ratio = static_cast<float>(icon.image->ratio);
    const PixelSize pixels = icon.image->pixels.size();
    const canvas::Point extent{static_cast<float>(pixels.width) / ratio,
                               static_cast<float>(pixels.height) / ratio};
    const Anchor anchor = anchor_named(name_in(values_.value("icon-anchor", with)));
    icon.size = std::max(values_.number("icon-size", with), 0.0F);
    icon.low = (values_.pair("icon-offset", with) -
                canvas::Point{extent.x * anchor.across, extent.y * anchor.down}) *
               icon.size;
    icon.high = icon.low + extent * icon.size;
    icon.turn = values_.number("icon-rotate", with) * radians_of_degree;
    icon.opacity = std::clamp(values_.number("icon-opacity", with), 0.0F, 1.0F);
    const auto padding = values_.value("icon-padding", with).numbers();
    if (!padding.empty()) icon.padding = static_cast<float>(std::clamp(padding[0], -1e3, 1e3));
    if (!icon.image->is_distances) return icon;
    icon.ink = values_.ink("icon-color", "icon-opacity", with);
    icon.halo_ink = values_.ink("icon-halo-color", "icon-opacity", with);
    icon.halo_width = values_.number("icon-halo-width", with);
    icon.halo_blur = values_.number("icon-halo-blur", with);
    return icon;
}

void SymbolReader::fit_icon(IconLook& icon,
                            const TextLook& text,
                            const expression::Evaluation& with) const {
    const std::string_view fit = name_in(values_.value("icon-text-fit", with));
    if (fit.empty() || fit == "none") return;
    const auto padding = numbers_in(values_.value("icon-text-fit-padding", with));
    const auto side = [&](std::size_t i) {
        return padding.size() == 4 ? static_cast<float>(padding[i]) : 0.0F;
    };
    const canvas::Point low = (text.label.low + text.offset) * text.size;
    const canvas::Point high = (text.label.high + text.offset) * text.size;
    const canvas::Point shift = values_.pair("icon-offset", with);
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
