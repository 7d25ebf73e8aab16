#pragma once
// What of a condition is the same for every table: its signs, and the texts that can be sent.

#include "tiler/query/condition.hpp"

#include <string_view>

namespace relief::postgis {

/// Of two values that are known, what is true where the comparison is not.
query::Operation inverse_of(query::Operation comparison) noexcept;
/// The same with its sides exchanged.
query::Operation turned(query::Operation comparison) noexcept;
/// With a space on either side.
const char* sign_of(query::Operation comparison) noexcept;

/// What a database in UTF-8 takes for a text: well-formed, and no byte 0.
bool is_clean_text(std::string_view text) noexcept;

/// PostgreSQL refuses a pattern that ends with a backslash which escapes nothing.
bool ends_open(std::string_view pattern) noexcept;

}  // namespace relief::postgis
