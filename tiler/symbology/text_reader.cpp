#include "tiler/symbology/text_reader.hpp"

#include "tiler/symbology/line_breaks.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <utility>

namespace relief::symbology {
namespace {

float justify_of(std::string_view word, Anchor anchor) {
    if (word == "auto") return anchor.across;
    return word == "left" ? 0.0F : word == "right" ? 1.0F : 0.5F;
}

/// Shares of the room above smaller words; they stand on the baseline where nothing is said.
float drop_of(std::string_view align) {
    return align == "top" ? 0.0F : align == "center" ? 0.5F : 1.0F;
}

/// Away from the point on the anchor's own side: to the right of a text anchored by its left.
canvas::Point way_of(Anchor anchor) {
    return {1 - 2 * anchor.across, 1 - 2 * anchor.down};
}

/// What stands above or below its point stands nearer by what a line has above and below its
/// letters. Source: MapLibre GL JS, "baselineOffset", 7 of 24.
canvas::Point without_leading(canvas::Point offset, Anchor anchor) {
    constexpr float leading = 7.0F / 24;
    offset.y -= way_of(anchor).y * leading;
    return offset;
}

/// Of a label that a quarter of a turn will make a column: as it lies before that.
canvas::Point before_the_turn(canvas::Point way) {
    return {way.y, -way.x};
}
Anchor before_the_turn(Anchor anchor) {
    return {anchor.down, 1 - anchor.across};
}

/// Rows and columns in the order wanted.
std::vector<bool> columns_wanted(const expression::Value& modes, bool may_be_column) {
    std::vector<bool> wanted;
    for (const expression::Value& mode : modes.items()) {
        const bool column = mode.as_text() == "vertical";
        if (may_be_column || !column) wanted.push_back(column);
    }
    if (wanted.empty()) wanted.push_back(false);
    return wanted;
}

std::string transformed(std::string_view text, const expression::Value& transform) {
    const std::string_view how = name_in(transform);
    if (how == "uppercase") return text::in_upper_case(text);
    if (how == "lowercase") return text::in_lower_case(text);
    return std::string(text);
}

}  // namespace

std::vector<TextLook> TextReader::read(const expression::Evaluation& with) const {
    std::vector<TextLook> texts;
    const Words words = words_of(with);
    if (words.parts.empty()) return texts;
    const bool at_point = rules_.along == SymbolRules::Along::point;
    const auto columns =
        columns_wanted(values_.value("text-writing-mode", with), at_point && words.may_be_column);
    for (const bool column : columns)
        for (const Place& place : places(with))
            texts.push_back(text_of(words, place, column, with));
    std::erase_if(texts,
                  [](const TextLook& text) { return text.label.empty() || !(text.size > 0); });
    return texts;
}

TextReader::Words TextReader::words_of(const expression::Evaluation& with) const {
    Words words;
    const expression::Value field = values_.value("text-field", with);
    if (field.is(expression::Kind::string)) {
        expression::Section whole{};
        whole.text = field.as_text();
        add_words(words, whole, with);
    }
    for (const expression::Section& section : field.sections()) {
        if (section.image.is(expression::Kind::image))
            add_picture(words, section, with);
        else
            add_words(words, section, with);
    }
    return words;
}

void TextReader::add_words(Words& words,
                           const expression::Section& section,
                           const expression::Evaluation& with) const {
    LabelPart part;
    part.text = transformed(section.text, values_.value("text-transform", with));
    if (section.scale.is(expression::Kind::number))
        part.scale = static_cast<float>(std::clamp(section.scale.as_number(), 0.0, 100.0));
    if (part.text.empty() || !(part.scale > 0)) return;
    part.font = font_of(section, with);
    part.drop = drop_of(name_in(section.vertical_align));
    TextPartLook look;
    look.ink =
        section.color.is(expression::Kind::color)
            ? ink_of(section.color.as_color(), number_in(values_.value("text-opacity", with)))
            : values_.ink("text-color", "text-opacity", with);
    words.may_be_column = words.may_be_column || text::may_stand_in_a_column(part.text);
    words.parts.push_back(std::move(part));
    words.looks.push_back(look);
}

void TextReader::add_picture(Words& words,
                             const expression::Section& section,
                             const expression::Evaluation& with) const {
    const StyleImage* const image = images_.find(name_in(section.image));
    const float size = values_.number("text-size", with);
    if (image == nullptr || !(size > 0)) return;
    const auto ratio = static_cast<float>(image->ratio);
    const PixelSize pixels = image->pixels.size();
    TextPartLook look;
    look.picture.image = image;
    look.picture.high = {static_cast<float>(pixels.width) / ratio,
                         static_cast<float>(pixels.height) / ratio};
    look.picture.opacity = std::clamp(values_.number("text-opacity", with), 0.0F, 1.0F);
    look.picture.ink = values_.ink("text-color", "text-opacity", with);
    LabelPart part;
    part.text = picture_character;
    part.picture = look.picture.high * (1 / size);
    words.parts.push_back(std::move(part));
    words.looks.push_back(look);
}

text::OutlinedText::Font TextReader::font_of(const expression::Section& section,
                                             const expression::Evaluation& with) const {
    if (section.font_stack.is(expression::Kind::string)) {
        std::string_view rest = section.font_stack.as_text();
        while (!rest.empty()) {
            const std::string_view name = rest.substr(0, rest.find(','));
            if (const auto font = fonts_.font_named(std::string(name))) return font;
            rest.remove_prefix(std::min(name.size() + 1, rest.size()));
        }
    }
    const expression::Value stack = values_.value("text-font", with);
    for (const expression::Value& name : stack.items())
        if (const auto font = fonts_.font_named(std::string(name.as_text()))) return font;
    return std::nullopt;
}

std::vector<TextReader::Place> TextReader::places(const expression::Evaluation& with) const {
    std::vector<Place> places;
    if (rules_.along == SymbolRules::Along::point) {
        const expression::Value offsets = values_.value("text-variable-anchor-offset", with);
        for (const expression::AnchorOffset& stated : offsets.offsets())
            places.push_back({stated.anchor,
                              without_leading({static_cast<float>(std::clamp(stated.x, -1e4, 1e4)),
                                               static_cast<float>(std::clamp(stated.y, -1e4, 1e4))},
                                              anchor_named(stated.anchor))});
        if (!places.empty()) return places;
        const expression::Value anchors = values_.value("text-variable-anchor", with);
        for (const expression::Value& anchor : anchors.items()) {
            const std::string_view name = anchor.as_text();
            canvas::Point offset = offset_of(name, with);
            if (values_.number("text-radial-offset", with) == 0) {
                const canvas::Point way = way_of(anchor_named(name));
                offset = without_leading({std::abs(offset.x) * way.x, std::abs(offset.y) * way.y},
                                         anchor_named(name));
            }
            places.push_back({name, offset});
        }
        if (!places.empty()) return places;
    }
    const std::string_view anchor = name_in(values_.value("text-anchor", with));
    places.push_back({anchor, offset_of(anchor, with)});
    return places;
}

canvas::Point TextReader::offset_of(std::string_view anchor,
                                    const expression::Evaluation& with) const {
    const float radial = std::max(values_.number("text-radial-offset", with), 0.0F);
    if (radial == 0) return values_.pair("text-offset", with);
    // As far along both axes as the radius reaches.
    const canvas::Point way = way_of(anchor_named(anchor));
    const float length = std::hypot(way.x, way.y);
    if (!(length > 0)) return {};
    return without_leading(way * (radial / length), anchor_named(anchor));
}

LabelForm TextReader::form_of(std::string_view anchor, const expression::Evaluation& with) const {
    LabelForm form;
    form.max_width =
        rules_.along == SymbolRules::Along::point ? values_.number("text-max-width", with) : 0;
    form.line_height = values_.number("text-line-height", with);
    form.letter_spacing = values_.number("text-letter-spacing", with);
    form.justify = justify_of(name_in(values_.value("text-justify", with)), anchor_named(anchor));
    return form;
}

TextLook TextReader::text_of(const Words& words,
                             const Place& place,
                             bool column,
                             const expression::Evaluation& with) const {
    TextLook text;
    LabelForm form = form_of(place.anchor, with);
    form.column = column;
    Anchor anchor = anchor_named(place.anchor);
    if (column) {
        anchor = before_the_turn(anchor);
        form.justify = 0;  // columns begin at one height
    }
    text.label = set_label(fonts_, words.parts, form, anchor);
    if (words.may_be_column && rules_.text_follows()) {
        form.column = true;
        text.column = set_label(fonts_, words.parts, form, anchor);
    }
    text.parts = words.looks;
    text.size = std::clamp(values_.number("text-size", with), 0.0F, 500.0F);
    text.offset = column ? before_the_turn(place.offset) : place.offset;
    text.turn = values_.number("text-rotate", with) * radians_of_degree +
                (column ? 90 * radians_of_degree : 0);
    text.padding = values_.number("text-padding", with);
    text.halo_ink = values_.ink("text-halo-color", "text-opacity", with);
    text.halo_width = values_.number("text-halo-width", with);
    text.halo_blur = values_.number("text-halo-blur", with);
    return text;
}

}  // namespace relief::symbology
