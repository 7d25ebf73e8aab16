#include "tiler/canvas/area_filler.hpp"
#include "tiler/canvas/line_stroker.hpp"
#include "tiler/canvas/mosaic_of_areas.hpp"
#include "tiler/symbology/draw_layers.hpp"
#include "tiler/symbology/setting.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

namespace relief::symbology {
namespace {

class FillPainter {
public:
    explicit FillPainter(const Brush& brush)
        : brush_(brush),
          shift_(translation(brush, "fill")),
          color_(brush.layer, "fill-color", color_in, brush.evaluation),
          opacity_(brush.layer, "fill-opacity", number_in, brush.evaluation),
          pattern_(brush.layer, "fill-pattern", name_in, brush.evaluation),
          smooth_(truth_in(brush.layer.value("fill-antialias", brush.evaluation))),
          coverage_(brush.surface.size()),
          filler_(brush.surface.size()),
          mosaic_(brush.surface.size()) {
        if (color_.is_fixed() && opacity_.is_fixed() && !pattern_.exists()) {
            const canvas::Ink ink = ink_of(*color_.fixed(), *opacity_.fixed());
            // Of areas that all hide what is under them only the union shows.
            if (ink[3] == 255) common_ = ink;
            nothing_ = ink[3] == 0;
        }
    }

    double margin() const {
        return std::hypot(static_cast<double>(shift_.x), static_cast<double>(shift_.y));
    }

    void draw(const std::vector<FeaturePiece>& pieces) {
        if (nothing_) return;
        for (const FeaturePiece& piece : pieces) draw(piece);
        brush_.surface.compose(mosaic_.surface(), 1);
    }

private:
    void draw(const FeaturePiece& piece) {
        const canvas::Clip clip = clip_of(brush_.frame, piece, shift_);
        if (clip.empty()) return;
        Outline outline(brush_.frame, piece, shift_);
        PieceFeatures features(brush_, piece, "fill-sort-key");
        features.each([&](const TileFeature& feature, const expression::Evaluation& with) {
            if (feature.kind == GeometryKind::point || !outline.take(feature, 1)) return;
            for (std::size_t i = 0; i < outline.paths(); ++i) filler_.add(outline.path(i));
            if (common_) return;
            cover(clip);
            paint(with);
        });
        if (!common_) return;
        cover(clip);
        mosaic_.paint(coverage_, *common_);
        coverage_.clear();
    }

    void cover(const canvas::Clip& clip) {
        filler_.cover(coverage_);
        clip.cut(coverage_);
        if (!smooth_) coverage_.harden();
    }

    void paint(const expression::Evaluation& with) {
        const double opacity = opacity_.of(with);
        if (!pattern_.exists()) {
            mosaic_.paint(coverage_, ink_of(color_.of(with), opacity));
        } else if (const auto* image = brush_.data.style_images().find(pattern_.of(with))) {
            canvas::paint_pattern(mosaic_.surface(),
                                  coverage_,
                                  image->pixels,
                                  pattern_placement(brush_.frame, *image),
                                  static_cast<float>(opacity));
        }
        coverage_.clear();
    }

    const Brush& brush_;
    canvas::Point shift_;
    Setting<expression::Rgba> color_;
    Setting<double> opacity_;
    Setting<std::string_view> pattern_;
    bool smooth_;
    canvas::Coverage coverage_;
    canvas::AreaFiller filler_;
    canvas::MosaicOfAreas mosaic_;
    std::optional<canvas::Ink> common_;
    bool nothing_ = false;
};

class OutlinePainter {
public:
    explicit OutlinePainter(const Brush& brush)
        : brush_(brush),
          shift_(translation(brush, "fill")),
          color_(brush.layer, "fill-outline-color", color_in, brush.evaluation),
          opacity_(brush.layer, "fill-opacity", number_in, brush.evaluation),
          coverage_(brush.surface.size()) {}

    void draw(const FeaturePiece& piece) {
        const canvas::Clip clip = clip_of(brush_.frame, piece, shift_);
        if (clip.empty()) return;
        canvas::LineStroker stroker({.width = 1, .join = canvas::Join::round}, coverage_);
        Outline outline(brush_.frame, piece, shift_);
        PieceFeatures features(brush_, piece, "fill-sort-key");
        features.each([&](const TileFeature& feature, const expression::Evaluation& with) {
            if (feature.kind == GeometryKind::point || !outline.take(feature, 1)) return;
            for (std::size_t i = 0; i < outline.paths(); ++i) stroker.add(outline.path(i), true);
            clip.cut(coverage_);
            brush_.surface.paint(coverage_, ink_of(color_.of(with), opacity_.of(with)));
            coverage_.clear();
        });
    }

private:
    const Brush& brush_;
    canvas::Point shift_;
    Setting<expression::Rgba> color_;
    Setting<double> opacity_;
    canvas::Coverage coverage_;
};

/// The outline is drawn where it is another than the area's own edge.
bool has_outline(const Brush& brush) {
    const auto& stated = brush.layer.stated;
    return std::find(stated.begin(), stated.end(), "fill-outline-color") != stated.end() &&
           std::find(stated.begin(), stated.end(), "fill-pattern") == stated.end() &&
           truth_in(brush.layer.value("fill-antialias", brush.evaluation));
}

}  // namespace

void draw_fill(const Brush& brush) {
    FillPainter painter(brush);
    const auto pieces = brush.data.features(brush.layer, brush.frame, painter.margin());
    painter.draw(pieces);
    if (!has_outline(brush)) return;
    OutlinePainter outlines(brush);
    for (const FeaturePiece& piece : pieces) outlines.draw(piece);
}

}  // namespace relief::symbology
