#include "tiler/render/label_pixels.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>

namespace relief::render {
namespace {

/// Coverage of a line of text, sampled anywhere.
struct LineSheet {
    struct Place {
        double x;
        double y;
    };
    const text::Line& line;

    double at(Place place) const noexcept {
        const double left = std::floor(place.x - 0.5);
        const double top = std::floor(place.y - 0.5);
        const double u = place.x - 0.5 - left;
        const double v = place.y - 0.5 - top;
        const int column = static_cast<int>(left);
        const int row = static_cast<int>(top);
        const double upper = pixel(column, row) * (1 - u) + pixel(column + 1, row) * u;
        const double lower = pixel(column, row + 1) * (1 - u) + pixel(column + 1, row + 1) * u;
        return upper * (1 - v) + lower * v;
    }

private:
    double pixel(int column, int row) const noexcept {
        if (column < 0 || row < 0 || column >= line.size.width || row >= line.size.height) return 0;
        return line
            .coverage[static_cast<std::size_t>(row) * static_cast<std::size_t>(line.size.width) +
                      static_cast<std::size_t>(column)];
    }
};

std::uint8_t to_byte(double level) noexcept {
    return static_cast<std::uint8_t>(std::clamp(level + 0.5, 0.0, 255.0));
}

}  // namespace

LabelPixels draw_label(const text::Fonts& fonts, const std::string& words, LabelPose pose) {
    const double ratio = pose.ratio;
    // Drawn upright at twice the size, so that turning it keeps its edges.
    constexpr double finer = 2;
    const auto line = text::draw_line(fonts, words, label_em * ratio * finer);
    const LineSheet sheet{line};
    const double middle_x = line.size.width / 2.0;
    const double middle_y =
        line.baseline - 0.36 * label_em * ratio * finer;  // half a figure's height
    const double x = std::cos(pose.angle);
    const double y = std::sin(pose.angle);
    const auto letters_at = [&](double right, double down) {
        return sheet.at(
            {middle_x + (right * x + down * y) * finer, middle_y + (down * x - right * y) * finer});
    };
    const int reach = static_cast<int>(std::ceil(line.size.width / finer / 2 + label_em * ratio));
    LabelPixels label{.size = {2 * reach + 1, 2 * reach + 1},
                      .left = -reach,
                      .top = -reach,
                      .letters = {},
                      .rim = {}};
    const double rim = label_rim * ratio;
    for (int down = -reach; down <= reach; ++down) {
        for (int right = -reach; right <= reach; ++right) {
            if (std::abs(down * x - right * y) > 0.8 * label_em * ratio) {
                label.letters.push_back(0);
                label.rim.push_back(0);
                continue;
            }
            double around = 0;
            for (int turn = 0; turn < 8; ++turn) {
                const double side = turn * std::numbers::pi / 4;
                around = std::max(
                    around, letters_at(right + rim * std::cos(side), down + rim * std::sin(side)));
            }
            const double letters =
                (letters_at(right - 0.25, down - 0.25) + letters_at(right + 0.25, down - 0.25) +
                 letters_at(right - 0.25, down + 0.25) + letters_at(right + 0.25, down + 0.25)) /
                4;
            label.letters.push_back(to_byte(letters));
            label.rim.push_back(to_byte(std::max(around, letters)));
        }
    }
    return label;
}

}  // namespace relief::render
