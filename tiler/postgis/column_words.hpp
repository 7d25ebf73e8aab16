#pragma once
// How the values of a column are asked for and read.

#include "tiler/core/features.hpp"
#include "tiler/postgis/connection.hpp"
#include "tiler/postgis/table_facts.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace relief::postgis {

/// What an attribute of a base type in pg_type is; nothing for types that are no attributes: bytes,
/// places, images.
std::optional<AttributeType> attribute_type_of(std::string_view type) noexcept;

/// An expression over the column, or over what has its type, in one of the types of Row: times are
/// texts in ISO 8601 and UTC, without the fraction of a second that is none; lists are JSON. Null
/// too for numbers that are not finite and for times outside of the years 0001 to 9999.
std::string value_words(const Column& column, const std::string& expression);

/// Whether an expression of a time type has a value there.
std::string moment_words(const std::string& expression);

/// Of a place that value_words() asked for; nothing for null.
std::optional<AttributeValue> value_in(const Row& row, int place, AttributeType type);

}  // namespace relief::postgis
