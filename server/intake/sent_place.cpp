#include "server/intake/sent_place.hpp"

#include "tiler/report/text.hpp"

#include <charconv>
#include <cmath>
#include <optional>

namespace relief::intake {
namespace {

using PlaceJson = nlohmann::json;

struct Axis {
    const char* name;
    double most;
};
constexpr Axis longitude{"longitude", 180};
constexpr Axis latitude{"latitude", 90};

/// `field` names it in a failure.
Result<double> in_range(double degrees, const Axis& axis, const std::string& field) {
    if (std::isfinite(degrees) && std::abs(degrees) <= axis.most) return degrees;
    const std::string most = std::to_string(static_cast<int>(axis.most));
    return bad_request(field + ": " + PlaceJson(degrees).dump() + " is no " + axis.name +
                       "; allowed: -" + most + " to " + most + " degrees");
}

Result<double> coordinate(const PlaceJson& value, const Axis& axis, const std::string& field) {
    if (value.is_number()) return in_range(value.get<double>(), axis, field);
    return bad_request(field + ": " + as_sent(value) + " is no number; it is to be the " +
                       axis.name + " in degrees");
}

Result<double> coordinate(const std::optional<std::string>& text,
                          const Axis& axis,
                          const std::string& field) {
    if (!text)
        return bad_request(field + " is missing; it is to be the " + axis.name + " in degrees");
    const std::string_view trimmed = report::trimmed(*text);
    double degrees = 0;
    const auto [end, error] =
        std::from_chars(trimmed.data(), trimmed.data() + trimmed.size(), degrees);
    if (error == std::errc{} && end == trimmed.data() + trimmed.size())
        return in_range(degrees, axis, field);
    return bad_request(field + ": " + in_marks(*text) + " is no number; it is to be the " +
                       axis.name + " in degrees");
}

}  // namespace

std::string in_marks(std::string_view text) {
    return '"' + report::shown(text) + '"';
}

std::string as_sent(const PlaceJson& value) {
    if (value.is_string()) return in_marks(value.get_ref<const std::string&>());
    constexpr std::size_t longest = 60;
    return value.dump(-1, ' ', false, PlaceJson::error_handler_t::replace).substr(0, longest);
}

Result<report::Place> place_of_geometry(const PlaceJson& feature) {
    const auto geometry = feature.find("geometry");
    if (geometry == feature.end() || !geometry->is_object())
        return bad_request(
            "geometry is missing; a report has a place: {\"type\": \"Point\", \"coordinates\": "
            "[longitude, latitude]}");
    const auto type = geometry->find("type");
    if (type == geometry->end() || *type != "Point")
        return bad_request(
            "geometry.type: " + (type == geometry->end() ? "nothing" : as_sent(*type)) +
            " is not what a report has; allowed: \"Point\"");
    const auto pair = geometry->find("coordinates");
    if (pair == geometry->end() || !pair->is_array() || pair->size() < 2 || pair->size() > 3)
        return bad_request("geometry.coordinates are to be [longitude, latitude]");
    const auto east = coordinate((*pair)[0], longitude, "geometry.coordinates[0]");
    if (!east) return east.error();
    const auto north = coordinate((*pair)[1], latitude, "geometry.coordinates[1]");
    if (!north) return north.error();
    return report::Place{*east, *north};
}

Result<report::Place> place_of_form(const Fields& fields) {
    const auto east = coordinate(value_of(fields, "lon"), longitude, "lon");
    if (!east) return east.error();
    const auto north = coordinate(value_of(fields, "lat"), latitude, "lat");
    if (!north) return north.error();
    return report::Place{*east, *north};
}

}  // namespace relief::intake
