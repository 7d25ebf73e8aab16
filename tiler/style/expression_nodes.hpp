#pragma once
// A formula as a list of steps in the order in which they are computed, constants folded.

#include "tiler/style/expression_steps.hpp"

#include <array>
#include <cstdint>
#include <vector>

namespace relief::style {

/// What a step reads.
struct Place {
    enum class Kind : std::uint8_t { constant, band, step };
    Kind kind = Kind::constant;
    std::uint32_t index = 0;  ///< the band's number (1-based), or the step's place in its list
    double constant = 0;
    bool operator==(const Place&) const = default;
};

struct Step {
    Operation operation = Operation::add;
    std::array<Place, 3> operands{};
    bool operator==(const Step&) const = default;
};

/// Steps grow at the end and read only what stands before them. A step that is there already is
/// shared; one whose operands are all constant becomes a constant.
class StepList {
public:
    Place add(Operation operation, const std::array<Place, 3>& operands);

    const std::vector<Step>& steps() const noexcept { return steps_; }

private:
    std::vector<Step> steps_;
};

}  // namespace relief::style
