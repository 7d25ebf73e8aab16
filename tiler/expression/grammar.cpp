#include "tiler/expression/grammar.hpp"

#include <algorithm>
#include <array>

namespace relief::expression {

const Rule* find_rule(std::string_view name) {
    const std::array families{literal_rules(),
                              conversion_rules(),
                              decision_rules(),
                              comparison_rules(),
                              curve_rules(),
                              binding_rules(),
                              lookup_rules(),
                              search_rules(),
                              label_rules(),
                              place_rules(),
                              function_rules()};
    for (const auto family : families) {
        const auto found = std::find_if(
            family.begin(), family.end(), [&](const Rule& rule) { return rule.name == name; });
        if (found != family.end()) return &*found;
    }
    return nullptr;
}

}  // namespace relief::expression
