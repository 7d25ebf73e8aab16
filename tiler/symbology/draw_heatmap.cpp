#include "tiler/canvas/quad_image.hpp"
#include "tiler/symbology/draw_layers.hpp"
#include "tiler/symbology/setting.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace relief::symbology {
namespace {

/// Sums are kept for squares of this many pixels: a heat is smooth, and costs a sixteenth so.
constexpr int coarseness = 4;
/// 1 / √(2π): the height of the normal distribution.
constexpr double peak = 0.3989422804014327;
/// What does not show, however many points add up to it.
constexpr double least = 1.0 / 255 / 16;

/// The heat of points, coarse.
class HeatPlane {
public:
    explicit HeatPlane(PixelSize picture)
        : size_{(picture.width + coarseness - 1) / coarseness,
                (picture.height + coarseness - 1) / coarseness},
          sums_(static_cast<std::size_t>(size_.width) * static_cast<std::size_t>(size_.height)) {}

    PixelSize size() const noexcept { return size_; }
    float sum(std::size_t number) const noexcept { return sums_[number]; }

    /// A bell of three standard deviations to the radius. Units: pixels of the picture.
    void add(canvas::Point at, double radius, double weight) {
        const double share = least / (weight * peak);
        if (!(weight > 0) || !(radius > 0) || !(share < 1)) return;
        const double deviation = radius / 3 / coarseness;
        const Spread spread{deviation, std::sqrt(-2 * std::log(share)) * deviation};
        const Bell across = bell(at.x / coarseness, spread, size_.width);
        const Bell down = bell(at.y / coarseness, spread, size_.height);
        fill(across, across_);
        fill(down, down_);
        const auto height = static_cast<float>(weight * peak);
        for (std::size_t y = 0; y < down_.size(); ++y) {
            float* const row =
                sums_.data() +
                (static_cast<std::size_t>(down.from) + y) * static_cast<std::size_t>(size_.width) +
                across.from;
            const float by = down_[y] * height;
            for (std::size_t x = 0; x < across_.size(); ++x) row[x] += across_[x] * by;
        }
    }

private:
    /// How wide a bell is. Units: squares.
    struct Spread {
        double deviation;
        double reach;  ///< beyond it nothing shows
    };

    /// Where a bell lies along one axis.
    struct Bell {
        double middle;
        double deviation;
        int from;
        int to;
    };

    static Bell bell(float middle, const Spread& spread, int count) noexcept {
        const auto end = static_cast<double>(count);
        const auto at = static_cast<double>(middle);
        return {at,
                spread.deviation,
                static_cast<int>(std::clamp(std::floor(at - spread.reach), 0.0, end)),
                static_cast<int>(std::clamp(std::ceil(at + spread.reach), 0.0, end))};
    }

    static void fill(const Bell& bell, std::vector<float>& values) {
        values.clear();
        for (int i = bell.from; i < bell.to; ++i) {
            const double way = (i + 0.5 - bell.middle) / bell.deviation;
            values.push_back(static_cast<float>(std::exp(-0.5 * way * way)));
        }
    }

    PixelSize size_;
    std::vector<float> sums_;
    std::vector<float> across_;
    std::vector<float> down_;
};

class HeatPainter {
public:
    explicit HeatPainter(const Brush& brush)
        : brush_(brush),
          radius_(brush.layer, "heatmap-radius", number_in, brush.evaluation),
          weight_(brush.layer, "heatmap-weight", number_in, brush.evaluation),
          intensity_(number_in(brush.layer.value("heatmap-intensity", brush.evaluation))),
          plane_(brush.surface.size()) {}

    double margin() const {
        // Where features differ, as far as most bells reach; one reaches further than its radius.
        constexpr double usual = 64;
        return std::min(radius_.fixed().value_or(usual), 1000.0) * 1.5 * brush_.frame.view().ratio;
    }

    void draw(const FeaturePiece& piece) {
        const auto placement = brush_.frame.placement_of(piece.square, tile_extent);
        const double ratio = brush_.frame.view().ratio;
        PieceFeatures features(brush_, piece, "");
        features.each([&](const TileFeature& feature, const expression::Evaluation& with) {
            if (feature.kind != GeometryKind::point) return;
            const double radius = std::clamp(radius_.of(with), 0.0, 1e4) * ratio;
            const double weight = weight_.of(with) * intensity_;
            each_own_point(*piece.features, feature, [&](canvas::Point at) {
                plane_.add(placement(at), radius, weight);
            });
        });
    }

    void finish() const {
        const double opacity = number_in(brush_.layer.value("heatmap-opacity", brush_.evaluation));
        const auto ramp = ramp_of(opacity);
        canvas::Surface heat(plane_.size());
        std::uint8_t* pixel = heat.row(0);
        const auto count = static_cast<std::size_t>(plane_.size().width) *
                           static_cast<std::size_t>(plane_.size().height);
        for (std::size_t i = 0; i < count; ++i, pixel += 4) {
            const float held = std::clamp(plane_.sum(i), 0.0F, 1.0F);
            const canvas::Ink& ink = ramp[canvas::rounded_byte(held * 255)];
            std::copy(ink.begin(), ink.end(), pixel);
        }
        const auto width = static_cast<float>(plane_.size().width * coarseness);
        const auto height = static_cast<float>(plane_.size().height * coarseness);
        canvas::draw_quad_image(
            brush_.surface, heat, {{{0, 0}, {width, 0}, {width, height}, {0, height}}}, {}, {});
    }

private:
    std::array<canvas::Ink, 256> ramp_of(double opacity) const {
        std::array<canvas::Ink, 256> ramp{};
        expression::Evaluation with = brush_.evaluation;
        for (std::size_t i = 0; i < ramp.size(); ++i) {
            with.heatmap_density = static_cast<double>(i) / 255;
            ramp.at(i) = ink_of(brush_.layer.value("heatmap-color", with).as_color(), opacity);
        }
        return ramp;
    }

    const Brush& brush_;
    Setting<double> radius_;
    Setting<double> weight_;
    double intensity_;
    HeatPlane plane_;
};

}  // namespace

void draw_heatmap(const Brush& brush) {
    HeatPainter painter(brush);
    for (const FeaturePiece& piece :
         brush.data.features(brush.layer, brush.frame, painter.margin()))
        painter.draw(piece);
    painter.finish();
}

}  // namespace relief::symbology
