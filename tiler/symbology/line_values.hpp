#pragma once
// How a layer's lines are drawn, feature by feature.

#include "tiler/canvas/line_stroker.hpp"
#include "tiler/symbology/brush.hpp"
#include "tiler/symbology/setting.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace relief::symbology {

class LineValues {
public:
    explicit LineValues(const Brush& brush);

    /// Units: pixels.
    /// What it points to lives until it is asked again. Lines of an ink that hides what is under it
    /// close up where they meet.
    canvas::Stroke stroke_of(const expression::Evaluation& with, canvas::Ink ink);
    canvas::Ink ink_of(const expression::Evaluation& with) const;
    double opacity_of(const expression::Evaluation& with) const { return opacity_.of(with); }
    /// Null: no pattern, or none of its name.
    const StyleImage* pattern_of(const expression::Evaluation& with) const;
    bool has_pattern() const noexcept { return pattern_.exists(); }

    /// The same ink and stroke for all, which hides what is under it.
    std::optional<canvas::Ink> common_ink() const;
    /// How far from its geometry a line may reach. Units: pixels.
    double reach() const;

private:
    template <typename Type>
    Setting<Type> setting(std::string_view name, Reading<Type> reading) const {
        return Setting<Type>(brush_.layer, name, reading, brush_.evaluation);
    }
    float pixels(double value) const noexcept;
    /// Lengths of dashes and gaps in pixels; empty: a whole line.
    const std::vector<float>& dashes_of(const expression::Evaluation& with);

    const Brush& brush_;
    Setting<double> width_;
    Setting<double> gap_;
    Setting<double> blur_;
    Setting<double> offset_;
    Setting<double> opacity_;
    Setting<expression::Rgba> color_;
    Setting<std::string_view> pattern_;
    Setting<std::string_view> join_;
    canvas::Cap cap_;
    double miter_limit_;
    double round_limit_;
    std::vector<float> dashes_;
};

}  // namespace relief::symbology
