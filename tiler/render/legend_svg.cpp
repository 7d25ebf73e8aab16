#include "tiler/render/legend_colours.hpp"
#include "tiler/render/legend_layout.hpp"
#include "tiler/render/legend_picture.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <initializer_list>
#include <string_view>

namespace relief::render {
namespace {

/// Mean advance of a letter in Noto Sans, in em, rounded up: the reader's font is not known here.
constexpr double letter_width = 0.62;

double estimated_width(std::string_view utf8, int pixels) {
    const auto letters = std::count_if(utf8.begin(), utf8.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
    });
    return static_cast<double>(letters) * pixels * letter_width;
}

std::string number(double value) {
    std::array<char, 32> digits{};
    const auto end = std::to_chars(
        digits.data(), digits.data() + digits.size(), value, std::chars_format::general, 6);
    return {digits.data(), end.ptr};
}

std::string escaped(std::string_view text) {
    std::string xml;
    for (const char c : text) {
        switch (c) {
            case '&': xml += "&amp;"; break;
            case '<': xml += "&lt;"; break;
            case '>': xml += "&gt;"; break;
            case '"': xml += "&quot;"; break;
            case '\'': xml += "&#39;"; break;
            default: xml += c;
        }
    }
    return xml;
}

std::string opaque_hex(Colour colour) {
    colour.alpha = 255;
    return style::to_hex(colour);
}

struct Attribute {
    std::string_view name;
    std::string value;
};

std::string attributes(std::initializer_list<Attribute> list) {
    std::string text;
    for (const auto& [name, value] : list) {
        text += ' ';
        text += name;
        text += "=\"" + value + '"';
    }
    return text;
}

std::string rectangle(const Rectangle& place, const std::string& fill) {
    return "<rect" +
           attributes({{"x", std::to_string(place.left)},
                       {"y", std::to_string(place.top)},
                       {"width", std::to_string(place.width)},
                       {"height", std::to_string(place.height)}}) +
           fill + "/>\n";
}

std::string fill_of(Colour colour) {
    auto fill = attributes({{"fill", opaque_hex(colour)}});
    if (colour.alpha != 255) fill += attributes({{"fill-opacity", number(colour.alpha / 255.0)}});
    return fill;
}

class Drawing {
public:
    explicit Drawing(bool dark) : colours_(legend_colours(dark)) {}

    void add(const LegendLayout& layout) {
        body_ += rectangle(
            {.left = 0, .top = 0, .width = layout.size.width, .height = layout.size.height},
            fill_of(colours_.panel));
        if (layout.bar) add(*layout.bar);
        for (const auto& swatch : layout.swatches) add(swatch);
        for (const auto& writing : layout.writings) add(writing);
    }

    std::string text() const {
        return definitions_.empty() ? body_ : "<defs>\n" + definitions_ + "</defs>\n" + body_;
    }

private:
    void add(const Swatch& swatch) {
        const bool plain = swatch.sample == nullptr;
        frame(swatch.place, fill_of(swatch.colour), plain && swatch.colour.alpha != 255);
        if (plain) return;
        body_ += "<image" +
                 attributes({{"x", std::to_string(swatch.place.left)},
                             {"y", std::to_string(swatch.place.top)},
                             {"width", std::to_string(swatch.place.width)},
                             {"height", std::to_string(swatch.place.height)},
                             {"href", swatch.sample->address}}) +
                 "/>\n";
    }

    /// The outline lies around the place; a checker under what is translucent.
    void frame(const Rectangle& place, const std::string& fill, bool translucent) {
        const Rectangle around{.left = place.left - 1,
                               .top = place.top - 1,
                               .width = place.width + 2,
                               .height = place.height + 2};
        body_ += rectangle(around, fill_of(colours_.line));
        if (translucent) {
            define_checker();
            body_ += rectangle(place, fill_of(colours_.panel));
            body_ += rectangle(place, attributes({{"fill", "url(#checker)"}}));
        }
        body_ += rectangle(place, fill);
    }

    void define_checker() {
        if (has_checker_) return;
        has_checker_ = true;
        const auto square = [this](int left, int top) {
            return rectangle(
                {.left = left, .top = top, .width = checker_side, .height = checker_side},
                fill_of(colours_.checker));
        };
        const auto side = std::to_string(2 * checker_side);
        definitions_ += R"(<pattern id="checker" patternUnits="userSpaceOnUse")" +
                        attributes({{"width", side}, {"height", side}}) + ">\n" +
                        square(checker_side, 0) + square(0, checker_side) + "</pattern>\n";
    }

    void add(const Bar& bar) {
        definitions_ += "<linearGradient id=\"ramp\">\n";
        for (const auto& stop : bar.stops) {
            definitions_ += "<stop" + attributes({{"offset", number(stop.position)},
                                                  {"stop-color", opaque_hex(stop.colour)}});
            if (stop.colour.alpha != 255)
                definitions_ += attributes({{"stop-opacity", number(stop.colour.alpha / 255.0)}});
            definitions_ += "/>\n";
        }
        definitions_ += "</linearGradient>\n";
        const bool translucent = std::any_of(bar.stops.begin(), bar.stops.end(), [](auto& stop) {
            return stop.colour.alpha != 255;
        });
        frame(bar.place, attributes({{"fill", "url(#ramp)"}}), translucent);
        for (const int tick : bar.ticks)
            body_ += rectangle({.left = tick,
                                .top = bar.place.top + bar.place.height + 1,
                                .width = 1,
                                .height = tick_length},
                               fill_of(colours_.line));
    }

    void add(const Writing& writing) {
        // "start" and "end" follow the direction of the text.
        const bool leftwards = text::is_right_to_left(writing.text);
        const auto side = writing.anchor == Writing::Anchor::centre                 ? "middle"
                          : (writing.anchor == Writing::Anchor::right) == leftwards ? "start"
                                                                                    : "end";
        body_ += "<text" + attributes({{"x", std::to_string(writing.x)},
                                       {"y", std::to_string(writing.baseline)},
                                       {"font-size", std::to_string(writing.pixels)},
                                       {"text-anchor", side}});
        if (leftwards) body_ += " direction=\"rtl\"";
        body_ += fill_of(writing.muted ? colours_.muted : colours_.text) + ">" +
                 escaped(writing.text) + "</text>\n";
    }

    LegendColours colours_;
    std::string definitions_;
    std::string body_;
    bool has_checker_ = false;
};

}  // namespace

std::string legend_svg(const style::Legend& legend, const LegendLook& look) {
    const int scale = std::clamp(look.scale, 1, 4);
    const auto layout = lay_out(legend, {.width_of = estimated_width, .highest = 4096 / scale});
    const auto [width, height] = layout.size;
    Drawing drawing(look.dark);
    drawing.add(layout);

    const auto title = escaped(text::printable(legend.title));
    const auto box = "0 0 " + std::to_string(width) + ' ' + std::to_string(height);
    return "<svg xmlns=\"http://www.w3.org/2000/svg\"" +
           attributes({{"width", std::to_string(width * scale)},
                       {"height", std::to_string(height * scale)},
                       {"viewBox", box},
                       {"role", "img"},
                       {"font-family", "'Noto Sans', sans-serif"}}) +
           ">\n<title>" + title + "</title>\n" + drawing.text() + "</svg>\n";
}

}  // namespace relief::render
