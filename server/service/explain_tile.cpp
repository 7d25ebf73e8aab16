#include "server/service/explain_tile.hpp"

#include "tiler/geo/mercator.hpp"

#include <utility>

namespace relief::service {
namespace {

std::string_view tier_of(const TileService& tiles, const TileOrder& order) {
    const cache::TileKey key = key_of(order);
    if (tiles.caches().memory && tiles.caches().memory->find(key)) return "memory";
    const bool on_disk = order.layer->sensitivity == Sensitivity::low && tiles.caches().disk;
    return on_disk && tiles.caches().disk->find(key) ? "disk" : "none";
}

}  // namespace

pipeline::PictureOrder picture_order_of(const TileOrder& order) {
    pipeline::PictureOrder picture;
    picture.box = geo::mercator_box_of(order.tile);
    picture.size = {order.side, order.side};
    picture.format = order.format;
    picture.mosaic = order.mosaic;
    picture.ratio = order.side / 256.0;
    picture.against = order.against;
    return picture;
}

Result<ExplainedTile> explain_tile(const TileService& tiles, const TileOrder& order) {
    const workspace::Observation& observation = *order.observation;
    if (!observation.broken.empty()) return source_broken(observation.broken);
    const auto style = style::style_of(drawing_words(*order.layer, order.words, order.mosaic.pick),
                                       pipeline::described(observation, order.mosaic.pick));
    if (!style) return style.error();
    pipeline::PictureOrder picture = picture_order_of(order);
    picture.deadline = order.deadline;
    const std::string_view tier = tier_of(tiles, order);
    auto files = pipeline::plan_picture(tiles.workshop(), observation, *style, picture);
    if (!files) return files.error();
    auto made = pipeline::make_picture(tiles.workshop(), observation, *style, picture);
    if (!made) return made.error();
    return ExplainedTile{std::move(*files), std::move(*made), tier};
}

}  // namespace relief::service
