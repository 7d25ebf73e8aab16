#include "tiler/symbology/label.hpp"

#include "tiler/symbology/line_breaks.hpp"

#include <algorithm>
#include <cmath>

namespace relief::symbology {
namespace {

/// From the top of an em to the middle of its line, where letters of all sizes would stand level.
/// Source: MapLibre GL's shaping, "default offset" of 17 of 24.
constexpr float head_room = 17.0F / 24;

/// A line with what it is measured by. Units: ems.
struct SetLine {
    text::OutlinedLine line;  ///< its glyphs' parts are those of the label
    float scale = 1;          ///< of its largest words
    float above = 0;          ///< how much higher than that its highest picture is
};

void space_out(text::OutlinedLine& line, float letter_spacing) {
    // Between letters, not behind the last.
    float more = 0;
    for (text::OutlinedGlyph& glyph : line.glyphs) {
        glyph.at.x += more;
        more += letter_spacing;
    }
    if (!line.glyphs.empty()) line.advance += more - letter_spacing;
}

/// Sets lines of one label.
class LineSetter {
public:
    LineSetter(text::OutlinedText& fonts, std::span<const LabelPart> parts, const LabelForm& form)
        : fonts_(fonts), parts_(parts), form_(form) {}

    SetLine set(const std::vector<Word::Piece>& pieces) const {
        std::vector<text::TextPart> words;
        words.reserve(pieces.size());
        for (const Word::Piece& piece : pieces)
            words.push_back({piece.text, parts_[piece.part].font, parts_[piece.part].scale});
        SetLine set;
        const auto setting = form_.column ? text::Setting::column : text::Setting::letter_by_letter;
        set.line = fonts_.line(words, setting);
        for (text::OutlinedGlyph& glyph : set.line.glyphs) glyph.part = pieces[glyph.part].part;
        move_by_whole_steps(set.line);
        space_out(set.line, form_.letter_spacing);
        measure(set);
        return set;
    }
    float advance(const std::vector<Word::Piece>& pieces) const {
        return pieces.empty() ? 0 : set(pieces).line.advance + form_.letter_spacing;
    }

private:
    bool is_picture(const text::OutlinedGlyph& glyph) const {
        return parts_[glyph.part].picture.x > 0;
    }

    /// A browser's pen moves by whole 1/24 em (the size at which its glyphs are kept): so that
    /// labels break and stand alike there and here, ours does too. A picture is as wide as it is.
    /// Source: MapLibre GL's glyph format, "advance".
    void move_by_whole_steps(text::OutlinedLine& line) const {
        constexpr float steps = 24;
        constexpr float nearly = 1e-3F;
        float back = 0;
        for (text::OutlinedGlyph& glyph : line.glyphs) {
            const float scale = parts_[glyph.part].scale;
            glyph.at.x -= back;
            const float whole =
                is_picture(glyph)
                    ? parts_[glyph.part].picture.x
                    : std::floor(glyph.advance / scale * steps + nearly) / steps * scale;
            back += glyph.advance - whole;
            if (!glyph.upright) glyph.width = whole;
            glyph.advance = whole;
        }
        line.advance -= back;
    }

    void measure(SetLine& set) const {
        if (set.line.glyphs.empty()) return;
        set.scale = 0;
        float highest = 0;
        for (const text::OutlinedGlyph& glyph : set.line.glyphs) {
            if (is_picture(glyph))
                highest = std::max(highest, parts_[glyph.part].picture.y);
            else
                set.scale = std::max(set.scale, parts_[glyph.part].scale);
        }
        if (set.scale == 0) set.scale = 1;
        set.above = std::max(highest - set.scale, 0.0F);
    }

    text::OutlinedText& fonts_;
    std::span<const LabelPart> parts_;
    const LabelForm& form_;
};

/// Lines one below the other.
class Stack {
public:
    Stack(std::span<const LabelPart> parts, const LabelForm& form) : parts_(parts), form_(form) {}

    Label of(const std::vector<SetLine>& lines, Anchor anchor) const {
        float widest = 0;
        float height = 0;
        for (const SetLine& each : lines) {
            widest = std::max(widest, each.line.advance);
            height += height_of(each);
        }
        Label label;
        label.low = {-anchor.across * widest, -anchor.down * height};
        label.high = label.low + canvas::Point{widest, height};
        float top = label.low.y;
        for (const SetLine& each : lines) {
            const float left = label.low.x + (widest - each.line.advance) * form_.justify;
            add(label, each, {left, top});
            top += height_of(each);
        }
        return label;
    }

private:
    float height_of(const SetLine& line) const {
        return form_.line_height * line.scale + line.above;
    }

    void add(Label& label, const SetLine& line, canvas::Point corner) const {
        // Of the largest words of the line.
        const float middle = corner.y + line.above + form_.line_height * line.scale / 2;
        for (const text::OutlinedGlyph& glyph : line.line.glyphs) {
            const LabelPart& part = parts_[glyph.part];
            const bool is_picture = part.picture.x > 0;
            const float lower = (line.scale - part.scale) * (part.drop - head_room);
            const float drop = baseline_drop * part.scale;
            canvas::Point at{corner.x + glyph.at.x + glyph.advance / 2, middle + lower};
            // An upright glyph's baseline stands across the line, its middle on the line's.
            if (is_picture)
                at.y = middle + (1 - head_room) * line.scale;
            else if (glyph.upright)
                at = at + canvas::Point{drop, glyph.at.y};
            else
                at.y += drop + glyph.at.y;
            label.glyphs.push_back({is_picture ? nullptr : glyph.outline,
                                    at,
                                    is_picture ? part.picture.x : glyph.width,
                                    glyph.part,
                                    part.scale,
                                    glyph.upright});
        }
    }

    std::span<const LabelPart> parts_;
    const LabelForm& form_;
};

}  // namespace

Anchor anchor_named(std::string_view name) {
    const auto has = [&](std::string_view word) { return name.find(word) != std::string::npos; };
    return {has("left")    ? 0.0F
            : has("right") ? 1.0F
                           : 0.5F,
            has("top")      ? 0.0F
            : has("bottom") ? 1.0F
                            : 0.5F};
}

Label set_label(text::OutlinedText& fonts,
                std::span<const LabelPart> parts,
                const LabelForm& form,
                Anchor anchor) {
    std::vector<std::string_view> texts;
    texts.reserve(parts.size());
    for (const LabelPart& part : parts) texts.emplace_back(part.text);
    std::vector<Word> words = words_of(texts);
    const LineSetter setter(fonts, parts, form);
    for (Word& word : words) {
        word.width = setter.advance(word.pieces);
        if (word.space) word.space_width = setter.advance({{*word.space, " "}});
    }
    std::vector<SetLine> lines;
    std::size_t first = 0;
    for (const std::size_t end : line_ends(words, form.max_width)) {
        lines.push_back(setter.set(line_of(std::span(words).subspan(first, end - first))));
        first = end;
    }
    return Stack(parts, form).of(lines, anchor);
}

}  // namespace relief::symbology
