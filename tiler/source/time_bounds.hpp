#pragma once
// The periods that the steps of a time axis stand for: a day's rain, a month's mean.

#include "tiler/core/instant.hpp"
#include "tiler/core/result.hpp"
#include "tiler/source/time_axis.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace relief::source {

/// Begin and end of one step, in the unit of its axis.
struct TimeBounds {
    double begin;
    double end;
};

/// The array of a file that holds the bounds of an axis of so many steps.
struct BoundsArray {
    std::string name;
    std::size_t steps;
};

/// Shape:  one for each step; empty where the file has no such array of `steps` × 2 numbers.
/// Source: CF conventions 1.10, 7.1 "Cell Boundaries".
std::vector<TimeBounds> read_time_bounds(const std::string& path, const BoundsArray& array);

/// One step of an axis: its number there, and which it is.
struct TimeStep {
    double number;
    std::size_t index;
};

/// A time axis with the periods of its steps.
struct TimeSteps {
    TimeAxis axis;
    std::vector<TimeBounds> bounds;  ///< one for each step, or none: instants

    /// When the step is: from its begin to the last millisecond before its end, where the next one
    /// begins. Bounds that do not hold its number, or end on no date of the calendar, say nothing.
    /// Errors: as TimeAxis::at().
    Result<InstantRange> at(const TimeStep& step) const;
};

}  // namespace relief::source
