#pragma once
// A raster-dem source: heights by tile.

#include "tiler/atlas/plain_source.hpp"
#include "tiler/symbology/style_supply.hpp"

#include <memory>
#include <unordered_map>
#include <vector>

namespace relief::atlas {

class HeightSource {
public:
    /// Errors: those of plain_source().
    static Result<HeightSource> open(const std::string& name,
                                     const stylesheet::Source& stated,
                                     const Access& access);

    /// A tile that is not there has no heights; one that is broken neither, with a warning.
    std::vector<symbology::HeightPiece> pieces(const symbology::ViewFrame& frame,
                                               Warnings& warnings);

    void forget_tiles() { tiles_.clear(); }

private:
    using Heights = std::shared_ptr<symbology::HeightField>;

    explicit HeightSource(PlainSource source) : source_(std::move(source)) {}
    const Heights& tile(const TileId& id, Warnings& warnings);
    Result<symbology::HeightField> read(const TileId& id) const;
    Result<symbology::HeightField> read_house(const LayerAddress& house, const TileId& id) const;
    /// From the tiles around; where one is missing, as the edge is.
    void fill_border(symbology::HeightField& field, const TileId& id, Warnings& warnings);

    PlainSource source_;
    std::unordered_map<TileId, Heights> tiles_;
};

}  // namespace relief::atlas
