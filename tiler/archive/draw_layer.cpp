#include "tiler/archive/draw_layer.hpp"

#include "tiler/geo/mercator.hpp"

#include <utility>

namespace relief::archive {

DrawTile draw_layer(const LayerDrawing& drawing) {
    return [drawing](const TileId& tile) -> Result<DrawnTile> {
        pipeline::PictureOrder order;
        order.box = geo::mercator_box_of(tile);
        order.size = {256, 256};
        order.format = drawing.format;
        order.encoding = drawing.encoding;
        order.mosaic = drawing.scenes;
        auto picture =
            pipeline::make_picture(drawing.workshop, drawing.observation, drawing.style, order);
        if (!picture) return picture.error();
        if (drawing.skipped && !picture->skipped.empty()) drawing.skipped(picture->skipped);
        if (drawing.coarser && picture->coarser) drawing.coarser();
        return DrawnTile{std::move(picture->bytes), picture->empty};
    };
}

}  // namespace relief::archive
