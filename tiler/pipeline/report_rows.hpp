#pragma once
// The attributes that reports have in tiles, and the features that carry them.

#include "tiler/core/vector_description.hpp"
#include "tiler/query/filter.hpp"
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
    point_count_abbreviated
};
const std::vector<AttributeDescription>& report_attributes();

using ReportValues = std::vector<std::optional<AttributeValue>>;

/// Without what only its text tells.
ReportValues values_of(const shown::PointRow& row, const shown::Categories& categories);
ReportValues values_of(const shown::AreaRow& row, const shown::Categories& categories);
void add_text(ReportValues& values, const shown::RowText& text);
ReportValues cluster_values(std::uint64_t id, std::uint64_t count);

vector::Shape point_shape(const vector::WorldPoint& point);
vector::Shape area_shape(const report::Cell& cell);
vector::WorldPoint middle_of(const report::Cell& cell) noexcept;

/// A report as a filter asks for it.
class ReportRow final : public query::Row {
public:
    ReportRow(const ReportValues& values, GeometryKind kind, std::uint64_t id)
        : values_(values), kind_(kind), id_(id) {}
    std::optional<AttributeValue> value(std::size_t attribute) const override {
        return values_[attribute];
    }
    GeometryKind kind() const override { return kind_; }
    std::uint64_t id() const override { return id_; }

private:
    const ReportValues& values_;
    GeometryKind kind_;
    std::uint64_t id_;
};

}  // namespace relief::pipeline
