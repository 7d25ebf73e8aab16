#include "tiler/stylesheet/source.hpp"

#include "tiler/stylesheet/feature_rules.hpp"
#include "tiler/stylesheet/suggestion.hpp"

#include <nlohmann/json.hpp>

#include <limits>
#include <span>
#include <utility>

namespace relief::stylesheet {
namespace {

constexpr double endless = std::numeric_limits<double>::infinity();
constexpr double deepest_source = 30;

constexpr std::array<std::string_view, 16> geojson_members{"type",
                                                           "data",
                                                           "maxzoom",
                                                           "minzoom",
                                                           "attribution",
                                                           "buffer",
                                                           "filter",
                                                           "tolerance",
                                                           "cluster",
                                                           "clusterRadius",
                                                           "clusterMaxZoom",
                                                           "clusterMinPoints",
                                                           "clusterProperties",
                                                           "lineMetrics",
                                                           "generateId",
                                                           "promoteId"};

/// One source while it is read.
class SourceReader {
public:
    SourceReader(const Json& json, JsonPath path, ProblemList& problems)
        : json_(&json), path_(std::move(path)), problems_(&problems) {}

    std::optional<Source> read() {
        const auto type = read_type();
        if (!type) return std::nullopt;
        source_.type = *type;
        source_.attribution = text("attribution");
        switch (*type) {
            case SourceType::vector:
            case SourceType::raster:
            case SourceType::raster_dem: read_tiles(); break;
            case SourceType::geojson: read_geojson(); break;
            case SourceType::image: read_image(); break;
            case SourceType::video:
                problems_->note(path_, "a video is not drawn; its layers are left out");
                break;
        }
        return good_ ? std::optional(std::move(source_)) : std::nullopt;
    }

private:
    void fail(const JsonPath& path, const std::string& message) {
        problems_->error(path, message);
        good_ = false;
    }

    std::string text(std::string_view name) {
        return problems_->text(*json_, name, path_).value_or("");
    }

    double number(const ProblemList::NumberMember& member, double usual) {
        return problems_->number(*json_, member, path_).value_or(usual);
    }

    std::optional<SourceType> read_type() {
        if (!json_->is_object()) {
            fail(path_, "a source is an object with a \"type\"");
            return std::nullopt;
        }
        const auto type = problems_->text(*json_, "type", path_);
        const auto known = type ? find_name<SourceType>(source_type_names, *type) : std::nullopt;
        if (!known)
            fail(path_ / "type",
                 "the type of a source is one of " + listed(source_type_names) +
                     (type ? did_you_mean(*type, source_type_names) : ""));
        return known;
    }

    void read_tiles() {
        source_.url = text("url");
        read_addresses();
        if (source_.url.empty() && source_.tiles.empty())
            fail(path_,
                 "the source has neither \"url\", the address of a TileJSON, nor \"tiles\", a list "
                 "of addresses with {z}, {x} and {y}");
        source_.minzoom = number({"minzoom", {0, deepest_source}}, 0);
        source_.maxzoom = number({"maxzoom", {0, deepest_source}}, 22);
        if (source_.minzoom > source_.maxzoom) fail(path_ / "minzoom", "minzoom is above maxzoom");
        source_.tile_size = number({"tileSize", {1, 4096}}, 512);
        read_bounds();
        read_scheme();
        if (source_.type == SourceType::raster_dem) read_encoding();
    }

    void read_addresses() {
        const Json* const list = find_member(*json_, "tiles");
        if (list == nullptr) return;
        if (!list->is_array()) {
            fail(path_ / "tiles", "tiles is " + std::string(sort_of(*list)) + "; a list is needed");
            return;
        }
        for (std::size_t i = 0; i < list->size(); ++i) {
            if ((*list)[i].is_string())
                source_.tiles.push_back((*list)[i].get<std::string>());
            else
                fail(path_ / "tiles" / i, "an address is a text");
        }
    }

    void read_bounds() {
        const Json* const list = find_member(*json_, "bounds");
        if (list == nullptr) return;
        const auto place = path_ / "bounds";
        if (!list->is_array() || list->size() != 4) {
            fail(place, "bounds are [west, south, east, north] in degrees");
            return;
        }
        for (std::size_t i = 0; i < 4; ++i) {
            if ((*list)[i].is_number())
                source_.bounds[i] = (*list)[i].get<double>();
            else
                fail(place / i, "bounds are numbers, in degrees");
        }
    }

    void read_scheme() {
        const std::string scheme = text("scheme");
        source_.tms = scheme == "tms";
        if (!scheme.empty() && scheme != "xyz" && scheme != "tms")
            fail(path_ / "scheme", "the scheme is xyz or tms");
    }

    void read_encoding() {
        const std::string encoding = text("encoding");
        if (encoding == "terrarium") source_.encoding = {256, 1, 1 / 256.0, -32768};
        if (encoding == "custom")
            source_.encoding = {number({"redFactor", {-endless, endless}}, 1),
                                number({"greenFactor", {-endless, endless}}, 1),
                                number({"blueFactor", {-endless, endless}}, 1),
                                -number({"baseShift", {-endless, endless}}, 0)};
        if (!encoding.empty() && encoding != "mapbox" && encoding != "terrarium" &&
            encoding != "custom")
            fail(path_ / "encoding", "the encoding is mapbox, terrarium or custom");
    }

    void read_geojson() {
        const Json* const data = find_member(*json_, "data");
        if (data != nullptr && data->is_string())
            source_.document_url = data->get<std::string>();
        else if (data != nullptr && data->is_object())
            source_.document = std::make_shared<const Json>(*data);
        else
            fail(path_ / "data", "data is needed: a GeoJSON object, or the address of one");
        source_.maxzoom = number({"maxzoom", {0, deepest_source}}, 18);
        source_.tolerance = number({"tolerance", {0, endless}}, source_.tolerance);
        source_.buffer = number({"buffer", {0, 512}}, source_.buffer);
        source_.line_metrics = truth("lineMetrics");
        source_.generate_id = truth("generateId");
        if (const Json* const id = find_member(*json_, "promoteId");
            id != nullptr && id->is_string())
            source_.promote_id = id->get<std::string>();
        source_.cluster = truth("cluster");
        constexpr double side_of_tile = 512;
        source_.cluster_radius =
            number({"clusterRadius", {0, side_of_tile}}, source_.cluster_radius);
        source_.cluster_maxzoom =
            problems_->number(*json_, {"clusterMaxZoom", {0, deepest_source}}, path_);
        source_.cluster_least_points = number({"clusterMinPoints", {1, endless}}, 2);
        source_.rules =
            std::make_shared<const FeatureRules>(read_feature_rules(*json_, path_, *problems_));
        problems_->note_unknown(*json_, geojson_members, path_);
    }

    bool truth(std::string_view name) {
        return problems_->truth(*json_, name, path_).value_or(false);
    }

    void read_image() {
        source_.url = text("url");
        if (source_.url.empty()) fail(path_ / "url", "an image needs the address of its picture");
        const Json* const list = find_member(*json_, "coordinates");
        if (list == nullptr || !list->is_array() || list->size() != 4) {
            fail(path_ / "coordinates",
                 "coordinates are the four corners [longitude, latitude], from the top left "
                 "clockwise");
            return;
        }
        for (std::size_t i = 0; i < 4; ++i) read_corner((*list)[i], i);
    }

    void read_corner(const Json& corner, std::size_t index) {
        if (corner.is_array() && corner.size() == 2 && corner[0].is_number() &&
            corner[1].is_number())
            source_.corners[index] = {corner[0].get<double>(), corner[1].get<double>()};
        else
            fail(path_ / "coordinates" / index, "a corner is [longitude, latitude] in degrees");
    }

    const Json* json_;
    JsonPath path_;
    ProblemList* problems_;
    Source source_;
    bool good_ = true;
};

}  // namespace

std::optional<Source> read_source(const Json& json, const JsonPath& path, ProblemList& problems) {
    return SourceReader(json, path, problems).read();
}

}  // namespace relief::stylesheet
