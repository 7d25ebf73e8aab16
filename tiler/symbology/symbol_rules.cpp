#include "tiler/symbology/symbol_rules.hpp"

#include "tiler/symbology/setting.hpp"
#include "tiler/symbology/symbol_values.hpp"

#include <string>
#include <string_view>

namespace relief::symbology {
namespace {

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

}  // namespace relief::symbology
