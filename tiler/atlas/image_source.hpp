#pragma once
// A raster or image source: pictures and where they lie.

#include "tiler/atlas/plain_source.hpp"
#include "tiler/symbology/style_supply.hpp"

#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

namespace relief::atlas {

class ImageSource {
public:
    /// Errors: those of plain_source(). An image that is broken is a warning, and shows nothing.
    static Result<ImageSource> open(const std::string& name,
                                    const stylesheet::Source& stated,
                                    const Access& access,
                                    Warnings& warnings);

    /// A tile that is not there shows nothing; one that is broken neither, with a warning.
    std::vector<symbology::ImagePiece> pieces(const symbology::ViewFrame& frame,
                                              Warnings& warnings);

    void forget_tiles() { tiles_.clear(); }

private:
    using Image = std::shared_ptr<const canvas::Surface>;

    explicit ImageSource(PlainSource source) : source_(std::move(source)) {}
    std::vector<symbology::ImagePiece> placed() const;
    const Image& tile(const TileId& id, double ratio, Warnings& warnings);
    Result<canvas::Surface> read(const TileId& id, double ratio) const;

    PlainSource source_;
    Image image_;  ///< of an image source
    std::unordered_map<TileId, Image> tiles_;
};

}  // namespace relief::atlas
