#include "tiler/report/json_record.hpp"

#include "tiler/report/degrees.hpp"
#include "tiler/report/text.hpp"

#include <string>

namespace relief::report {
namespace {

using Json = nlohmann::json;

const Json& member(const Json& object, const char* name) {
    static const Json none;
    if (!object.is_object()) return none;
    const auto found = object.find(name);
    return found == object.end() ? none : *found;
}

std::string text_of(const Json& value) {
    if (value.is_string()) return value.get<std::string>();
    return value.is_null() ? std::string()
                           : value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

bool is_scalar(const Json& value) {
    return !value.is_object() && !value.is_array() && !value.is_null();
}

/// Texts inside of a nested value are cleaned as others are.
Json cleaned(const Json& value) {
    if (value.is_string())
        return clean_text(value.get_ref<const std::string&>(), Bounds::properties).text;
    if (!value.is_structured()) return value;
    Json copy = value.is_array() ? Json::array() : Json::object();
    for (const auto& [name, inner] : value.items()) {
        // A name of a person does not become harmless inside of another property.
        const Field field = field_of(Format::csv, name).field;
        const bool personal =
            field == Field::contact || field == Field::contact_id || field == Field::private_;
        if (value.is_array())
            copy.push_back(cleaned(inner));
        else if (!personal)
            copy[clean_text(name, 200).text] = cleaned(inner);
    }
    return copy;
}

void put_member(const std::string& name, const Json& value, Format format, DraftMaker& maker) {
    if (value.is_null()) return;
    const FieldUse use = field_of(format, name);
    // {"uid": "validation_status_approved", …} of KoBo.
    if (use.field == Field::status && value.is_object())
        return maker.put(use, name, text_of(member(value, "uid")));
    if (is_scalar(value)) return maker.put(use, name, text_of(value));
    if (use.field == Field::other) maker.keep(name, cleaned(value).dump());
}

void put_members(const Json& object, Format format, DraftMaker& maker) {
    for (const auto& [name, value] : object.items()) put_member(name, value, format, maker);
}

Result<Place> place_of_position(const Json& position) {
    const bool good = position.is_array() && position.size() >= 2 && position[0].is_number() &&
                      position[1].is_number();
    if (!good)
        return bad_request("the coordinates \"" + shown(position.dump()) +
                           "\" are no two numbers, longitude first");
    return check_place(position[0].get<double>(), position[1].get<double>());
}

/// Of [latitude, longitude], as KoBo has them, sometimes as texts.
Result<Place> place_of_geolocation(const Json& pair) {
    return parse_place(text_of(pair[1]), text_of(pair[0]));
}

bool is_filled_pair(const Json& pair) {
    return pair.is_array() && pair.size() == 2 && !(pair[0].is_null() && pair[1].is_null());
}

/// "18.5 -72.3 12 4.5": two to four numbers divided by blanks.
bool looks_like_geopoint(const Json& value) {
    if (!value.is_string()) return false;
    const std::string_view text = trimmed(value.get_ref<const std::string&>());
    std::size_t parts = 0;
    for (std::size_t at = 0; at < text.size() && parts <= 4; ++parts) {
        const auto end = std::min(text.find(' ', at), text.size());
        if (!parse_number(text.substr(at, end - at))) return false;
        at = std::min(text.find_first_not_of(' ', end), text.size());
    }
    return parts >= 2 && parts <= 4 && text.find('.') != std::string_view::npos;
}

bool is_geometry(const Json& value) {
    return value.is_object() && member(value, "type").is_string() &&
           (value.contains("coordinates") || value.contains("geometries"));
}

/// Answers, with those of nested groups under their path.
void put_answers(const Json& object, const std::string& path, Format format, DraftMaker& maker) {
    for (const auto& [name, value] : object.items()) {
        std::string full = path;
        if (!full.empty()) full += '/';
        full += name;
        if (is_geometry(value))
            maker.put_place(place_of_geometry(value));
        else if (value.is_object() && name != "__system" && name != "_validation_status")
            put_answers(value, full, format, maker);
        else if (name == "__system")
            put_members(value, format, maker);
        else if (looks_like_geopoint(value))
            maker.put({Field::geopoint, 1}, full, text_of(value));
        else if (name != "_geolocation")
            put_member(full, value, format, maker);
    }
}

/// The value of a field of a post: a text, a number, a list, or a point.
void put_post_field(const Json& field, bool& placed, DraftMaker& maker) {
    const Json& value = member(field, "value");
    const std::string label = text_of(member(field, "label"));
    // What the platform keeps from the public stays out altogether.
    if (member(field, "response_private") == Json(true)) return;
    const bool point = value.is_object() && value.contains("lon") && value.contains("lat");
    if (point && !placed) {
        placed = true;
        return maker.put_place(
            parse_place(text_of(member(value, "lon")), text_of(member(value, "lat"))));
    }
    if (point) return maker.keep(label, cleaned(value).dump());
    const std::string type = text_of(member(field, "type"));
    if (type == "title") return maker.put({Field::title, 0}, label, text_of(value));
    if (type == "description") return maker.put({Field::description, 0}, label, text_of(value));
    put_member(label, value, Format::ushahidi, maker);
}

void put_categories(const Json& post, DraftMaker& maker) {
    for (const auto& category : member(post, "categories")) {
        const Json& tag = category.is_object() ? member(category, "tag") : category;
        maker.put({Field::category, 1}, "category", text_of(tag));
    }
}

/// When it came in, what moderators noted and which photos it has stay with the house it is from.
void put_relief_columns(const ReliefValue& value, DraftMaker& maker) {
    const std::string origin = value("origin");
    maker.put_origin(origin.empty() ? "relief" : origin);
    maker.put({Field::id, 0}, "id", value(origin.empty() ? "id" : "origin_id"));
    maker.put_rights(value("licence"), value("attribution"));
    for (const auto& [name, field] : {std::pair{"title", Field::title},
                                      {"description", Field::description},
                                      {"category", Field::category},
                                      {"severity", Field::severity},
                                      {"status", Field::status},
                                      {"sensitivity", Field::sensitivity},
                                      {"precision", Field::precision}})
        maker.put({field, 0}, name, value(name));
    if (const auto time = parse_observed(value("time"))) maker.put_time(*time);
}

void keep_members(const Json& object, DraftMaker& maker) {
    if (!object.is_object()) return;
    for (const auto& [name, value] : object.items())
        maker.keep(name, cleaned(value).dump(-1, ' ', false, Json::error_handler_t::replace));
}

}  // namespace

Result<Place> place_of_geometry(const Json& geometry) {
    const std::string type = text_of(member(geometry, "type"));
    if (type == "Point") return place_of_position(member(geometry, "coordinates"));
    const Json& inside =
        member(geometry, type == "GeometryCollection" ? "geometries" : "coordinates");
    if (type == "MultiPoint" && inside.is_array() && !inside.empty())
        return place_of_position(inside[0]);
    if (type == "GeometryCollection" && inside.is_array()) {
        for (const auto& each : inside) {
            if (text_of(member(each, "type")) == "Point") return place_of_geometry(each);
        }
        return bad_request("there is no point in its collection of geometries");
    }
    if (type.empty()) return bad_request("there is no place: it has no geometry");
    return bad_request("a report has a point, not a " + shown(type) +
                       "; relief add brings areas and lines in as a layer");
}

void put_feature(const Json& feature, Format format, DraftMaker& maker) {
    const Json& properties = member(feature, "properties");
    const Json& geometry = member(feature, "geometry");
    if (!geometry.is_null()) maker.put_place(place_of_geometry(geometry));
    if (is_scalar(member(feature, "id")))
        maker.put({Field::id, 0}, "id", text_of(member(feature, "id")));
    if (properties.is_object()) put_members(properties, format, maker);
}

void put_relief_feature(const Json& feature, DraftMaker& maker) {
    const Json& properties = member(feature, "properties");
    maker.put_place(place_of_geometry(member(feature, "geometry")));
    put_relief_columns(
        [&](const char* name) {
            return text_of(member(name == std::string_view("id") ? feature : properties, name));
        },
        maker);
    keep_members(member(properties, "properties"), maker);
}

void put_relief_row(const ReliefValue& value, DraftMaker& maker) {
    maker.put_place(parse_place(value("longitude"), value("latitude")));
    put_relief_columns(value, maker);
    keep_members(Json::parse(value("properties"), nullptr, false), maker);
}

void put_submission(const Json& record, Format format, DraftMaker& maker) {
    const Json& pair = member(record, "_geolocation");
    if (is_filled_pair(pair)) maker.put_place(place_of_geolocation(pair));
    put_answers(record, "", format, maker);
}

void put_post(const Json& record, DraftMaker& maker) {
    bool placed = false;
    for (const auto& task : member(record, "post_content")) {
        for (const auto& field : member(task, "fields")) put_post_field(field, placed, maker);
    }
    const Json& points = member(member(record, "geojson"), "features");
    if (!placed && points.is_array() && !points.empty())
        maker.put_place(place_of_geometry(member(points[0], "geometry")));
    put_categories(record, maker);
    maker.put({Field::id, 0}, "id", text_of(member(record, "id")));
    maker.put({Field::title, 1}, "title", text_of(member(record, "title")));
    maker.put({Field::description, 1}, "content", text_of(member(record, "content")));
    maker.put({Field::time, 1}, "post_date", text_of(member(record, "post_date")));
    maker.put({Field::time, 2}, "created", text_of(member(record, "created")));
    maker.put({Field::status, 1}, "status", text_of(member(record, "status")));
    maker.put({Field::contact, 1}, "author_email", text_of(member(record, "author_email")));
    maker.put({Field::contact, 2}, "author_realname", text_of(member(record, "author_realname")));
}

}  // namespace relief::report
