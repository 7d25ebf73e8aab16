#include "tiler/pipeline/report_rows.hpp"

#include "tiler/core/abbreviated_count.hpp"
#include "tiler/pipeline/report_source.hpp"
#include "tiler/report/report.hpp"

#include <utility>

namespace relief::pipeline {
namespace {

void set(ReportValues& values, ReportField field, AttributeValue value) {
    values[static_cast<std::size_t>(field)] = std::move(value);
}

ReportValues no_values() {
    return ReportValues(report_attributes().size());
}

void set_category(ReportValues& values,
                  std::uint16_t category,
                  const shown::Categories& categories) {
    if (category != 0 && category < categories.size())
        set(values, ReportField::category, categories[category]);
}

template <typename Value, std::size_t count>
std::string word(const EnumNames<count>& names, std::uint8_t number) {
    return std::string(name_of(names, static_cast<Value>(number)));
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
        {"point_count_abbreviated", AttributeType::text}};
    return attributes;
}

ReportValues values_of(const shown::PointRow& row, const shown::Categories& categories) {
    ReportValues values = no_values();
    set_category(values, row.category, categories);
    set(values,
        ReportField::severity,
        word<report::Severity>(report::severity_names, row.severity));
    set(values, ReportField::status, word<report::Status>(report::status_names, row.status));
    set(values, ReportField::time, to_text(shown::instant_of(row.minute)));
    set(values, ReportField::level, std::string(to_text(static_cast<Sensitivity>(row.level))));
    set(values, ReportField::precision, std::string("exact"));
    return values;
}

ReportValues values_of(const shown::AreaRow& row, const shown::Categories& categories) {
    ReportValues values = no_values();
    set_category(values, row.category, categories);
    if (row.told_status) {
        set(values,
            ReportField::severity,
            word<report::Severity>(report::severity_names, row.severity));
        set(values, ReportField::status, word<report::Status>(report::status_names, row.status));
    }
    // The last minute is all of it.
    const InstantRange time(shown::instant_of(row.first_minute),
                            Instant{shown::instant_of(row.last_minute).milliseconds +
                                    (row.last_minute > row.first_minute ? 59'999 : 0)});
    set(values, ReportField::time, to_text(time));
    set(values, ReportField::level, std::string(to_text(static_cast<Sensitivity>(row.level))));
    set(values, ReportField::precision, std::string("cell"));
    set(values, ReportField::point_count, std::int64_t{row.count});
    return values;
}

void add_text(ReportValues& values, const shown::RowText& text) {
    if (!text.id.empty()) set(values, ReportField::id, text.id);
    if (!text.title.empty()) set(values, ReportField::title, text.title);
}

// NOLINTNEXTLINE(bugprone-easily-swappable-parameters): who it is, then how many
ReportValues cluster_values(std::uint64_t id, std::uint64_t count) {
    ReportValues values = no_values();
    set(values, ReportField::cluster, true);
    set(values, ReportField::cluster_id, static_cast<std::int64_t>(id));
    set(values, ReportField::point_count, static_cast<std::int64_t>(count));
    set(values, ReportField::point_count_abbreviated, abbreviated_count(count));
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
