#pragma once
// What holds for all features of a symbol layer.

#include "tiler/stylesheet/layer.hpp"

#include <cstdint>

namespace relief::symbology {

struct SymbolRules {
    enum class Along : std::uint8_t { point, line, line_middle };

    Along along = Along::point;
    float spacing = 250;  ///< style pixels
    float max_bend = 0;   ///< radians
    bool icon_turns_with_map = false;
    bool text_turns_with_map = false;
    bool icon_upright = false;
    bool text_upright = true;
    bool icon_overlaps = false;
    bool text_overlaps = false;
    bool icon_ignored = false;  ///< by others
    bool text_ignored = false;
    bool icon_optional = false;
    bool text_optional = false;
    bool by_height = false;  ///< what stands lower in the picture is drawn later

    /// Letters follow the line one by one.
    bool text_follows() const noexcept { return along != Along::point && text_turns_with_map; }
};

SymbolRules symbol_rules(const stylesheet::Layer& layer, const expression::Evaluation& with);

}  // namespace relief::symbology
