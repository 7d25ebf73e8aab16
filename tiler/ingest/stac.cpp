#include "tiler/ingest/stac.hpp"

#include "tiler/workspace/file_names.hpp"
#include "tiler/workspace/scene.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

namespace relief::ingest {
namespace {

using Json = nlohmann::json;
using Event = Json::parse_event_t;

constexpr int deepest = 8;
constexpr std::size_t longest_href = 4096;
constexpr double most_priority = 1e6;

/// Members that are large and say nothing here.
constexpr std::array<std::string_view, 8> unread{
    "geometry", "bbox", "links", "eo:bands", "raster:bands", "bands", "proj:geometry", "proj:bbox"};

/// Leaves out what is not read while the text passes by, so that a document costs little more than
/// its bytes.
bool is_read(int depth, Event event, const Json& parsed) {
    if (depth > deepest) return false;
    if (event != Event::key || !parsed.is_string()) return true;
    const auto& name = parsed.get_ref<const std::string&>();
    return std::find(unread.begin(), unread.end(), name) == unread.end();
}

const Json* member(const Json& object, const char* name) {
    if (!object.is_object()) return nullptr;
    const auto found = object.find(name);
    return found == object.end() ? nullptr : &*found;
}

std::string text_of(const Json& object, const char* name) {
    const Json* found = member(object, name);
    return found != nullptr && found->is_string() ? found->get<std::string>() : std::string();
}

std::optional<double> number_of(const Json& object, const char* name) {
    const Json* found = member(object, name);
    if (found == nullptr || !found->is_number()) return std::nullopt;
    const auto value = found->get<double>();
    return std::isfinite(value) ? std::optional(value) : std::nullopt;
}

bool has_role(const Json& asset, std::string_view role) {
    const Json* roles = member(asset, "roles");
    return roles != nullptr && roles->is_array() &&
           std::any_of(roles->begin(), roles->end(), [&](const Json& one) {
               return one.is_string() && one.get_ref<const std::string&>() == role;
           });
}

bool is_raster(const Json& asset) {
    for (const std::string_view role : {"thumbnail", "overview", "metadata"}) {
        if (has_role(asset, role)) return false;
    }
    const std::string type = text_of(asset, "type");
    for (const std::string_view known : {"image/tiff",
                                         "image/vnd.stac.geotiff",
                                         "image/jp2",
                                         "application/x-netcdf",
                                         "application/netcdf",
                                         "application/wmo-GRIB2"}) {
        if (type.starts_with(known)) return true;
    }
    return type.empty() && workspace::is_raster_name(text_of(asset, "href"));
}

std::string listed(const std::vector<std::string>& keys) {
    constexpr std::size_t most = 8;
    std::string list;
    for (std::size_t i = 0; i < keys.size() && i < most; ++i)
        list += (i == 0 ? "" : ", ") + workspace::scene_name_of(keys[i]);
    return keys.size() > most ? list + ", …" : list;
}

std::vector<std::string> keys_where(const Json& assets, bool (*holds)(const Json&)) {
    std::vector<std::string> keys;
    for (const auto& [key, asset] : assets.items()) {
        if (asset.is_object() && holds(asset)) keys.push_back(key);
    }
    return keys;
}

/// Errors: bad_request naming the assets there are.
Result<std::string> chosen_asset(const Json& assets, const std::string& wanted) {
    if (!wanted.empty()) {
        if (assets.contains(wanted)) return wanted;
        return bad_request("it has no asset \"" + workspace::scene_name_of(wanted) + "\"");
    }
    const auto rasters = keys_where(assets, is_raster);
    if (rasters.size() == 1) return rasters.front();
    if (rasters.empty()) return bad_request("it has no raster among its assets");
    const auto data = keys_where(
        assets, [](const Json& asset) { return is_raster(asset) && has_role(asset, "data"); });
    if (data.size() == 1) return data.front();
    for (const char* usual : {"data", "image", "visual", "analytic", "cog", "default"}) {
        if (std::find(rasters.begin(), rasters.end(), usual) != rasters.end())
            return std::string(usual);
    }
    return bad_request("it has several rasters; say which with --asset: " + listed(rasters));
}

Result<std::string> href_of(const Json& item, const std::string& wanted) {
    const Json* assets = member(item, "assets");
    if (assets == nullptr || !assets->is_object()) return bad_request("it has no assets");
    auto key = chosen_asset(*assets, wanted);
    if (!key) return key;
    std::string href = text_of((*assets)[*key], "href");
    const bool written = !href.empty() && href.size() <= longest_href &&
                         std::none_of(href.begin(), href.end(), [](unsigned char c) {
                             return c < 0x20 || c == 0x7f;
                         });
    if (!written) return bad_request("its asset has no href that could be followed");
    return href;
}

Result<std::optional<InstantRange>> time_of(const Json& properties) {
    std::string text = text_of(properties, "datetime");
    if (text.empty()) {
        text = text_of(properties, "start_datetime");
        const std::string end = text_of(properties, "end_datetime");
        if (text.empty()) return std::optional<InstantRange>();
        if (!end.empty()) text += "/" + end;
    }
    const auto range = parse_observed(text);
    if (!range)
        return bad_request("its datetime \"" + workspace::scene_name_of(text) + "\" is no time");
    return std::optional(*range);
}

Result<StacItem> item_of(const Json& item, const std::string& wanted) {
    StacItem result;
    result.name = workspace::scene_name_of(text_of(item, "id"));
    if (text_of(item, "id").empty()) return bad_request("it has no id");
    const Json* properties = member(item, "properties");
    if (properties == nullptr) return bad_request("it has no properties");
    const auto time = time_of(*properties);
    if (!time) return time.error();
    result.time = *time;
    if (const auto cloud = number_of(*properties, "eo:cloud_cover")) {
        if (*cloud < 0 || *cloud > 100)
            return bad_request("its eo:cloud_cover is not between 0 and 100");
        result.cloud = static_cast<std::int32_t>(std::lround(*cloud * 100));
    }
    if (const auto priority = number_of(*properties, "relief:priority"))
        result.priority = static_cast<std::int32_t>(
            std::lround(std::clamp(*priority, -most_priority, most_priority)));
    auto href = href_of(item, wanted);
    if (!href) return href.error();
    result.href = *std::move(href);
    return result;
}

bool is_item(const Json& item) {
    return text_of(item, "type") == "Feature";
}

Result<void> check_version(const Json& item, const std::string& of_collection) {
    const std::string own = text_of(item, "stac_version");
    const std::string& version = own.empty() ? of_collection : own;
    if (version.starts_with("1.")) return {};
    if (version.empty()) return bad_request("it has no stac_version: it is no STAC item");
    return bad_request("it is of STAC " + workspace::scene_name_of(version) + "; 1.0 is read");
}

struct Collection {
    std::string version;  ///< for items without one of their own
    std::string asset;    ///< that is wanted of each
};

void take(const Json& item, const Collection& collection, StacItems& result) {
    auto read = is_item(item) ? Result<StacItem>(bad_request(""))
                              : Result<StacItem>(bad_request("it is no GeoJSON feature"));
    if (is_item(item)) {
        const auto known = check_version(item, collection.version);
        read = known ? item_of(item, collection.asset) : Result<StacItem>(known.error());
    }
    if (read) {
        result.items.push_back(*std::move(read));
    } else {
        result.refused.emplace_back(workspace::scene_name_of(text_of(item, "id")), read.error());
    }
}

}  // namespace

Result<StacItems> parse_items(std::string_view text, const std::string& asset) {
    if (text.size() > stac_longest)
        return bad_request("the document is larger than 128 MB; divide it");
    const Json document = Json::parse(text, is_read, false);
    if (!document.is_object()) return bad_request("it is no JSON object");
    StacItems result;
    if (is_item(document)) {
        take(document, {{}, asset}, result);
        return result;
    }
    const Json* features = member(document, "features");
    if (text_of(document, "type") != "FeatureCollection" || features == nullptr ||
        !features->is_array())
        return bad_request(
            "it is neither a STAC ItemCollection (a FeatureCollection of items) nor an Item");
    if (features->size() > stac_most_items)
        return bad_request("it holds " + std::to_string(features->size()) +
                           " items; at most 10000 are read at once");
    const Collection collection{text_of(document, "stac_version"), asset};
    for (const Json& item : *features) take(item, collection, result);
    return result;
}

}  // namespace relief::ingest
