#pragma once
// A tile as the command line asks for it: words to an order that can be drawn or explained.

#include "server/command/stored_layer.hpp"
#include "tiler/core/tile_id.hpp"
#include "tiler/encode/empty_images.hpp"
#include "tiler/pipeline/make_tile.hpp"
#include "tiler/source/raster_reader.hpp"
#include "tiler/style/raster_style.hpp"
#include "tiler/text/text.hpp"

#include <CLI/App.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace relief::command {

struct TileWords {
    std::string id, tile, against, style, filter;
    /// aggregate, cell, by, sum: how points are told by their number.
    std::vector<std::pair<std::string, std::string>> counting;
    ViewWords view;
    int size = 256;
    style::RasterWords words;
};

/// ID, Z/X/Y and the options that say what a tile shows. `words` outlives the app's parsing.
void add_tile_words(CLI::App& verb, const std::shared_ptr<TileWords>& words);

/// Errors: not_found when there is no such tile.
Result<TileId> tile_of(const TileWords& words);

struct TileOrder {
    explicit TileOrder(workspace::Layer shown) : layer(std::move(shown)) {}

    workspace::Layer layer;
    workspace::View view;  ///< of the layer
    style::RasterWords words;
    style::RasterStyle style;
    TileId::Numbers tile{};
    pipeline::PictureOrder picture;
    std::size_t block_bytes = 0;  ///< for decoded blocks
};

/// Errors: bad_request naming the bad value and the allowed ones; not_found for a layer, a tile or
///         a time; those of the workspace. By pointer: the view looks into the layer.
Result<std::unique_ptr<TileOrder>> tile_order(const Context& context, const TileWords& words);

/// What drawing one tile needs, for as long as it is drawn.
class TileWorkshop {
public:
    explicit TileWorkshop(const TileOrder& order);
    pipeline::Workshop workshop() const noexcept {
        return {reader_, empty_images_, fonts_ ? &*fonts_ : nullptr};
    }

private:
    source::RasterReader reader_;
    encode::EmptyImages empty_images_;
    std::optional<text::Fonts> fonts_;
};

/// Errors: bad_request for a name that does not end as pictures do.
Result<encode::ImageFormat> format_of_name(const std::string& output);

/// "png", "webp", "jpg".
std::string_view name_of(encode::ImageFormat format) noexcept;

}  // namespace relief::command
