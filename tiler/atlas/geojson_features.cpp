#include "tiler/atlas/geojson_features.hpp"

#include "tiler/atlas/simplify_marks.hpp"

#include <nlohmann/json.hpp>

#include <cmath>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

namespace relief::atlas {
namespace {

using Json = nlohmann::json;
using symbology::WorldPlace;

const Json* member(const Json& object, const char* name) {
    if (!object.is_object()) return nullptr;
    const auto found = object.find(name);
    return found == object.end() ? nullptr : &*found;
}

std::string_view type_of(const Json& object) {
    const Json* const type = member(object, "type");
    return type != nullptr && type->is_string()
               ? std::string_view(type->get_ref<const std::string&>())
               : std::string_view();
}

double twice_area(std::span<const WorldPlace> ring) {
    double sum = 0;
    for (std::size_t i = 0; i + 1 < ring.size(); ++i)
        sum += (ring[i].x - ring[0].x) * (ring[i + 1].y - ring[0].y) -
               (ring[i + 1].x - ring[0].x) * (ring[i].y - ring[0].y);
    return sum;
}

class Reader {
public:
    explicit Reader(GeoJsonWish wish) : wish_(std::move(wish)) {}

    Result<WorldFeatures> read(const Json& document) {
        if (type_of(document) == "FeatureCollection") {
            const Json* const list = member(document, "features");
            if (list == nullptr || !list->is_array())
                return bad_request("a FeatureCollection has a list of features");
            for (const Json& feature : *list) read_feature(feature);
        } else if (type_of(document) == "Feature") {
            read_feature(document);
        } else {
            read_geometry(document, nullptr, 0);
        }
        if (problem_) return std::move(*problem_);
        return std::move(out_);
    }

private:
    void fail(const std::string& what) {
        if (!problem_)
            problem_ =
                bad_request("feature " + std::to_string(number_) + " (counted from 1): " + what);
    }

    void read_feature(const Json& feature) {
        ++number_;
        if (problem_) return;
        const Json* const geometry = member(feature, "geometry");
        if (type_of(feature) != "Feature" || geometry == nullptr)
            return fail("a Feature with a geometry is needed");
        if (!geometry->is_null()) read_geometry(*geometry, &feature, 0);
    }

    // NOLINTNEXTLINE(misc-no-recursion): collections within each other are held to a depth
    void read_geometry(const Json& geometry, const Json* feature, int depth) {
        const std::string_view type = type_of(geometry);
        if (type == "GeometryCollection") {
            const Json* const list = member(geometry, "geometries");
            if (list == nullptr || !list->is_array() || depth > 8)
                return fail(
                    "a GeometryCollection has a list of geometries, at most 8 within each "
                    "other");
            for (const Json& part : *list) read_geometry(part, feature, depth + 1);
            return;
        }
        const Json* const coordinates = member(geometry, "coordinates");
        if (coordinates == nullptr || !coordinates->is_array())
            return fail("a geometry has coordinates");
        begin(feature);
        if (!read_coordinates(type, *coordinates))
            return fail("its geometry of type \"" + std::string(type) + "\" is no GeoJSON");
        end(feature);
    }

    bool read_coordinates(std::string_view type, const Json& coordinates) {
        WorldFeature& feature = out_.features.back();
        const auto each = [&](auto&& read) {
            return std::all_of(coordinates.begin(), coordinates.end(), read);
        };
        if (type == "Point") return read_points(Json::array({coordinates}));
        if (type == "MultiPoint") return read_points(coordinates);
        feature.kind = GeometryKind::line;
        if (type == "LineString") return read_line(coordinates);
        if (type == "MultiLineString")
            return each([&](const Json& line) { return read_line(line); });
        feature.kind = GeometryKind::area;
        if (type == "Polygon") return read_area(coordinates);
        return type == "MultiPolygon" && each([&](const Json& area) { return read_area(area); });
    }

    bool read_points(const Json& list) {
        if (list.empty()) return true;
        const std::size_t first = out_.points.size();
        const bool good = read_positions(list);
        out_.importance.resize(out_.points.size());
        add_path(first);
        return good;
    }

    bool read_line(const Json& list) {
        const std::size_t first = out_.points.size();
        if (!read_positions(list)) return false;
        mark(first);
        if (out_.points.size() - first >= 2) add_path(first);
        return true;
    }

    bool read_area(const Json& rings) {
        if (!rings.is_array()) return false;
        for (std::size_t i = 0; i < rings.size(); ++i) {
            const std::size_t first = out_.points.size();
            if (!read_positions(rings[i])) return false;
            if (out_.points.size() > first && (out_.points[first].x != out_.points.back().x ||
                                               out_.points[first].y != out_.points.back().y))
                out_.points.push_back(out_.points[first]);
            const std::span<WorldPlace> ring(out_.points.data() + first,
                                             out_.points.size() - first);
            if ((twice_area(ring) > 0) != (i == 0)) std::reverse(ring.begin(), ring.end());
            mark(first);
            if (ring.size() >= 4) add_path(first);
        }
        return true;
    }

    bool read_positions(const Json& list) {
        if (!list.is_array()) return false;
        return std::all_of(list.begin(), list.end(), [&](const Json& position) {
            if (!position.is_array() || position.size() < 2 || !position[0].is_number() ||
                !position[1].is_number())
                return false;
            const LonLat place{position[0].get<double>(), position[1].get<double>()};
            if (!std::isfinite(place.longitude) || std::abs(place.longitude) > 1e6) return false;
            out_.points.push_back(symbology::world_place(place));
            out_.features.back().extent.add(out_.points.back());
            return true;
        });
    }

    void mark(std::size_t first) {
        mark_importance({out_.points.data() + first, out_.points.size() - first}, marks_);
        out_.importance.insert(out_.importance.end(), marks_.begin(), marks_.end());
    }

    void add_path(std::size_t first) {
        out_.paths.push_back({static_cast<std::uint32_t>(first),
                              static_cast<std::uint32_t>(out_.points.size() - first)});
    }

    void begin(const Json* feature) {
        WorldFeature made;
        made.first_path = static_cast<std::uint32_t>(out_.paths.size());
        made.first_tag = static_cast<std::uint32_t>(out_.tags.size());
        made.id = id_of(feature);
        out_.features.push_back(made);
    }

    void end(const Json* feature) {
        WorldFeature& made = out_.features.back();
        made.paths = static_cast<std::uint32_t>(out_.paths.size()) - made.first_path;
        if (made.paths == 0) return out_.features.pop_back();
        const Json* const properties =
            feature == nullptr ? nullptr : member(*feature, "properties");
        if (properties != nullptr && properties->is_object())
            for (const auto& [name, value] : properties->items()) add_tag(name, value);
        made.tags = static_cast<std::uint32_t>(out_.tags.size()) - made.first_tag;
    }

    std::uint64_t id_of(const Json* feature) const {
        if (wish_.number_features) return number_;
        const Json* id = feature == nullptr ? nullptr : member(*feature, "id");
        if (!wish_.id_property.empty() && feature != nullptr) {
            const Json* const properties = member(*feature, "properties");
            id = properties == nullptr ? nullptr : member(*properties, wish_.id_property.c_str());
        }
        return id != nullptr && id->is_number_unsigned() ? id->get<std::uint64_t>() : 0;
    }

    void add_tag(const std::string& name, const Json& value) {
        if (value.is_null()) return;
        const auto [key, is_new] =
            key_numbers_.emplace(name, static_cast<std::uint32_t>(out_.keys.size()));
        if (is_new) out_.keys.push_back(name);
        const auto [number, fresh] = value_numbers_.emplace(
            attribute_of(value), static_cast<std::uint32_t>(out_.values.size()));
        if (fresh) out_.values.push_back(number->first);
        out_.tags.push_back(key->second);
        out_.tags.push_back(number->second);
    }

    static AttributeValue attribute_of(const Json& value) {
        if (value.is_boolean()) return value.get<bool>();
        if (value.is_number()) return value.get<double>();
        if (value.is_string()) return value.get<std::string>();
        return value.dump(-1, ' ', false, Json::error_handler_t::replace);
    }

    GeoJsonWish wish_;
    WorldFeatures out_;
    std::optional<Error> problem_;
    std::uint64_t number_ = 0;
    std::vector<double> marks_;
    std::map<std::string, std::uint32_t, std::less<>> key_numbers_;
    std::map<AttributeValue, std::uint32_t> value_numbers_;
};

}  // namespace

Result<WorldFeatures> world_features(const Json& document, const GeoJsonWish& wish) {
    return Reader(wish).read(document);
}

}  // namespace relief::atlas
