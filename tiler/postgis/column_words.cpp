#include "tiler/postgis/column_words.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace relief::postgis {
namespace {

template <std::size_t Count>
bool is_among(const std::array<std::string_view, Count>& names, std::string_view name) noexcept {
    return std::find(names.begin(), names.end(), name) != names.end();
}

constexpr std::array<std::string_view, 4> whole_types{"int2", "int4", "int8", "oid"};
constexpr std::array<std::string_view, 3> number_types{"float4", "float8", "numeric"};
constexpr std::array<std::string_view, 8> unread_types{
    "bytea", "geometry", "geography", "raster", "topogeometry", "box2d", "box3d", "tsvector"};

}  // namespace

std::optional<AttributeType> attribute_type_of(std::string_view type) noexcept {
    if (is_among(unread_types, type)) return std::nullopt;
    if (is_among(whole_types, type)) return AttributeType::integer;
    if (is_among(number_types, type)) return AttributeType::number;
    return type == "bool" ? AttributeType::boolean : AttributeType::text;
}

std::string value_words(const Column& column, const std::string& expression) {
    const auto time = [&](const char* form) {
        return "CASE WHEN isfinite(" + expression + ") THEN to_char(" + expression + ", '" + form +
               "') END";
    };
    switch (column.attribute.type) {
        case AttributeType::integer: return "(" + expression + ")::int8";
        case AttributeType::number: return "(" + expression + ")::float8";
        case AttributeType::boolean: return "(" + expression + ")::bool";
        case AttributeType::text: break;
    }
    if (column.type == "date") return time("YYYY-MM-DD");
    if (column.is_time()) return time(R"(YYYY-MM-DD"T"HH24:MI:SS.MS"Z")");
    if (column.type.starts_with("_")) return "array_to_json(" + expression + ")::text";
    return "(" + expression + ")::text";
}

std::string value_text(const Row& row, int place) {
    constexpr std::string_view no_fraction = ".000Z";
    std::string text = row.text(place);
    if (text.ends_with(no_fraction)) text.replace(text.size() - no_fraction.size(), 5, "Z");
    return text;
}

std::optional<AttributeValue> value_in(const Row& row, int place, AttributeType type) {
    if (row.is_null(place)) return std::nullopt;
    switch (type) {
        case AttributeType::integer: return AttributeValue(row.integer(place));
        case AttributeType::boolean: return AttributeValue(row.truth(place));
        case AttributeType::text: return AttributeValue(value_text(row, place));
        case AttributeType::number: break;
    }
    const double number = row.number(place);
    return std::isfinite(number) ? std::optional(AttributeValue(number)) : std::nullopt;
}

}  // namespace relief::postgis
