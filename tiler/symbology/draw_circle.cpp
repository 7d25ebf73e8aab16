#include "tiler/canvas/disc.hpp"
#include "tiler/symbology/draw_layers.hpp"
#include "tiler/symbology/setting.hpp"

#include <algorithm>
#include <cmath>

namespace relief::symbology {
namespace {

class CirclePainter {
public:
    explicit CirclePainter(const Brush& brush)
        : brush_(brush),
          shift_(translation(brush, "circle")),
          radius_(setting<double>("circle-radius", number_in)),
          blur_(setting<double>("circle-blur", number_in)),
          color_(setting<expression::Rgba>("circle-color", color_in)),
          opacity_(setting<double>("circle-opacity", number_in)),
          rim_(setting<double>("circle-stroke-width", number_in)),
          rim_color_(setting<expression::Rgba>("circle-stroke-color", color_in)),
          rim_opacity_(setting<double>("circle-stroke-opacity", number_in)) {}

    /// How far outside of the picture a circle's middle may lie.
    double margin() const {
        // Where features differ, as far as most circles reach.
        constexpr double usual = 64;
        const double whole = radius_.fixed().value_or(usual) + rim_.fixed().value_or(0);
        return std::min(whole, 1000.0) * brush_.frame.view().ratio +
               std::hypot(static_cast<double>(shift_.x), static_cast<double>(shift_.y));
    }

    void draw(const FeaturePiece& piece) {
        const auto placement = brush_.frame.placement_of(piece.square, tile_extent);
        PieceFeatures features(brush_, piece, "circle-sort-key");
        features.each([&](const TileFeature& feature, const expression::Evaluation& with) {
            const canvas::Disc disc = disc_of(with);
            each_own_point(*piece.features, feature, [&](canvas::Point at) {
                canvas::draw_disc(brush_.surface, placement(at) + shift_, disc);
            });
        });
    }

private:
    template <typename Type>
    Setting<Type> setting(std::string_view name, Reading<Type> reading) const {
        return Setting<Type>(brush_.layer, name, reading, brush_.evaluation);
    }

    canvas::Disc disc_of(const expression::Evaluation& with) const {
        const auto pixels = [&](double value) {
            return static_cast<float>(std::clamp(value, 0.0, 1e4)) * brush_.ratio();
        };
        return {.radius = pixels(radius_.of(with)),
                .rim = pixels(rim_.of(with)),
                .blur = static_cast<float>(blur_.of(with)),
                .fill = ink_of(color_.of(with), opacity_.of(with)),
                .rim_ink = ink_of(rim_color_.of(with), rim_opacity_.of(with))};
    }

    const Brush& brush_;
    canvas::Point shift_;
    Setting<double> radius_;
    Setting<double> blur_;
    Setting<expression::Rgba> color_;
    Setting<double> opacity_;
    Setting<double> rim_;
    Setting<expression::Rgba> rim_color_;
    Setting<double> rim_opacity_;
};

}  // namespace

void draw_circle(const Brush& brush) {
    CirclePainter painter(brush);
    for (const FeaturePiece& piece :
         brush.data.features(brush.layer, brush.frame, painter.margin()))
        painter.draw(piece);
}

}  // namespace relief::symbology
