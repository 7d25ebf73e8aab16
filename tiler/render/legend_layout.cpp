#include "tiler/render/legend_layout.hpp"

#include "tiler/text/text.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace relief::render {
namespace {

constexpr int padding = 12;
constexpr int title_pixels = 15;
constexpr int label_pixels = 12;
constexpr int tick_pixels = 11;
constexpr int row_height = 22;  // Burmese and Vietnamese stack marks: 12 px letters take 20
constexpr int least_width = 160;
constexpr int greatest_width = 480;
constexpr PixelSize swatch_size{24, 14};
constexpr int swatch_gap = 8;
constexpr PixelSize bar_size{280, 16};
constexpr int label_gap = 8;

using Anchor = Writing::Anchor;

/// The first code points of well-formed UTF-8.
std::string_view first_of(std::string_view utf8, std::size_t count) {
    const auto begins = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; };
    std::size_t seen = 0;
    for (std::size_t i = 0; i < utf8.size(); ++i)
        if (begins(utf8[i]) && seen++ == count) return utf8.substr(0, i);
    return utf8;
}

class Layouter {
public:
    Layouter(const style::Legend& legend, const LayoutRules& rules)
        : legend_(legend), rules_(rules), mirrored_(text::is_right_to_left(legend.title)) {}

    LegendLayout run() {
        heading();
        if (legend_.kind == style::Legend::Kind::ramp && has_span())
            bar();
        else
            rows();
        layout_.size = {width_ + 2 * padding, top_ + padding};
        if (mirrored_) mirror();
        return std::move(layout_);
    }

private:
    /// The text, or as much of it as has room before an ellipsis.
    std::string fitted(const std::string& raw, int pixels) const {
        auto text = text::printable(raw);
        if (width(text, pixels) <= greatest_width) return text;
        const auto cut = [&](std::size_t count) {
            return std::string(first_of(text, count)) + "…";
        };
        std::size_t fits = 0;
        for (auto too_many = text.size(); too_many - fits > 1;) {
            const auto middle = (fits + too_many) / 2;
            (width(cut(middle), pixels) <= greatest_width ? fits : too_many) = middle;
        }
        return cut(fits);
    }
    int width(const std::string& text, int pixels) const {
        return static_cast<int>(std::ceil(rules_.width_of(text, pixels)));
    }
    void write(Writing writing) {
        const int end = writing.x + width(writing.text, writing.pixels) - padding;
        if (writing.anchor == Anchor::left) width_ = std::max(width_, end);
        layout_.writings.push_back(std::move(writing));
    }

    void heading() {
        if (!legend_.title.empty()) {
            write({.text = fitted(legend_.title, title_pixels),
                   .pixels = title_pixels,
                   .x = padding,
                   .baseline = top_ + title_pixels});
            top_ += title_pixels + 8;
        }
        if (!legend_.unit.empty()) {
            write({.text = fitted(legend_.unit, label_pixels),
                   .x = padding,
                   .baseline = top_ + label_pixels,
                   .muted = true});
            top_ += label_pixels + 8;
        }
    }

    double value(std::size_t entry) const { return legend_.entries[entry].value.value_or(0); }

    bool has_span() const {
        if (legend_.entries.size() < 2) return false;
        const double span = value(legend_.entries.size() - 1) - value(0);
        return std::isfinite(span) && span != 0;
    }

    void bar() {
        width_ = std::max(width_, bar_size.width);
        Bar bar;
        bar.place = {
            .left = padding, .top = top_, .width = bar_size.width, .height = bar_size.height};
        const double low = value(0);
        const double span = value(legend_.entries.size() - 1) - low;
        for (std::size_t i = 0; i < legend_.entries.size(); ++i) {
            const double position = std::clamp((value(i) - low) / span, 0.0, 1.0);
            bar.stops.push_back({.position = position, .colour = legend_.entries[i].colour});
            bar.ticks.push_back(padding +
                                static_cast<int>(std::lround(position * (bar_size.width - 1))));
        }
        top_ += bar_size.height + tick_length + 4;
        tick_labels(bar);
        top_ += tick_pixels + 2;
        layout_.bar = std::move(bar);
    }

    /// Both ends first; those between only where they stand clear of their neighbours.
    void tick_labels(const Bar& bar) {
        const auto last = legend_.entries.size() - 1;
        const int right = bar.place.left + bar.place.width;
        const auto put = [&](std::string text, int x, Anchor anchor) {
            write({.text = std::move(text),
                   .pixels = tick_pixels,
                   .x = x,
                   .baseline = top_ + tick_pixels - 1,
                   .anchor = anchor});
        };
        auto low = fitted(legend_.entries.front().label, tick_pixels);
        auto high = fitted(legend_.entries.back().label, tick_pixels);
        int taken = bar.place.left + width(low, tick_pixels);
        const int end = right - width(high, tick_pixels);
        put(std::move(low), bar.place.left, Anchor::left);
        for (std::size_t i = 1; i < last; ++i) {
            auto label = fitted(legend_.entries[i].label, tick_pixels);
            const int half = (width(label, tick_pixels) + 1) / 2;
            if (bar.ticks[i] - half < taken + label_gap) continue;
            if (bar.ticks[i] + half > end - label_gap) continue;
            taken = bar.ticks[i] + half;
            put(std::move(label), bar.ticks[i], Anchor::centre);
        }
        put(std::move(high), right, Anchor::right);
    }

    void rows() {
        width_ = std::max(width_, least_width);
        const auto count = legend_.entries.size();
        const auto room =
            static_cast<std::size_t>(std::max((rules_.highest - top_ - padding) / row_height, 2));
        const auto drawn = count <= room ? count : room - 1;
        for (std::size_t i = 0; i < drawn; ++i) row(legend_.entries[i]);
        if (drawn == count) return;
        write({.text = "… and " + std::to_string(count - drawn) + " more",
               .x = padding,
               .baseline = top_ + 15,
               .muted = true});
        top_ += row_height;
    }

    void row(const style::LegendEntry& entry) {
        const PixelSize size = entry.sample ? style::legend_sample_size : swatch_size;
        layout_.swatches.push_back({.place = {.left = padding,
                                              .top = top_ + (row_height - size.height) / 2,
                                              .width = size.width,
                                              .height = size.height},
                                    .colour = entry.colour,
                                    .sample = entry.sample});
        write({.text = fitted(entry.label, label_pixels),
               .x = padding + swatch_size.width + swatch_gap,
               .baseline = top_ + 15});
        top_ += row_height;
    }

    /// Texts and swatches change sides; a bar does not, since its numbers still grow rightwards.
    void mirror() {
        const int all = layout_.size.width;
        for (auto& swatch : layout_.swatches)
            swatch.place.left = all - swatch.place.left - swatch.place.width;
        for (auto& writing : layout_.writings) {
            if (writing.pixels == tick_pixels) continue;
            writing.x = all - writing.x;
            writing.anchor = Anchor::right;
        }
        if (!layout_.bar) return;
        const int shift = all - padding - bar_size.width - layout_.bar->place.left;
        layout_.bar->place.left += shift;
        for (auto& tick : layout_.bar->ticks) tick += shift;
        for (auto& writing : layout_.writings)
            if (writing.pixels == tick_pixels) writing.x += shift;
    }

    const style::Legend& legend_;
    const LayoutRules& rules_;
    bool mirrored_;
    LegendLayout layout_;
    int top_ = padding;
    int width_ = 0;  ///< of what lies between the paddings
};

}  // namespace

LegendLayout lay_out(const style::Legend& legend, const LayoutRules& rules) {
    return Layouter(legend, rules).run();
}

}  // namespace relief::render
