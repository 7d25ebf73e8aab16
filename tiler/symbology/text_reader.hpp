#pragma once
// From a symbol layer and a feature to what its words look like.

#include "tiler/symbology/brush.hpp"
#include "tiler/symbology/symbol.hpp"
#include "tiler/symbology/symbol_rules.hpp"
#include "tiler/symbology/symbol_values.hpp"

#include <string_view>
#include <vector>

namespace relief::symbology {

/// All of it outlives this.
class TextReader {
public:
    TextReader(const Brush& brush, const SymbolRules& rules, text::OutlinedText& fonts)
        : values_(brush.layer), images_(brush.data.style_images()), fonts_(fonts), rules_(rules) {}

    /// The first that has room is to be shown. None where the feature has no words.
    std::vector<TextLook> read(const expression::Evaluation& with) const;

private:
    /// What a text says, part by part.
    struct Words {
        std::vector<LabelPart> parts;
        std::vector<TextPartLook> looks;
        bool may_be_column = false;
    };
    /// Where a text may stand. Units: ems, in the picture.
    struct Place {
        std::string_view anchor;
        canvas::Point offset;
    };

    Words words_of(const expression::Evaluation& with) const;
    void add_words(Words& words,
                   const expression::Section& section,
                   const expression::Evaluation& with) const;
    void add_picture(Words& words,
                     const expression::Section& section,
                     const expression::Evaluation& with) const;
    text::OutlinedText::Font font_of(const expression::Section& section,
                                     const expression::Evaluation& with) const;
    /// The most wanted first.
    std::vector<Place> places(const expression::Evaluation& with) const;
    canvas::Point offset_of(std::string_view anchor, const expression::Evaluation& with) const;
    TextLook text_of(const Words& words,
                     const Place& place,
                     bool column,
                     const expression::Evaluation& with) const;
    LabelForm form_of(std::string_view anchor, const expression::Evaluation& with) const;

    SymbolValues values_;
    const StyleImages& images_;
    text::OutlinedText& fonts_;
    SymbolRules rules_;
};

}  // namespace relief::symbology
