#pragma once
// STAC items as scenes: an ItemCollection, a FeatureCollection of items, or one Item.

#include "tiler/core/result.hpp"
#include "tiler/ingest/add_scenes.hpp"

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace relief::ingest {

inline constexpr std::size_t stac_longest = std::size_t{128} << 20U;  ///< bytes of a document
inline constexpr std::size_t stac_most_items = 10'000;

/// What one item says, before anybody looks for its file.
struct StacItem {
    std::string name;  ///< its id, as a scene's name
    std::string href;  ///< of the chosen asset, as written
    std::optional<InstantRange> time;
    std::optional<std::int32_t> cloud;     ///< eo:cloud_cover, hundredths of a percent
    std::optional<std::int32_t> priority;  ///< relief:priority
};

using Refusal = std::pair<std::string, Error>;  ///< an item's name, and why it is left out

struct StacItems {
    std::vector<StacItem> items;
    std::vector<Refusal> refused;
};

/// `asset`: the key of the asset to take; empty: the only raster one, or the only one with the role
/// "data", or the first of data, image, visual, analytic, cog and default.
/// Time: `datetime`, else from `start_datetime` to `end_datetime`.
/// Errors: bad_request for what is no such document, one of too many items or of another version of
/// STAC than 1; an item that makes no sense costs itself.
/// Source: STAC 1.0.0, item-spec and itemcollection-spec.
Result<StacItems> parse_items(std::string_view text, const std::string& asset);

struct ItemsOrder {
    std::string asset;
    std::vector<std::string> roots;  ///< folders and address prefixes that items may point to
};

struct ItemFiles {
    std::vector<SceneFile> scenes;
    std::vector<Refusal> refused;
};

/// Assets lie in the document's own folder, or below it, or in one of the roots; those that lie
/// elsewhere, and remote ones, are refused with the reason.
/// Errors: not_found, and as parse_items().
Result<ItemFiles> read_items(const std::filesystem::path& file, const ItemsOrder& order);

}  // namespace relief::ingest
