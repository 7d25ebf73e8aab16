#include "tiler/postgis/kept_row.hpp"

#include "tiler/postgis/column_words.hpp"
#include "tiler/postgis/well_known_binary.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace relief::postgis {
namespace {

/// Exact as a double, for clients whose numbers are these.
constexpr std::uint64_t largest_id = (std::uint64_t{1} << 53U) - 1;

/// A whole number from 0 on is the id; of anything else it is made of the text.
std::uint64_t id_of(const AttributeValue& key) {
    const auto* const number = std::get_if<std::int64_t>(&key);
    if (number != nullptr && *number >= 0) return static_cast<std::uint64_t>(*number);
    const auto* const text = std::get_if<std::string>(&key);
    return std::hash<std::string>{}(text != nullptr     ? *text
                                    : number != nullptr ? std::to_string(*number)
                                                        : std::string()) &
           largest_id;
}

std::optional<vector::WorldPoint> label_in(std::string_view point) {
    const auto shapes = shapes_of(point);
    const bool any = shapes && *shapes && !(*shapes)->empty() && !(*shapes)->front().empty();
    return any ? std::optional((*shapes)->front().points.front()) : std::nullopt;
}

}  // namespace

bool is_read(const TableFacts& facts, const WindowWish& wish, std::size_t column) {
    return wish.columns[column] || facts.key == column || facts.time_column == column;
}

Result<std::optional<KeptRow>> kept_row(const Row& row,
                                        const TableFacts& facts,
                                        const WindowWish& wish) {
    KeptRow kept;
    vector::SourceFeature& feature = kept.feature;
    const std::string_view geometry = row.bytes(0);
    auto shapes = shapes_of(geometry);
    if (!shapes) return shapes.error();
    if (!*shapes) return std::optional<KeptRow>();
    feature.shapes = std::move(**shapes);
    feature.id = std::hash<std::string_view>{}(geometry)&largest_id;
    int place = 0;
    if (wish.labels && !row.is_null(++place)) feature.label = label_in(row.bytes(place));
    for (std::size_t i = 0; i < facts.columns.size(); ++i) {
        if (!is_read(facts, wish, i)) continue;
        auto value = value_in(row, ++place, facts.columns[i].attribute.type);
        if (!value) continue;
        if (facts.key == i) feature.id = id_of(*value);
        if (!wish.columns[i] && facts.time_column != i) continue;
        feature.values.push_back(std::move(value));
        kept.columns.push_back(static_cast<std::uint32_t>(i));
    }
    return std::optional(std::move(kept));
}

std::size_t memory_of(const KeptRow& row, std::size_t all_columns) {
    const std::size_t numbers = row.columns.capacity() + all_columns;
    std::size_t bytes = sizeof(KeptRow) + numbers * sizeof(std::uint32_t);
    for (const vector::Shape& shape : row.feature.shapes)
        bytes += sizeof(shape) + shape.paths.capacity() * sizeof(vector::Path) +
                 shape.points.capacity() * sizeof(vector::WorldPoint);
    bytes += row.feature.values.capacity() * sizeof(std::optional<AttributeValue>);
    for (const auto& value : row.feature.values)
        if (const auto* const text = std::get_if<std::string>(&*value)) bytes += text->capacity();
    return bytes;
}

vector::SourceFeature whole_feature(KeptRow row, std::size_t all_columns) {
    std::vector<std::optional<AttributeValue>> values(all_columns);
    for (std::size_t i = 0; i < row.columns.size(); ++i)
        values[row.columns[i]] = std::move(row.feature.values[i]);
    row.feature.values = std::move(values);
    return std::move(row.feature);
}

}  // namespace relief::postgis
