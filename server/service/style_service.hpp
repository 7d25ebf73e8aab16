#pragma once
// Tiles and images that are drawn by a style.

#include "server/service/feature_words.hpp"
#include "server/service/open_styles.hpp"
#include "server/service/sheets.hpp"
#include "server/service/surface_picture.hpp"
#include "server/service/tile_service.hpp"
#include "server/service/visible_style.hpp"
#include "tiler/symbology/view.hpp"

#include <mutex>
#include <set>
#include <string>
#include <vector>

namespace relief::service {

/// What all that is drawn by a style is asked with.
struct StyleWish {
    VisiblePointer style;
    encode::ImageFormat format = encode::ImageFormat::png;
    Audience audience;
    Deadline deadline;
    FeatureAsk features{};  ///< which of the features of its layers
};

/// One tile: 256 pixels of the map as it is at the zoom before, whose tiles are 512 style pixels
/// wide; 512 pixels show the same in twice the density.
// NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init): there is no TileId without numbers
struct StyleTileOrder {
    StyleWish wish;
    TileId tile;
    int side = 256;  ///< 256 or 512 pixels
};

/// One image of any place.
struct StyleImageOrder {
    StyleWish wish;
    symbology::View view;
};

cache::TileKey key_of(const StyleTileOrder& order);
cache::TileKey key_of(const StyleImageOrder& order);

/// Any thread. Tiles go through the caches, the flights and the pool of the tile service. Where a
/// cache can keep them, neighbours that are waited for are drawn together with all between them;
/// where words are placed, which looks far around each tile, a sheet of 4 × 4 tiles (2 × 2 of 512
/// pixels) is.
class StyleService {
public:
    StyleService(TileService& tiles,
                 const DrawingRoom& room,
                 const text::Fonts* fonts,
                 ops::Log& log);

    /// As TileService::get(). Errors: bad_request too, for what cannot be drawn.
    void get(const StyleTileOrder& order, const TileCallback& callback);
    void get(const StyleImageOrder& order, const TileCallback& callback);

    /// On the caller's thread, through no cache: for what is small, as a legend's samples.
    /// Errors: as get(); those of opening the style.
    Result<canvas::Surface> draw_now(const StyleWish& wish, const symbology::View& view);

private:
    struct Drawn {
        canvas::Surface surface;
        bool incomplete = false;
        bool coarser = false;  ///< somewhere in it, as of CachedTile
    };
    Result<Drawn> draw(const StyleWish& wish, const symbology::View& view);
    Result<cache::TilePointer> encoded(const StyleWish& wish,
                                       const cache::TileKey& key,
                                       const Drawn& drawn,
                                       const SurfacePart& part) const;
    struct Sheet;
    Sheet sheet_of(const StyleTileOrder& order) const;
    void draw_sheet(const Sheet& sheet);
    void draw_cells(const Sheet& sheet, const std::vector<std::size_t>& wanted);
    std::vector<std::size_t> still_wanted(const Sheet& sheet,
                                          const std::vector<std::size_t>& cells);
    void land(const Sheet& sheet, const std::vector<std::size_t>& cells, const Error& error);
    void tell(const StyleWish& wish, const atlas::Warnings& warnings, std::size_t known);

    TileService& tiles_;
    const encode::EmptyImages& empty_images_;
    OpenStyles open_;
    ops::Log& log_;
    Sheets sheets_;
    std::mutex mutex_;
    std::set<std::string> told_;  ///< warnings that the log has
};

}  // namespace relief::service
