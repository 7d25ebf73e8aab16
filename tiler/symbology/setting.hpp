#pragma once
// A property of a layer while it is drawn: worked out once when it is the same for all features.

#include "tiler/canvas/surface.hpp"
#include "tiler/stylesheet/layer.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace relief::symbology {

/// Reads a value of what the property may be; null gives what stands for nothing.
template <typename Type>
using Reading = Type (*)(const expression::Value&);

template <typename Type>
class Setting {
public:
    /// `with` has no feature. The layer outlives the setting.
    Setting(const stylesheet::Layer& layer,
            std::string_view name,
            Reading<Type> reading,
            const expression::Evaluation& with)
        : property_(layer.property(name)),
          reading_(reading),
          is_fixed_(property_ == nullptr || property_->stated().is_feature_constant()) {
        if (is_fixed_)
            value_ =
                reading(property_ == nullptr ? expression::Value() : property_->evaluate(with));
    }

    bool is_fixed() const noexcept { return is_fixed_; }
    /// The layer states it, or has a default for it.
    bool exists() const noexcept { return property_ != nullptr; }
    Type of(const expression::Evaluation& with) const {
        return is_fixed_ ? value_ : reading_(property_->evaluate(with));
    }
    /// Nothing when features differ.
    std::optional<Type> fixed() const noexcept {
        return is_fixed_ ? std::optional<Type>(value_) : std::nullopt;
    }

private:
    const stylesheet::Property* property_;
    Reading<Type> reading_;
    Type value_{};  ///< of all features, when it is fixed
    bool is_fixed_;
};

inline double number_in(const expression::Value& value) {
    return value.is(expression::Kind::number) ? value.as_number() : 0;
}
inline expression::Rgba color_in(const expression::Value& value) {
    return value.as_color();
}
inline bool truth_in(const expression::Value& value) {
    return value.as_boolean();
}
/// Of an image its name, which lives as long as the value.
inline std::string_view name_in(const expression::Value& value) {
    return value.is_null() || value.failed() ? std::string_view() : value.as_text();
}

std::vector<double> numbers_in(const expression::Value& value);

/// Units: `opacity` 0 to 1.
canvas::Ink ink_of(const expression::Rgba& color, double opacity);

}  // namespace relief::symbology
