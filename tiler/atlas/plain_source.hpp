#pragma once
// What opening a source needs and tells, whatever it holds.

#include "tiler/atlas/address.hpp"
#include "tiler/atlas/house_layers.hpp"
#include "tiler/core/bytes.hpp"
#include "tiler/stylesheet/source.hpp"
#include "tiler/symbology/view.hpp"
#include "tiler/text/text.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace relief::atlas {

/// What whoever draws may read.
struct Access {
    HouseLayers* layers = nullptr;       ///< null: relief:// leads nowhere
    bool files = false;                  ///< file:// may be read
    const text::Fonts* fonts = nullptr;  ///< null: those of the machine are sought when needed
    /// Names of the attributes that the style looks at; all when not given.
    std::optional<std::vector<std::string>> attributes{};
};

/// What could not be had, for whoever looks at the picture.
using Warnings = std::vector<std::string>;

/// A source with its address read and, where that is a TileJSON, filled up from it.
struct PlainSource {
    std::string name;
    stylesheet::Source stated;
    std::string address_text;  ///< with {z}, {x}, {y}
    Address address;
    Access access;
};

/// Errors: bad_request naming the source, for addresses that may not be read or are of no known
///         kind, and TileJSON that is broken; not_found for a layer or TileJSON that is not there.
Result<PlainSource> plain_source(const std::string& name,
                                 const stylesheet::Source& stated,
                                 const Access& access);

/// The same address rules for something that is no tile: a GeoJSON, an image, a sprite. What this
/// house answers for its styles, /styles/…, is read from it.
/// Errors: those of plain_source(); those of reading.
Result<Bytes> read_address(const std::string& text, const Access& access, std::size_t most);

/// The tile's file. Errors: not_found where there is none; those of reading.
Result<Bytes> read_tile(const PlainSource& source, const TileId& tile, double ratio);

/// Of the layer, when the source is one of the house.
const LayerAddress* house_layer(const PlainSource& source) noexcept;

/// Whether the tile lies, in part, within the source's bounds.
bool within_bounds(const stylesheet::Source& source, const TileId& tile) noexcept;

/// As many tiles of a source as are read for one layer of a picture.
inline constexpr std::size_t most_tiles = 4096;

struct TilesWish {
    const symbology::ViewFrame& frame;
    symbology::TileLevels levels;
    double margin = 0;  ///< pixels around the picture
};

/// The tiles that a view shows of the source. Where these are more than `most_tiles`, none, with a
/// warning: a part of them would look like a whole picture.
std::vector<symbology::TileSquare> tiles_of(const PlainSource& source,
                                            const TilesWish& wish,
                                            Warnings& warnings);

/// "source "roads": what happened".
std::string warning_of(const std::string& source, const Error& error);

}  // namespace relief::atlas
