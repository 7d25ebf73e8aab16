#pragma once
// What an expression is evaluated with: the view, the feature, the state.

#include "tiler/core/tile_id.hpp"
#include "tiler/expression/feature_view.hpp"

#include <limits>
#include <optional>
#include <string_view>

namespace relief::expression {

/// The pictures that a style may name.
class ImageNames {
public:
    ImageNames() = default;
    ImageNames(const ImageNames&) = delete;
    ImageNames& operator=(const ImageNames&) = delete;
    ImageNames(ImageNames&&) = delete;
    ImageNames& operator=(ImageNames&&) = delete;
    virtual ~ImageNames() = default;
    virtual bool has(std::string_view name) const = 0;
};

/// Far more than a label holds; doubling a text over and over ends here.
inline constexpr std::size_t longest_text = std::size_t{1} << 20U;

/// Everything but the scratch is only looked at.
struct Evaluation {
    Scratch* scratch = nullptr;  ///< never null when an expression is evaluated
    const FeatureView* feature = nullptr;
    const ImageNames* images = nullptr;  ///< null: no picture is there
    Value feature_state;                 ///< an object, or null
    Value global_state;                  ///< an object, or null
    Value accumulated;
    double zoom = std::numeric_limits<double>::quiet_NaN();
    double heatmap_density = 0;
    double line_progress = 0;
    double elevation = 0;  ///< metres
    double sky_radial_progress = 0;
    std::optional<TileId> tile;  ///< that the feature's geometry is given in
    /// Null: every script can be drawn.
    bool (*supports_script)(std::string_view text) = nullptr;
    std::size_t text_limit = longest_text;  ///< bytes of a text that is made
    /// Whether a failure says why. Off where many features are evaluated and nobody reads it.
    bool explain = false;
};

}  // namespace relief::expression
