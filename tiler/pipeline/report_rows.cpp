#include "tiler/pipeline/report_rows.hpp"

#include "tiler/core/abbreviated_count.hpp"
#include "tiler/pipeline/report_source.hpp"
#include "tiler/report/report.hpp"

#include <utility>

namespace relief::pipeline {
namespace {

using Value = std::optional<AttributeValue>;

void set(ReportValues& values, ReportField field, AttributeValue value) {
    values[static_cast<std::size_t>(field)] = std::move(value);
}

ReportValues no_values() {
    return ReportValues(report_attributes().size());
}

Value category_of(std::uint16_t category, const shown::Categories& categories) {
    if (category == 0 || category >= categories.size()) return std::nullopt;
    return categories[category];
}

template <typename Enum, std::size_t count>
std::string word(const EnumNames<count>& names, std::uint8_t number) {
    return std::string(name_of(names, static_cast<Enum>(number)));
}

std::string level_of(std::uint8_t level) {
    return std::string(to_text(static_cast<Sensitivity>(level)));
}

// The last minute is all of it.
std::string time_of(const shown::AreaRow& row) {
    return to_text(InstantRange(shown::instant_of(row.first_minute),
                                Instant{shown::instant_of(row.last_minute).milliseconds +
                                        (row.last_minute > row.first_minute ? 59'999 : 0)}));
}

template <typename Row>
ReportValues all_values_of(const Row& row, const shown::Categories& categories) {
    ReportValues values = no_values();
    for (std::size_t i = 0; i < values.size(); ++i)
        values[i] = value_of(row, static_cast<ReportField>(i), categories);
    return values;
}

}  // namespace

const std::vector<AttributeDescription>& report_attributes() {
    static const std::vector<AttributeDescription> attributes{
        {"id", AttributeType::text},
        {"title", AttributeType::text},
        {"category", AttributeType::text},
        {"severity", AttributeType::text},
        {"status", AttributeType::text},
        {"time", AttributeType::text},
        {"level", AttributeType::text},
        {"precision", AttributeType::text},
        {"cluster", AttributeType::boolean},
        {"cluster_id", AttributeType::integer},
        {"point_count", AttributeType::integer},
        {"point_count_abbreviated", AttributeType::text},
        {"severity_sum", AttributeType::integer}};
    return attributes;
}

std::optional<AttributeValue> value_of(const shown::PointRow& row,
                                       ReportField field,
                                       const shown::Categories& categories) {
    switch (field) {
        case ReportField::category: return category_of(row.category, categories);
        case ReportField::severity:
            return word<report::Severity>(report::severity_names, row.severity);
        case ReportField::status: return word<report::Status>(report::status_names, row.status);
        case ReportField::time: return to_text(shown::instant_of(row.minute));
        case ReportField::level: return level_of(row.level);
        case ReportField::precision: return std::string("exact");
        case ReportField::severity_sum:
            return std::int64_t{report::weight_of(static_cast<report::Severity>(row.severity))};
        default: return std::nullopt;
    }
}

std::optional<AttributeValue> value_of(const shown::AreaRow& row,
                                       ReportField field,
                                       const shown::Categories& categories) {
    switch (field) {
        case ReportField::category: return category_of(row.category, categories);
        case ReportField::severity:
            if (!row.told_status) return std::nullopt;
            return word<report::Severity>(report::severity_names, row.severity);
        case ReportField::status:
            if (!row.told_status) return std::nullopt;
            return word<report::Status>(report::status_names, row.status);
        case ReportField::time: return time_of(row);
        case ReportField::level: return level_of(row.level);
        case ReportField::precision: return std::string("cell");
        case ReportField::point_count: return std::int64_t{row.count};
        case ReportField::severity_sum: return static_cast<std::int64_t>(weight_of(row));
        default: return std::nullopt;
    }
}

ReportValues values_of(const shown::PointRow& row, const shown::Categories& categories) {
    return all_values_of(row, categories);
}

ReportValues values_of(const shown::AreaRow& row, const shown::Categories& categories) {
    return all_values_of(row, categories);
}

std::uint64_t weight_of(const shown::AreaRow& row) noexcept {
    const auto severity =
        row.told_status ? static_cast<report::Severity>(row.severity) : report::Severity::unknown;
    return std::uint64_t{row.count} * report::weight_of(severity);
}

void set_weight(ReportValues& values, std::uint64_t weight) {
    set(values, ReportField::severity_sum, static_cast<std::int64_t>(weight));
}

void add_text(ReportValues& values, const shown::RowText& text) {
    if (!text.id.empty()) set(values, ReportField::id, text.id);
    if (!text.title.empty()) set(values, ReportField::title, text.title);
}

ReportValues cluster_values(std::uint64_t id, const ReportCount& all) {
    ReportValues values = cell_values(all);
    set(values, ReportField::cluster, true);
    set(values, ReportField::cluster_id, static_cast<std::int64_t>(id));
    set(values, ReportField::point_count_abbreviated, abbreviated_count(all.count));
    return values;
}

ReportValues cell_values(const ReportCount& all) {
    ReportValues values = no_values();
    set(values, ReportField::point_count, static_cast<std::int64_t>(all.count));
    set_weight(values, all.weight);
    return values;
}

vector::Shape point_shape(const vector::WorldPoint& point) {
    vector::Shape shape;
    shape.begin_path();
    shape.add(point);
    return shape;
}

vector::Shape area_shape(const report::Cell& cell) {
    const report::Spot low = report::spot_of(cell.first_key());
    const std::int64_t left = low.x;
    const std::int64_t top = low.y;
    const std::int64_t side = vector::world_side >> cell.zoom;
    vector::Shape shape;
    shape.kind = GeometryKind::area;
    shape.begin_path();
    for (const vector::WorldPoint& corner : {vector::WorldPoint{left, top},
                                             vector::WorldPoint{left + side, top},
                                             vector::WorldPoint{left + side, top + side},
                                             vector::WorldPoint{left, top + side}})
        shape.add(corner);
    return shape;
}

vector::WorldPoint middle_of(const report::Cell& cell) noexcept {
    const report::Spot low = report::spot_of(cell.first_key());
    const std::int64_t half = (vector::world_side >> cell.zoom) / 2;
    return {low.x + half, low.y + half};
}

VectorDescription ReportFeatures::described(const shown::Content& content) {
    VectorDescription description;
    description.features = content.size();
    description.kinds = {GeometryKind::point};
    if (!content.areas->empty()) description.kinds.push_back(GeometryKind::area);
    description.attributes = report_attributes();
    description.bounds = content.bounds;
    description.minimum_zoom = 0;
    description.maximum_zoom = 22;
    description.crs = "EPSG:4326";
    description.crs_title = "WGS 84";
    if (content.times)
        description.times =
            FeatureTimes{"time", *content.times, InstantRange(content.times->last), {}};
    return description;
}

}  // namespace relief::pipeline
