#pragma once
// What drawing a layer needs: where to, from what, and how its values are worked out.

#include "tiler/canvas/clip.hpp"
#include "tiler/canvas/surface.hpp"
#include "tiler/expression/evaluation.hpp"
#include "tiler/stylesheet/style_document.hpp"
#include "tiler/symbology/style_supply.hpp"
#include "tiler/symbology/tile_feature.hpp"
#include "tiler/symbology/view.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace relief::symbology {

/// One layer being drawn.
struct Brush {
    const stylesheet::StyleDocument& style;
    const stylesheet::Layer& layer;
    const ViewFrame& frame;
    StyleSupply& data;
    canvas::Surface& surface;
    expression::Evaluation evaluation;  ///< without a feature; its scratch is the layer's
    expression::Scratch& of_feature;    ///< emptied between features

    float ratio() const noexcept { return static_cast<float>(frame.view().ratio); }
};

/// How far `<type>-translate` moves the layer. Units: pixels.
canvas::Point translation(const Brush& brush, std::string_view type);

/// How an image is repeated over the world: from its pixels to the picture's. Its upper left corner
/// stands on the world's north-western one at the whole zoom below the view's.
canvas::Placement pattern_placement(const ViewFrame& frame, const StyleImage& image);

/// The features of a piece that pass the layer's filter, in the order in which `<type>-sort-key`
/// puts them.
class PieceFeatures {
public:
    PieceFeatures(const Brush& brush, const FeaturePiece& piece, std::string_view sort_key);

    /// Calls `draw(feature, evaluation)` for each. The evaluation's scratch is emptied in between.
    template <typename Draw>
    void each(const Draw& draw) {
        for (const std::uint32_t number : order_) {
            look_at(number);
            draw(keys_.tile().features[number], evaluation_);
        }
    }

private:
    void look_at(std::uint32_t number);

    TileKeys keys_;
    TileFeatureView view_;
    expression::Evaluation evaluation_;
    std::vector<std::uint32_t> order_;
};

/// Whether a ring is an exterior: its area is positive.
bool is_exterior(const FeatureTile& tile, const TilePath& ring) noexcept;

/// Calls `draw(place in the tile)` for each point of the feature that belongs to the tile: one in
/// the buffer is drawn from its own.
template <typename Draw>
void each_own_point(const FeatureTile& tile, const TileFeature& feature, const Draw& draw) {
    for (std::uint32_t i = 0; i < feature.paths; ++i) {
        const TilePath& path = tile.paths[feature.first_path + i];
        for (std::uint32_t number = path.first; number < path.first + path.count; ++number) {
            const TilePoint& at = tile.points[number];
            if (at.x >= 0 && at.y >= 0 && at.x < tile_extent && at.y < tile_extent)
                draw(canvas::Point{static_cast<float>(at.x), static_cast<float>(at.y)});
        }
    }
}

/// The points of one feature in the picture.
class Outline {
public:
    /// CRS: tile units to pixels by the placement, then moved by `shift`.
    Outline(const ViewFrame& frame, const FeaturePiece& piece, canvas::Point shift);

    /// Whether something of the feature, `margin` pixels wide around its points, meets the picture.
    bool take(const TileFeature& feature, float margin);
    std::size_t paths() const noexcept { return ends_.size(); }
    canvas::Points path(std::size_t number) const noexcept;

private:
    const FeatureTile* tile_;
    PixelSize size_;
    canvas::Placement placement_;
    std::vector<canvas::Point> points_;
    std::vector<std::size_t> ends_;
};

/// The part of the picture that the piece's tile is responsible for.
canvas::Clip clip_of(const ViewFrame& frame, const FeaturePiece& piece, canvas::Point shift);

}  // namespace relief::symbology
