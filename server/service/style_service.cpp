#include "server/service/style_service.hpp"

#include "server/service/style_sheet_cells.hpp"
#include "tiler/core/version.hpp"
#include "tiler/symbology/draw_style.hpp"

#include <algorithm>
#include <bit>
#include <utility>

namespace relief::service {
namespace {

/// Part of every key: raised when the same input is drawn with other bytes than before.
constexpr std::string_view styles_version = "s2";

std::string key_start(const StyleWish& wish) {
    std::string text(styles_version);
    text += '|';
    text += wish.audience.key_for(wish.style->level);
    text += '|';
    text += wish.style->style->id;
    text += '|';
    text += wish.style->version;
    text += '|';
    text += encode::media_type(wish.format);
    text += '|';
    if (!wish.features.words.empty()) {
        const std::string words = key_text_of(wish.features.words, wish.features.now);
        text += std::to_string(words.size()) + ':' + words + '|';
    }
    return text;
}

/// All bits: numbers that print alike are not alike.
void append_number(std::string& text, double number) {
    text += std::to_string(std::bit_cast<std::uint64_t>(number));
    text += '/';
}

/// As if not everyone could see it: then it stays in memory.
Sensitivity kept_as(const VisibleStyle& style) {
    return style.live ? std::max(style.level, Sensitivity::moderate) : style.level;
}

/// Where symbols may be placed: each tile looks at the words far around it.
bool places_symbols(const stylesheet::StyleDocument& style, double zoom) {
    return std::any_of(style.layers.begin(), style.layers.end(), [&](const auto& layer) {
        return layer.type == stylesheet::LayerType::symbol && zoom < layer.maxzoom &&
               (layer.minzoom <= 0 || zoom >= layer.minzoom);
    });
}

}  // namespace

cache::TileKey key_of(const StyleTileOrder& order) {
    std::string text = key_start(order.wish);
    for (const std::uint32_t number : {order.tile.zoom(), order.tile.column(), order.tile.row()}) {
        text += std::to_string(number);
        text += '/';
    }
    text += std::to_string(order.side);
    return cache::TileKey(std::move(text));
}

cache::TileKey key_of(const StyleImageOrder& order) {
    const symbology::View& view = order.view;
    std::string text = key_start(order.wish) + "image|";
    for (const double number : {view.centre.x, view.centre.y, view.zoom, view.bearing, view.ratio})
        append_number(text, number);
    text += std::to_string(view.size.width) + 'x' + std::to_string(view.size.height);
    return cache::TileKey(std::move(text));
}

struct StyleService::Sheet {
    StyleTileOrder order;
    SheetCells cells;
    std::string name;

    StyleTileOrder order_of(std::size_t cell) const {
        return {order.wish, cells.tile_of(cell), order.side};
    }
    cache::TileKey key(std::size_t cell) const { return key_of(order_of(cell)); }
};

StyleService::StyleService(TileService& tiles,
                           const DrawingRoom& room,
                           const text::Fonts* fonts,
                           ops::Log& log)
    : tiles_(tiles),
      empty_images_(room.workshop.empty_images),
      open_(room, fonts, 2 * std::size_t{tiles.pool().threads()} + 4),
      log_(log) {}

void StyleService::tell(const StyleWish& wish, const atlas::Warnings& warnings, std::size_t known) {
    constexpr std::size_t most = 1000;
    const std::lock_guard lock(mutex_);
    if (told_.size() > most) told_.clear();
    for (std::size_t i = known; i < warnings.size(); ++i) {
        if (!told_.insert(wish.style->style->id + '|' + warnings[i]).second) continue;
        log_.write(ops::Level::warning,
                   "style-incomplete",
                   {{"style", wish.style->style->id}, {"what", warnings[i]}});
    }
}

Result<StyleService::Drawn> StyleService::draw(const StyleWish& wish, const symbology::View& view) {
    auto open = open_.lend(wish.style, view.ratio);
    if (!open) return open.error();
    atlas::Atlas& atlas = *(*open)->atlas;
    const std::size_t known = atlas.warnings().size();
    (*open)->house->begin(wish.deadline, wish.features);
    auto surface = symbology::draw_style(*(*open)->style->document, view, atlas, wish.deadline);
    // What a source's opening lacks stays so; what a tile lacks may be there another time.
    const bool lacks_tiles = atlas.warnings().size() > known || (*open)->house->incomplete();
    const bool coarser = (*open)->house->coarser();
    tell(wish, atlas.warnings(), 0);
    open_.give_back(std::move(*open));
    if (!surface) return surface.error();
    if (wish.deadline.passed())
        return Error{Fault::out_of_time, "the picture could not be made in time"};
    return Drawn{std::move(*surface), lacks_tiles, coarser};
}

Result<canvas::Surface> StyleService::draw_now(const StyleWish& wish, const symbology::View& view) {
    auto drawn = draw(wish, view);
    if (!drawn) return drawn.error();
    return std::move(drawn->surface);
}

Result<cache::TilePointer> StyleService::encoded(const StyleWish& wish,
                                                 const cache::TileKey& key,
                                                 const Drawn& drawn,
                                                 const SurfacePart& part) const {
    const Picture picture = picture_of(drawn.surface, part);
    const auto format = encode::resolve(wish.format, picture);
    auto tile = std::make_shared<cache::CachedTile>();
    tile->media_type = encode::media_type(format);
    tile->empty = picture.empty;
    tile->incomplete = drawn.incomplete;
    tile->coarser = drawn.coarser;
    tile->modified = wish.style->modified;
    tile->etag = fingerprint(key.text() + (drawn.incomplete ? "|incomplete" : "") +
                             (drawn.coarser ? "|overview" : ""));
    if (picture.empty) {
        auto bytes = empty_images_.of(format, picture.size);
        if (!bytes) return bytes.error();
        tile->bytes = std::move(*bytes);
        return cache::TilePointer(std::move(tile));
    }
    auto bytes = encode::encode(picture, format, {.drawing = true});
    if (!bytes) return bytes.error();
    tile->bytes = std::make_shared<const Bytes>(std::move(*bytes));
    return cache::TilePointer(std::move(tile));
}

void StyleService::get(const StyleImageOrder& order, const TileCallback& callback) {
    const cache::TileKey key = key_of(order);
    // No picture of before stands in: a layer of it may have been hidden since, or be of another
    // date.
    tiles_.get({key,
                {},
                order.wish.deadline,
                order.wish.style->style->id,
                order.wish.style->level,
                [this, order](const cache::TileKey& name) -> Result<cache::TilePointer> {
                    StyleWish wish = order.wish;
                    wish.deadline = Deadline(wish.deadline.end(),
                                             [this, &name] { return tiles_.abandoned(name); });
                    const auto drawn = draw(wish, order.view);
                    if (!drawn) return drawn.error();
                    return encoded(wish, name, *drawn, {0, 0, drawn->surface.size()});
                },
                order.wish.style->live},
               callback);
}

StyleService::Sheet StyleService::sheet_of(const StyleTileOrder& order) const {
    const bool kept = tiles_.caches().memory != nullptr;
    const std::uint32_t side = !kept ? 1 : order.side > 256 ? 2 : 4;
    const SheetCells cells(order.tile, side);
    return {order, cells, key_of(StyleTileOrder{order.wish, cells.tile_of(0), order.side}).text()};
}

void StyleService::get(const StyleTileOrder& order, const TileCallback& callback) {
    const cache::TileKey key = key_of(order);
    if (!tiles_.join(key, order.wish.deadline, callback)) return;
    Sheet sheet = sheet_of(order);
    const std::size_t cell = sheet.cells.cell_of(order.tile);
    if (!sheets_.join(sheet.name, cell)) return;
    const auto shared = std::make_shared<const Sheet>(std::move(sheet));
    if (tiles_.pool().post([this, shared] { draw_sheet(*shared); })) return;
    const Error busy{Fault::too_busy,
                     "the server is drawing as much as it can; ask again in a moment"};
    for (auto cells = sheets_.take(shared->name); !cells.empty();
         cells = sheets_.take(shared->name))
        land(*shared, cells, busy);
}

void StyleService::land(const Sheet& sheet,
                        const std::vector<std::size_t>& cells,
                        const Error& error) {
    for (const std::size_t cell : cells) tiles_.land(sheet.key(cell), error);
}

void StyleService::draw_sheet(const Sheet& sheet) {
    for (auto cells = sheets_.take(sheet.name); !cells.empty(); cells = sheets_.take(sheet.name)) {
        const auto wanted = still_wanted(sheet, cells);
        if (!wanted.empty()) draw_cells(sheet, wanted);
    }
}

/// Those that no cache has and somebody waits for; the others are answered.
std::vector<std::size_t> StyleService::still_wanted(const Sheet& sheet,
                                                    const std::vector<std::size_t>& cells) {
    std::vector<std::size_t> wanted;
    for (const std::size_t cell : cells) {
        const cache::TileKey key = sheet.key(cell);
        if (auto tile = tiles_.kept(key, kept_as(*sheet.order.wish.style)))
            tiles_.land(key, tile);
        else if (!tiles_.land_if_abandoned(key))
            wanted.push_back(cell);
    }
    return wanted;
}

void StyleService::draw_cells(const Sheet& sheet, const std::vector<std::size_t>& wanted) {
    StyleWish wish = sheet.order.wish;
    wish.deadline = Deadline(wish.deadline.end(), [&] {
        return std::all_of(wanted.begin(), wanted.end(), [&](std::size_t cell) {
            return tiles_.abandoned(sheet.key(cell));
        });
    });
    const double zoom = sheet.order.tile.zoom() - 1.0;
    const CellBlock block = places_symbols(*wish.style->document, zoom)
                                ? sheet.cells.whole()
                                : sheet.cells.around(wanted);
    const auto drawn = draw(wish, sheet.cells.view_of(block, sheet.order.side));
    if (!drawn) {
        tiles_.tell_failure(wish.style->style->id, drawn.error());
        return land(sheet, wanted, drawn.error());
    }
    const auto make = [&](std::size_t cell) {
        return encoded(
            wish, sheet.key(cell), *drawn, sheet.cells.part_of(cell, block, sheet.order.side));
    };
    // Those who wait come first.
    for (const std::size_t cell : wanted) {
        const auto tile = make(cell);
        if (tile) tiles_.keep(sheet.key(cell), *tile, kept_as(*wish.style));
        tiles_.land(sheet.key(cell), tile);
    }
    for (const std::size_t cell : sheet.cells.cells_of(block)) {
        if (std::find(wanted.begin(), wanted.end(), cell) != wanted.end()) continue;
        if (const auto tile = make(cell)) tiles_.keep(sheet.key(cell), *tile, kept_as(*wish.style));
    }
}

}  // namespace relief::service
