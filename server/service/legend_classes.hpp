#pragma once
// What the branches, steps and stops of a style's value are called.

#include "tiler/stylesheet/style_document.hpp"

#include <string>
#include <vector>

namespace relief::service {

/// One of the ways in which a layer draws its features.
struct LegendClass {
    std::string label;  ///< "a, b", "10 to 20", "below 10", "other"
    std::string value;  ///< a colour or the name of a picture
};

/// The branches of `match`, the steps of `step`, the stops of `interpolate` over an attribute; of
/// heat's colours "few" and "many"; of anything else, and of what follows the zoom alone, nothing.
/// Branches that are expressions themselves are passed over.
std::vector<LegendClass> legend_classes(const stylesheet::Json& value);

}  // namespace relief::service
