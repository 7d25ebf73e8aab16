#include "tiler/atlas/image_source.hpp"

#include "tiler/decode/image_reader.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace relief::atlas {
namespace {

using stylesheet::SourceType;
using symbology::ImagePiece;
using symbology::WorldPlace;

constexpr std::size_t most_image_bytes = std::size_t{64} << 20U;

std::array<WorldPlace, 4> corners_of(const symbology::TileSquare& square) {
    const double side = std::exp2(-static_cast<double>(square.tile.zoom()));
    const double west = square.tile.column() * side + square.world;
    const double north = square.tile.row() * side;
    return {
        {{west, north}, {west + side, north}, {west + side, north + side}, {west, north + side}}};
}

Result<canvas::Surface> read_image(const stylesheet::Source& stated, const Access& access) {
    const auto bytes = read_address(stated.url, access, most_image_bytes);
    if (!bytes) return bytes.error();
    return decode::decode_image(*bytes);
}

}  // namespace

Result<ImageSource> ImageSource::open(const std::string& name,
                                      const stylesheet::Source& stated,
                                      const Access& access,
                                      Warnings& warnings) {
    if (stated.type != SourceType::image) {
        auto plain = plain_source(name, stated, access);
        if (!plain) return plain.error();
        return ImageSource(std::move(*plain));
    }
    ImageSource source(PlainSource{name, stated, {}, {}, access});
    auto image = read_image(stated, access);
    if (image)
        source.image_ = std::make_shared<const canvas::Surface>(std::move(*image));
    else
        warnings.push_back(warning_of(name, image.error()));
    return source;
}

std::vector<ImagePiece> ImageSource::placed() const {
    std::vector<ImagePiece> pieces;
    if (!image_) return pieces;
    for (const double world : {-1.0, 0.0, 1.0}) {
        ImagePiece piece{image_, {}};
        for (std::size_t i = 0; i < piece.corners.size(); ++i) {
            const auto& corner = source_.stated.corners.at(i);
            piece.corners.at(i) = symbology::world_place({corner[0], corner[1]});
            piece.corners.at(i).x += world;
        }
        pieces.push_back(std::move(piece));
    }
    return pieces;
}

std::vector<ImagePiece> ImageSource::pieces(const symbology::ViewFrame& frame, Warnings& warnings) {
    const stylesheet::Source& stated = source_.stated;
    if (stated.type == SourceType::image) return placed();
    const symbology::TileLevels levels{.lowest = static_cast<std::uint32_t>(stated.minzoom),
                                       .deepest = static_cast<std::uint32_t>(stated.maxzoom),
                                       .side = stated.tile_size,
                                       .rounded = true};
    std::vector<ImagePiece> pieces;
    for (const auto& square : tiles_of(source_, {frame, levels}, warnings))
        if (const Image& image = tile(square.tile, frame.view().ratio, warnings))
            pieces.push_back({image, corners_of(square)});
    return pieces;
}

const ImageSource::Image& ImageSource::tile(const TileId& id, double ratio, Warnings& warnings) {
    const auto known = tiles_.find(id);
    if (known != tiles_.end()) return known->second;
    auto made = read(id, ratio);
    if (!made && made.error().fault != Fault::not_found)
        warnings.push_back(warning_of(source_.name, made.error()));
    Image image = made ? std::make_shared<const canvas::Surface>(std::move(*made)) : nullptr;
    return tiles_.emplace(id, std::move(image)).first->second;
}

Result<canvas::Surface> ImageSource::read(const TileId& id, double ratio) const {
    if (const auto* const house = house_layer(source_)) {
        // As many pixels as the tile is to fill, so that nothing is stretched.
        const double side = std::clamp(source_.stated.tile_size * ratio, 64.0, 2048.0);
        return source_.access.layers->picture(
            house->layer, {id, static_cast<int>(std::lround(side)), ratio, house->words});
    }
    const auto bytes = read_tile(source_, id, ratio);
    if (!bytes) return bytes.error();
    return decode::decode_image(*bytes);
}

}  // namespace relief::atlas
