#pragma once
// Pictures of a layer of features, drawn by what draws them in the server.

#include "server/command/stored_layer.hpp"
#include "server/ops/log.hpp"
#include "server/ops/work_pool.hpp"
#include "server/service/sprite_service.hpp"
#include "server/service/style_desk.hpp"
#include "server/service/style_service.hpp"
#include "server/service/style_shelf.hpp"
#include "tiler/encode/empty_images.hpp"
#include "tiler/source/raster_reader.hpp"
#include "tiler/text/text.hpp"

#include <memory>
#include <optional>
#include <string>

namespace relief::command {

/// What is drawn of the layer: by a style of the workspace or in plain colours ("" or "default").
struct PictureWish {
    std::string style;
    encode::ImageFormat format = encode::ImageFormat::png;
    service::FeatureWords words;  ///< which features
};

/// Of one layer. Tells on standard error what a picture had to be drawn without.
class FeaturePictures {
public:
    FeaturePictures(const Context& context,
                    const workspace::Configuration& configuration,
                    workspace::Layer layer,
                    unsigned threads);
    ~FeaturePictures() { pool_.end(); }
    FeaturePictures(const FeaturePictures&) = delete;
    FeaturePictures& operator=(const FeaturePictures&) = delete;
    FeaturePictures(FeaturePictures&&) = delete;
    FeaturePictures& operator=(FeaturePictures&&) = delete;

    /// Errors: not_found for a style that is not there or draws nothing of the layer.
    Result<service::StyleWish> wish(const PictureWish& wish);

    /// For any thread; waits for the picture. Errors: those of StyleService::get().
    Result<cache::TilePointer> draw(const service::StyleTileOrder& order);

private:
    std::shared_ptr<const workspace::Layer> layer_;
    std::unique_ptr<ops::Log> log_;
    source::RasterReader reader_;
    encode::EmptyImages empty_images_;
    std::optional<text::Fonts> fonts_;
    ops::WorkPool pool_;
    service::TileService tiles_;
    service::StyleShelf shelf_;
    service::StyleDesk styles_;
    service::SpriteService sprites_;
    service::StyleService drawing_;
};

}  // namespace relief::command
