#pragma once
// What the columns of a table without types hold.

#include "tiler/core/features.hpp"
#include "tiler/core/vector_description.hpp"

#include <optional>
#include <string_view>

namespace relief::ingest {

/// Whole numbers and decimal ones; everything else is text, as is a number with a zero before it:
/// codes of places begin so, and the zero belongs to them.
AttributeType type_of_cell(std::string_view cell);

/// What holds all that either does.
AttributeType wider_type(AttributeType a, AttributeType b) noexcept;

/// The value of a cell in a column of that type; none for an empty cell.
std::optional<AttributeValue> value_of_cell(std::string_view cell, AttributeType type);

}  // namespace relief::ingest
