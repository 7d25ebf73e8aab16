#include "tiler/symbology/draw_layers.hpp"
#include "tiler/symbology/line_values.hpp"

#include <array>
#include <cmath>

namespace relief::symbology {
namespace {

/// Colours along a line, worked out once for a layer.
class Gradient {
public:
    static constexpr std::size_t steps = 256;

    Gradient(const stylesheet::Property& property, const expression::Evaluation& with) {
        expression::Evaluation along = with;
        for (std::size_t i = 0; i < steps; ++i) {
            along.line_progress = static_cast<double>(i) / (steps - 1);
            colours_[i] = property.evaluate(along).as_color();
        }
    }

    const expression::Rgba& colour_at(float progress) const {
        const float held = std::clamp(progress, 0.0F, 1.0F);
        return colours_[canvas::rounded_byte(held * (steps - 1))];
    }

private:
    std::array<expression::Rgba, steps> colours_{};
};

class LinePainter {
public:
    explicit LinePainter(const Brush& brush)
        : brush_(brush),
          shift_(translation(brush, "line")),
          values_(brush),
          common_(values_.common_ink()),
          coverage_(brush.surface.size()) {
        if (const auto* const gradient = brush.layer.property("line-gradient")) {
            gradient_.emplace(*gradient, brush.evaluation);
            common_.reset();
        }
        if (gradient_ || values_.has_pattern()) course_.emplace(brush.surface.size());
    }

    double margin() const {
        return values_.reach() +
               std::hypot(static_cast<double>(shift_.x), static_cast<double>(shift_.y));
    }

    void draw(const FeaturePiece& piece) {
        const canvas::Clip clip = clip_of(brush_.frame, piece, shift_);
        if (clip.empty()) return;
        Outline outline(brush_.frame, piece, shift_);
        PieceFeatures features(brush_, piece, "line-sort-key");
        const auto reach = static_cast<float>(values_.reach());
        features.each([&](const TileFeature& feature, const expression::Evaluation& with) {
            if (feature.kind == GeometryKind::point || !outline.take(feature, reach)) return;
            const bool closed = feature.kind == GeometryKind::area;
            if (course_) return draw_changing(outline, closed, clip, with);
            const canvas::Ink ink = values_.ink_of(with);
            stroke(outline, closed, values_.stroke_of(with, ink));
            if (!common_) paint(clip, ink);
        });
        if (common_) paint(clip, *common_);
    }

private:
    void stroke(const Outline& outline, bool closed, const canvas::Stroke& stroke) {
        canvas::LineStroker stroker(stroke, coverage_);
        for (std::size_t i = 0; i < outline.paths(); ++i) stroker.add(outline.path(i), closed);
    }

    void paint(const canvas::Clip& clip, canvas::Ink ink) {
        clip.cut(coverage_);
        brush_.surface.paint(coverage_, ink);
        coverage_.clear();
    }

    /// A line whose colour changes along it, or that shows a pattern: path by path.
    void draw_changing(const Outline& outline,
                       bool closed,
                       const canvas::Clip& clip,
                       const expression::Evaluation& with) {
        const canvas::Stroke stroke = values_.stroke_of(with, {});
        const double opacity = values_.opacity_of(with);
        canvas::LineStroker stroker(stroke, coverage_, &*course_);
        for (std::size_t i = 0; i < outline.paths(); ++i) {
            const canvas::Points line = outline.path(i);
            stroker.add(line, closed);
            clip.cut(coverage_);
            if (gradient_)
                paint_gradient(line, closed, opacity);
            else if (const StyleImage* const image = values_.pattern_of(with))
                paint_pattern(*image, stroke, opacity);
            coverage_.clear();
        }
    }

    void paint_gradient(canvas::Points line, bool closed, double opacity) {
        float whole = 0;
        for (std::size_t i = 1; i < line.size() + (closed ? 1 : 0); ++i) {
            const canvas::Point way = line[i % line.size()] - line[i - 1];
            whole += std::hypot(way.x, way.y);
        }
        if (!(whole > 0)) return;
        each_covered([&](float along, float) {
            return ink_of(gradient_->colour_at(along / whole), opacity);
        });
    }

    /// The pattern is as high as the line is wide, and is repeated along it.
    void paint_pattern(const StyleImage& image, const canvas::Stroke& stroke, double opacity) {
        const PixelSize size = image.pixels.size();
        if (!(stroke.width > 0) || size.width < 1 || size.height < 1) return;
        const float scale = stroke.width / static_cast<float>(size.height);
        each_covered([&](float along, float across) {
            const float share = across / stroke.width + 0.5F;
            const int y = std::clamp(
                static_cast<int>(share * static_cast<float>(size.height)), 0, size.height - 1);
            const auto wide = static_cast<float>(size.width);
            const float turn = along / scale / wide;
            const int x =
                std::clamp(static_cast<int>((turn - std::floor(turn)) * wide), 0, size.width - 1);
            const std::uint8_t* const pixel = image.pixels.row(y) + std::ptrdiff_t{x} * 4;
            return canvas::share_of({pixel[0], pixel[1], pixel[2], pixel[3]},
                                    static_cast<std::uint32_t>(std::lround(opacity * 255)));
        });
    }

    template <typename InkAt>
    void each_covered(const InkAt& ink_at) {
        const auto width = static_cast<std::size_t>(coverage_.size().width);
        for (int y = coverage_.top(); y < coverage_.bottom(); ++y) {
            const auto [from, to] = coverage_.extent(y);
            for (int x = from; x < to; ++x) {
                const std::uint8_t share = coverage_.row(y)[x];
                if (share == 0) continue;
                const std::size_t at =
                    static_cast<std::size_t>(y) * width + static_cast<std::size_t>(x);
                canvas::put_over(
                    brush_.surface.row(y) + std::ptrdiff_t{x} * 4,
                    canvas::share_of(ink_at(course_->along[at], course_->across[at]), share));
            }
        }
    }

    const Brush& brush_;
    canvas::Point shift_;
    LineValues values_;
    std::optional<canvas::Ink> common_;
    canvas::Coverage coverage_;
    std::optional<Gradient> gradient_;
    std::optional<canvas::Course> course_;
};

}  // namespace

void draw_line(const Brush& brush) {
    LinePainter painter(brush);
    for (const FeaturePiece& piece :
         brush.data.features(brush.layer, brush.frame, painter.margin()))
        painter.draw(piece);
}

}  // namespace relief::symbology
