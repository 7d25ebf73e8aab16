#pragma once
// The layers of the house for styles: pixels and features as they are, never encoded in between.

#include "server/service/feature_words.hpp"
#include "server/service/sprite_service.hpp"
#include "tiler/atlas/house_layers.hpp"
#include "tiler/core/deadline.hpp"
#include "tiler/pipeline/feature_sources.hpp"
#include "tiler/pipeline/make_tile.hpp"
#include "tiler/style/expression_limits.hpp"
#include "tiler/workspace/layer.hpp"
#include "tiler/workspace/view.hpp"

#include <functional>
#include <memory>
#include <string>

namespace relief::service {

/// What drawing from layers needs and does not own.
struct DrawingRoom {
    pipeline::Workshop workshop;
    pipeline::FeatureSources& sources;
    style::ExpressionLimits expressions{};
    SpriteService* sprites = nullptr;  ///< null: styles have no pictures here
};

/// Belongs to one thread at a time.
class ServedHouse final : public atlas::HouseLayers {
public:
    using LayerPointer = std::shared_ptr<const workspace::Layer>;
    /// Says which layers there are for whoever asks. Errors: not_found for those that are absent or
    /// hidden: the two look the same.
    using Finder = std::function<Result<LayerPointer>(const std::string& id)>;

    ServedHouse(const DrawingRoom& room, Finder find) : room_(room), find_(std::move(find)) {}

    /// A new picture, to be done by then, of those features of the layers that the words choose.
    void begin(const Deadline& deadline, FeatureAsk asked = {}) {
        deadline_ = deadline;
        asked_ = std::move(asked);
        incomplete_ = false;
        coarser_ = false;
    }
    /// Since begin(): another time may show more, for a scene of a mosaic could not be read.
    bool incomplete() const noexcept { return incomplete_; }
    /// Since begin(): a damaged part of a raster was drawn from a coarser overview.
    bool coarser() const noexcept { return coarser_; }

    Result<Facts> facts(const std::string& layer) override;
    Result<FeatureTile> features(const std::string& layer, const FeatureWish& wish) override;
    /// Of the paths of sprites.
    Result<Bytes> file(const std::string& path) override;
    /// Errors: bad_request too, for words that tile addresses do not know.
    Result<canvas::Surface> picture(const std::string& layer, const PictureWish& wish) override;

private:
    DrawingRoom room_;
    Finder find_;
    Deadline deadline_;
    FeatureAsk asked_;
    bool incomplete_ = false;
    bool coarser_ = false;
};

}  // namespace relief::service
