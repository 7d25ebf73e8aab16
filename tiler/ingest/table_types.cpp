#include "tiler/ingest/table_types.hpp"

#include <charconv>
#include <cmath>
#include <string>

namespace relief::ingest {
namespace {

template <typename Number>
std::optional<Number> whole_cell(std::string_view cell) {
    Number number{};
    const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), number);
    if (error != std::errc{} || end != cell.data() + cell.size()) return std::nullopt;
    return number;
}

bool has_leading_zero(std::string_view cell) {
    if (cell.starts_with('-')) cell.remove_prefix(1);
    return cell.size() > 1 && cell[0] == '0' && cell[1] >= '0' && cell[1] <= '9';
}

}  // namespace

AttributeType type_of_cell(std::string_view cell) {
    if (has_leading_zero(cell)) return AttributeType::text;
    if (whole_cell<std::int64_t>(cell)) return AttributeType::integer;
    const auto number = whole_cell<double>(cell);
    return number && std::isfinite(*number) ? AttributeType::number : AttributeType::text;
}

AttributeType wider_type(AttributeType a, AttributeType b) noexcept {
    if (a == b) return a;
    const bool text = a == AttributeType::text || b == AttributeType::text;
    return text ? AttributeType::text : AttributeType::number;
}

std::optional<AttributeValue> value_of_cell(std::string_view cell, AttributeType type) {
    if (cell.empty()) return std::nullopt;
    if (type == AttributeType::integer)
        if (const auto number = whole_cell<std::int64_t>(cell)) return AttributeValue(*number);
    if (type == AttributeType::number)
        if (const auto number = whole_cell<double>(cell)) return AttributeValue(*number);
    return AttributeValue(std::string(cell));
}

}  // namespace relief::ingest
