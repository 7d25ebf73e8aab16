#pragma once
// Which earlier observation an algorithm of two dates compares the shown one with.

#include "tiler/core/instant.hpp"
#include "tiler/style/raster_style.hpp"
#include "tiler/workspace/layer.hpp"

#include <optional>
#include <string_view>

namespace relief::service {

struct EarlierWish {
    const workspace::Observation& shown;
    const style::RasterWords& words;          ///< of the request; the layer's own come behind
    std::optional<std::string_view> against;  ///< a time as of `time=`; not given: the one before
    Instant now;
};

/// Null when the algorithm looks at one date, or there is none.
/// Errors: bad_request when the layer has nothing earlier, the text is no time or names no
///         observation before the shown one, or is given where nothing is compared.
Result<const workspace::Observation*> earlier_observation(const workspace::Layer& layer,
                                                          const EarlierWish& wish);

}  // namespace relief::service
