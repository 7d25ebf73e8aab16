#pragma once
// From a layer and a feature to what its symbols look like.

#include "tiler/symbology/brush.hpp"
#include "tiler/symbology/symbol.hpp"
#include "tiler/symbology/symbol_rules.hpp"
#include "tiler/symbology/symbol_values.hpp"
#include "tiler/symbology/text_reader.hpp"

#include <memory>
#include <optional>

namespace relief::symbology {

class SymbolReader {
public:
    SymbolReader(const Brush& brush, const SymbolRules& rules);

    /// Null when the feature has neither icon nor text.
    std::shared_ptr<const SymbolLook> read(const expression::Evaluation& with) const;

private:
    IconLook icon_of(const expression::Evaluation& with) const;
    void fit_icon(IconLook& icon, const TextLook& text, const expression::Evaluation& with) const;

    SymbolValues values_;
    const StyleImages& images_;
    std::optional<TextReader> texts_;  ///< none: the layer has no text, or the machine no font
};

}  // namespace relief::symbology
