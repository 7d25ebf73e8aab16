#pragma once
// All that a style draws from, opened for one picture.

#include "tiler/atlas/feature_source.hpp"
#include "tiler/atlas/height_source.hpp"
#include "tiler/atlas/image_source.hpp"
#include "tiler/atlas/sprite.hpp"
#include "tiler/stylesheet/style_document.hpp"
#include "tiler/symbology/style_supply.hpp"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace relief::atlas {

/// Belongs to one thread. Tiles that several layers show are read once.
class Atlas final : public symbology::StyleSupply {
public:
    /// Opens the sources that layers use. The style outlives the atlas.
    ///
    /// Errors: bad_request and not_found naming the source, for addresses that may not or cannot be
    ///         read and types that are not drawn. What lies at an address and is broken is a
    ///         warning: the picture is drawn without it.
    static Result<std::unique_ptr<Atlas>> open(const stylesheet::StyleDocument& style,
                                               double ratio,
                                               const Access& access);

    std::vector<symbology::FeaturePiece> features(const stylesheet::Layer& layer,
                                                  const symbology::ViewFrame& frame,
                                                  double margin) override;
    std::vector<symbology::ImagePiece> images(const stylesheet::Layer& layer,
                                              const symbology::ViewFrame& frame) override;
    std::vector<symbology::HeightPiece> heights(const stylesheet::Layer& layer,
                                                const symbology::ViewFrame& frame) override;
    const symbology::StyleImages& style_images() const override { return sprites_; }

    /// Opened when first asked for.
    text::OutlinedText* fonts() override;

    /// So far.
    const Warnings& warnings() const noexcept { return warnings_; }

    /// What was read of tiles and warned of since open(), and letters when they are many: for
    /// whoever draws one picture after the other.
    void forget_tiles();

private:
    Result<void> add(const std::string& name,
                     const stylesheet::Source& source,
                     const Access& access);

    const text::Fonts* given_fonts_ = nullptr;
    Warnings warnings_;
    std::size_t warnings_of_opening_ = 0;
    Sprites sprites_;
    std::map<std::string, FeatureSource, std::less<>> features_;
    std::map<std::string, ImageSource, std::less<>> images_;
    std::map<std::string, HeightSource, std::less<>> heights_;
    std::optional<text::OutlinedText> fonts_;
    bool fonts_tried_ = false;
};

}  // namespace relief::atlas
