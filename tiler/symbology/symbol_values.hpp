#pragma once
// What a symbol layer says of a feature, held within what can be drawn.

#include "tiler/canvas/plane.hpp"
#include "tiler/symbology/setting.hpp"

#include <numbers>
#include <string_view>

namespace relief::symbology {

inline constexpr float radians_of_degree = std::numbers::pi_v<float> / 180;

/// The layer outlives this.
class SymbolValues {
public:
    explicit SymbolValues(const stylesheet::Layer& layer) : layer_(layer) {}

    expression::Value value(std::string_view name, const expression::Evaluation& with) const {
        return layer_.value(name, with);
    }
    bool states(std::string_view name) const { return layer_.property(name) != nullptr; }
    /// 0 for what is no number.
    float number(std::string_view name, const expression::Evaluation& with) const;
    canvas::Point pair(std::string_view name, const expression::Evaluation& with) const;
    canvas::Ink ink(std::string_view color,
                    std::string_view opacity,
                    const expression::Evaluation& with) const;

private:
    const stylesheet::Layer& layer_;
};

}  // namespace relief::symbology
