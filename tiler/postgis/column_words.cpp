#include "tiler/postgis/column_words.hpp"

#include <algorithm>
#include <array>

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

/// NaN is above all there. Of the type "numeric" there are numbers that no double is near to, and
/// of those that are nearer to 0 than to any other double the database makes an error, not 0.
std::string number_words(const Column& column, const std::string& expression) {
    const std::string size = "abs(" + expression + ")";
    const std::string number = "(" + expression + ")::float8";
    if (column.type != "numeric")
        return "CASE WHEN " + size + " < 'Infinity' THEN " + number + " END";
    return "CASE WHEN " + size + " < 4.9406564584124654e-324 THEN 0::float8 WHEN " + size +
           " <= 1.7976931348623157e308 THEN " + number + " END";
}

}  // namespace

std::optional<AttributeType> attribute_type_of(std::string_view type) noexcept {
    if (is_among(unread_types, type)) return std::nullopt;
    if (is_among(whole_types, type)) return AttributeType::integer;
    if (is_among(number_types, type)) return AttributeType::number;
    return type == "bool" ? AttributeType::boolean : AttributeType::text;
}

std::string moment_words(const std::string& expression) {
    return expression + " >= '0001-01-01' AND " + expression + " < '10000-01-01'";
}

std::string value_words(const Column& column, const std::string& expression) {
    const auto time = [&](const char* form) {
        return "CASE WHEN " + moment_words(expression) + " THEN replace(to_char(" + expression +
               ", '" + form + "'), '.000Z', 'Z') END";
    };
    switch (column.attribute.type) {
        case AttributeType::integer: return "(" + expression + ")::int8";
        case AttributeType::number: return number_words(column, expression);
        case AttributeType::boolean: return "(" + expression + ")::bool";
        case AttributeType::text: break;
    }
    if (column.type == "date") return time("YYYY-MM-DD");
    if (column.is_time()) return time(R"(YYYY-MM-DD"T"HH24:MI:SS.MS"Z")");
    if (column.type.starts_with("_")) return "array_to_json(" + expression + ")::text";
    return "(" + expression + ")::text";
}

std::optional<AttributeValue> value_in(const Row& row, int place, AttributeType type) {
    if (row.is_null(place)) return std::nullopt;
    switch (type) {
        case AttributeType::integer: return AttributeValue(row.integer(place));
        case AttributeType::number: return AttributeValue(row.number(place));
        case AttributeType::boolean: return AttributeValue(row.truth(place));
        case AttributeType::text: break;
    }
    return AttributeValue(row.text(place));
}

}  // namespace relief::postgis
