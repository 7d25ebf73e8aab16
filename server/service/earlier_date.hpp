#pragma once
// Which earlier date an algorithm of two dates compares the shown one with.

#include "tiler/core/instant.hpp"
#include "tiler/style/raster_style.hpp"
#include "tiler/workspace/layer.hpp"
#include "tiler/workspace/view.hpp"

#include <optional>
#include <string_view>

namespace relief::service {

struct EarlierWish {
    workspace::View shown;
    const style::RasterWords& words;          ///< of the request; the layer's own come behind
    std::optional<std::string_view> against;  ///< a time as of `time=`; not given: the one before
    Instant now;
};

/// Without an observation when the algorithm looks at one date, or there is none. Of a mosaic the
/// scenes of an earlier time, picked as the shown ones are; not given: those before the first
/// shown. Errors: bad_request when the layer has nothing earlier, the text is no time or names
/// nothing
///         before what is shown, or is given where nothing is compared.
Result<workspace::View> earlier_view(const workspace::Layer& layer, const EarlierWish& wish);

}  // namespace relief::service
