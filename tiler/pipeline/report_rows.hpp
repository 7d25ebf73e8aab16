#pragma once
// The attributes that reports have in tiles, and the features that carry them.

#include "tiler/core/vector_description.hpp"
#include "tiler/shown/content.hpp"
#include "tiler/vector/index_builder.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace relief::pipeline {

/// In the order of the attributes of every index of reports.
enum class ReportField : std::uint8_t {
    id,
    title,
    category,
    severity,
    status,
    time,
    level,
    precision,
    cluster,
    cluster_id,
    point_count,
    point_count_abbreviated,
    severity_sum
};
const std::vector<AttributeDescription>& report_attributes();

using ReportValues = std::vector<std::optional<AttributeValue>>;

/// Nothing of what only its text tells.
std::optional<AttributeValue> value_of(const shown::PointRow& row,
                                       ReportField field,
                                       const shown::Categories& categories);
std::optional<AttributeValue> value_of(const shown::AreaRow& row,
                                       ReportField field,
                                       const shown::Categories& categories);
/// All of them.
ReportValues values_of(const shown::PointRow& row, const shown::Categories& categories);
ReportValues values_of(const shown::AreaRow& row, const shown::Categories& categories);
void add_text(ReportValues& values, const shown::RowText& text);
/// `weight`: the sum over its reports, see report::weight_of().
struct ReportCount {
    std::uint64_t count = 0;
    std::uint64_t weight = 0;
};
ReportValues cluster_values(std::uint64_t id, const ReportCount& all);
ReportValues cell_values(const ReportCount& all);
/// Of all that the area stands for.
std::uint64_t weight_of(const shown::AreaRow& row) noexcept;
void set_weight(ReportValues& values, std::uint64_t weight);

vector::Shape point_shape(const vector::WorldPoint& point);
vector::Shape area_shape(const report::Cell& cell);
vector::WorldPoint middle_of(const report::Cell& cell) noexcept;

}  // namespace relief::pipeline
