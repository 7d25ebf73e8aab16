#pragma once
// Where a style says that something lies.

#include "tiler/atlas/house_layers.hpp"
#include "tiler/core/result.hpp"
#include "tiler/core/tile_id.hpp"

#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace relief::atlas {

/// A file of this machine; the path may still hold {z}, {x} and {y}.
struct FileAddress {
    std::string path;
};

/// A layer of this house, or several of features with commas between them, and what is asked of it:
/// "relief://dem?algorithm=hillshade".
struct LayerAddress {
    std::string layer;
    LayerWords words;
};

using Address = std::variant<FileAddress, LayerAddress>;

/// "a,b" to its names.
std::vector<std::string_view> parts_of(std::string_view layers);

/// Reads file:///PATH, relief://LAYER, and /tiles/LAYER/… as this server answers it.
/// Errors: bad_request naming the address and what is allowed.
Result<Address> parse_address(std::string_view text);

// NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init): there is no TileId without numbers
struct TileWords {
    TileId tile;
    bool from_south = false;  ///< rows are counted as TMS does
    double ratio = 1;
};

/// The address with {z}, {x}, {y}, {quadkey}, {ratio} and {prefix} put in.
std::string filled_in(std::string_view text, const TileWords& words);

}  // namespace relief::atlas
