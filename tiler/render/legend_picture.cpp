#include "tiler/render/legend_picture.hpp"

#include "tiler/render/legend_colours.hpp"
#include "tiler/render/legend_layout.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace relief::render {
namespace {

std::uint8_t mixed(std::uint8_t below, std::uint8_t above, int alpha) noexcept {
    return static_cast<std::uint8_t>((below * (255 - alpha) + above * alpha + 127) / 255);
}

Colour over(Colour below, Colour above, int alpha) noexcept {
    return {.red = mixed(below.red, above.red, alpha),
            .green = mixed(below.green, above.green, alpha),
            .blue = mixed(below.blue, above.blue, alpha)};
}

/// Between two stops the colour runs straight, as in an SVG gradient.
Colour colour_at(const Bar& bar, double position) {
    const auto right = std::find_if(bar.stops.begin(), bar.stops.end(), [&](const auto& stop) {
        return stop.position >= position;
    });
    if (right == bar.stops.begin()) return right->colour;
    if (right == bar.stops.end()) return bar.stops.back().colour;
    const auto& left = *std::prev(right);
    const double part = (position - left.position) / (right->position - left.position);
    const auto between = [part](std::uint8_t a, std::uint8_t b) {
        return static_cast<std::uint8_t>(std::lround(a + part * (b - a)));
    };
    return {.red = between(left.colour.red, right->colour.red),
            .green = between(left.colour.green, right->colour.green),
            .blue = between(left.colour.blue, right->colour.blue),
            .alpha = between(left.colour.alpha, right->colour.alpha)};
}

/// An opaque picture that is drawn on in CSS pixels.
class Sheet {
public:
    Sheet(PixelSize size, const LegendLook& look)
        : scale_(look.scale), colours_(legend_colours(look.dark)) {
        size_ = {size.width * scale_, size.height * scale_};
        values_.resize(4 * static_cast<std::size_t>(size_.width) *
                       static_cast<std::size_t>(size_.height));
        fill({.left = 0, .top = 0, .width = size.width, .height = size.height}, colours_.panel);
    }

    void draw(const Swatch& swatch) {
        outline(swatch.place);
        const PixelPlace corner{.column = swatch.place.left * scale_,
                                .row = swatch.place.top * scale_};
        each_pixel(swatch.place, [&](PixelPlace at) {
            if (swatch.sample == nullptr) return put_over_checker(at, swatch.colour);
            put(at, sampled(*swatch.sample, {at.column - corner.column, at.row - corner.row}));
        });
    }

    void draw(const Bar& bar) {
        outline(bar.place);
        const int left = bar.place.left * scale_;
        const double last = bar.place.width * scale_ - 1;
        each_pixel(bar.place, [&](PixelPlace at) {
            put_over_checker(at, colour_at(bar, (at.column - left) / last));
        });
        for (const int tick : bar.ticks)
            fill({.left = tick,
                  .top = bar.place.top + bar.place.height + 1,
                  .width = 1,
                  .height = tick_length},
                 colours_.line);
    }

    void draw(const Writing& writing, const text::Line& line) {
        const auto colour = writing.muted ? colours_.muted : colours_.text;
        const int shift = writing.anchor == Writing::Anchor::left    ? 0
                          : writing.anchor == Writing::Anchor::right ? line.size.width
                                                                     : line.size.width / 2;
        const int left = writing.x * scale_ - shift;
        const int top = writing.baseline * scale_ - line.baseline;
        auto coverage = line.coverage.begin();
        for (int y = 0; y < line.size.height; ++y) {
            for (int x = 0; x < line.size.width; ++x) {
                const PixelPlace at{.column = left + x, .row = top + y};
                if (const int alpha = *coverage++; alpha != 0 && inside(at))
                    put(at, over(get(at), colour, alpha));
            }
        }
    }

    Picture picture() && {
        return {.size = size_, .pixels = RgbaPixels{std::move(values_), true}, .empty = false};
    }

private:
    /// In pixels of the picture.
    struct PixelPlace {
        int column = 0;
        int row = 0;
    };

    template <typename Draw>
    void each_pixel(const Rectangle& place, Draw draw) {
        const auto end = [this](int start, int length) { return (start + length) * scale_; };
        for (int row = place.top * scale_; row < end(place.top, place.height); ++row)
            for (int column = place.left * scale_; column < end(place.left, place.width); ++column)
                draw(PixelPlace{.column = column, .row = row});
    }

    void fill(const Rectangle& place, Colour colour) {
        each_pixel(place, [&](PixelPlace at) { put(at, colour); });
    }

    /// Around the place, so that a swatch has its own colour up to its edge.
    void outline(const Rectangle& place) {
        fill({.left = place.left - 1,
              .top = place.top - 1,
              .width = place.width + 2,
              .height = place.height + 2},
             colours_.line);
    }

    void put_over_checker(PixelPlace at, Colour colour) {
        const int side = checker_side * scale_;
        const bool odd = (at.column / side + at.row / side) % 2 != 0;
        put(at, over(odd ? colours_.checker : colours_.panel, colour, colour.alpha));
    }

    /// The mean of the sample's pixels under one of the sheet's, counted from the sample's corner.
    Colour sampled(const style::LegendSample& sample, PixelPlace at) const {
        const auto& bytes = std::get<RgbaPixels>(sample.picture.pixels).values;
        const auto first = [this](int place) {
            return place * style::legend_sample_ratio / scale_;
        };
        const auto end = [&](int place) { return std::max(first(place + 1), first(place) + 1); };
        std::array<int, 3> sums{};
        int count = 0;
        for (int row = first(at.row); row < end(at.row); ++row)
            for (int column = first(at.column); column < end(at.column); ++column, ++count)
                for (std::size_t i = 0; i < sums.size(); ++i)
                    sums.at(i) += bytes[4 * static_cast<std::size_t>(
                                                row * sample.picture.size.width + column) +
                                        i];
        const auto mean = [count](int sum) { return static_cast<std::uint8_t>(sum / count); };
        return {.red = mean(sums[0]), .green = mean(sums[1]), .blue = mean(sums[2])};
    }

    bool inside(PixelPlace at) const noexcept {
        return at.column >= 0 && at.row >= 0 && at.column < size_.width && at.row < size_.height;
    }
    std::size_t index(PixelPlace at) const noexcept {
        return 4 * (static_cast<std::size_t>(at.row) * static_cast<std::size_t>(size_.width) +
                    static_cast<std::size_t>(at.column));
    }
    Colour get(PixelPlace at) const {
        const auto i = index(at);
        return {.red = values_[i], .green = values_[i + 1], .blue = values_[i + 2]};
    }
    void put(PixelPlace at, Colour colour) {
        const auto i = index(at);
        values_[i] = colour.red;
        values_[i + 1] = colour.green;
        values_[i + 2] = colour.blue;
        values_[i + 3] = 255;
    }

    int scale_;
    LegendColours colours_;
    PixelSize size_;
    std::vector<std::uint8_t> values_;
};

}  // namespace

Picture draw_legend(const style::Legend& legend, const LegendLook& look, const text::Fonts& fonts) {
    const LegendLook bounded{.scale = std::clamp(look.scale, 1, 4), .dark = look.dark};
    const int scale = bounded.scale;
    const auto line_of = [&fonts, scale](std::string_view text, int pixels) {
        return text::draw_line(fonts, text, pixels * scale);
    };
    const auto layout = lay_out(
        legend,
        {.width_of = [&](std::string_view text,
                         int pixels) { return double(line_of(text, pixels).size.width) / scale; },
         .highest = 4096 / scale});

    Sheet sheet(layout.size, bounded);
    if (layout.bar) sheet.draw(*layout.bar);
    for (const auto& swatch : layout.swatches) sheet.draw(swatch);
    for (const auto& writing : layout.writings)
        sheet.draw(writing, line_of(writing.text, writing.pixels));
    return std::move(sheet).picture();
}

}  // namespace relief::render
