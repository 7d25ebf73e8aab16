#pragma once
// A vector or GeoJSON source: features by tile.

#include "tiler/atlas/geojson_tile.hpp"
#include "tiler/atlas/plain_source.hpp"
#include "tiler/symbology/style_supply.hpp"

#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

namespace relief::atlas {

class FeatureSource {
public:
    /// Errors: those of plain_source(). A GeoJSON that is broken is a warning, and holds nothing.
    static Result<FeatureSource> open(const std::string& name,
                                      const stylesheet::Source& stated,
                                      const Access& access,
                                      Warnings& warnings);

    struct Wish {
        const stylesheet::Layer& layer;
        const symbology::ViewFrame& frame;
        double margin;  ///< pixels
    };
    /// A tile that is not there holds nothing; one that is broken neither, with a warning.
    std::vector<symbology::FeaturePiece> pieces(const Wish& wish, Warnings& warnings);

    void forget_tiles() { tiles_.clear(); }

private:
    using Tile = std::vector<std::shared_ptr<const FeatureTile>>;

    explicit FeatureSource(PlainSource source) : source_(std::move(source)) {}
    symbology::TileLevels levels() const;
    /// A tile, and how much of it is looked at.
    struct Part {
        TileId tile;
        TileWindow window{};
        bool labels = false;
        bool operator==(const Part&) const = default;
    };
    struct PartHash {
        std::size_t operator()(const Part& part) const noexcept;
    };
    const Tile& tile(const Part& part, Warnings& warnings);
    Result<Tile> read(const Part& part) const;

    PlainSource source_;
    std::optional<WorldFeatures> geojson_;
    std::vector<WorldFeatures> clusters_;  ///< by zoom, where the source is clustered
    std::uint32_t deepest_ = 22;
    std::unordered_map<Part, Tile, PartHash> tiles_;
};

}  // namespace relief::atlas
