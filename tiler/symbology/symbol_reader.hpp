#pragma once
// From a layer and a feature to what its symbols look like.

#include "tiler/symbology/brush.hpp"
#include "tiler/symbology/setting.hpp"
#include "tiler/symbology/symbol.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace relief::symbology {

/// What holds for all features of a symbol layer.
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

class SymbolReader {
public:
    SymbolReader(const Brush& brush, const SymbolRules& rules);

    /// Null when the feature has neither icon nor text.
    std::shared_ptr<const SymbolLook> read(const expression::Evaluation& with) const;

private:
    expression::Value value(std::string_view name, const expression::Evaluation& with) const {
        return brush_.layer.value(name, with);
    }
    float number(std::string_view name, const expression::Evaluation& with) const;
    canvas::Point pair(std::string_view name, const expression::Evaluation& with) const;
    canvas::Ink ink(std::string_view color,
                    std::string_view opacity,
                    const expression::Evaluation& with) const;
    IconLook icon_of(const expression::Evaluation& with) const;
    void add_texts(SymbolLook& look, const expression::Evaluation& with) const;
    TextLook text_of(const std::string& words,
                     std::string_view anchor,
                     const expression::Evaluation& with) const;
    canvas::Point offset_of(std::string_view anchor, const expression::Evaluation& with) const;
    void fit_icon(IconLook& icon, const TextLook& text, const expression::Evaluation& with) const;

    const Brush& brush_;
    SymbolRules rules_;
    text::OutlinedText* fonts_;
};

}  // namespace relief::symbology
