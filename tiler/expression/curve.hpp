#pragma once
// Outputs at stops of an input: `step` and `interpolate`.

#include "tiler/expression/interpolation.hpp"
#include "tiler/expression/node.hpp"

#include <vector>

namespace relief::expression {

/// Children: the input, then one output a stop.
class Curve : public Node {
public:
    /// The stops rise.
    Curve(Facts facts, std::vector<double> stops)
        : Node(std::move(facts)), stops_(std::move(stops)) {}

    const std::vector<double>& stops() const noexcept { return stops_; }

protected:
    const Node& output(std::size_t stop) const noexcept { return child(stop + 1); }
    /// The last stop at or below the input; the first when there is none.
    std::size_t stop_at(double input) const noexcept;
    Value not_a_number(const Run& run) const;

private:
    std::vector<double> stops_;
};

}  // namespace relief::expression
