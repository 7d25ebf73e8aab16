#include "tiler/shown/shown_rows.hpp"

#include <nlohmann/json.hpp>

namespace relief::shown {

using workspace::Statement;

std::optional<report::Cell> cell_in(const Statement& row, int column) {
    const auto zoom = row.optional_number(column);
    if (!zoom || *zoom < 0 || *zoom > 32) return std::nullopt;
    return report::Cell{static_cast<std::uint8_t>(*zoom),
                        static_cast<std::uint64_t>(row.number(column + 1))};
}

PublicReport report_in(const Statement& row) {
    PublicReport report;
    report.number = row.number(0);
    report.feature = static_cast<std::uint64_t>(row.number(1));
    report.id = row.text(2);
    report.place = {row.real(3), row.real(4)};
    report.area = cell_in(row, 5);
    report.title = row.text(7);
    report.description = row.text(8);
    report.category = row.text(9);
    report.severity = value_in<report::Severity>(row, 10);
    report.status = value_in<report::Status>(row, 11);
    report.level = value_in<Sensitivity>(row, 12);
    report.time = {Instant{row.number(13)}, Instant{row.number(14)}};
    report.received = Instant{row.number(15)};
    report.changed = Instant{row.number(16)};
    const auto photos = nlohmann::json::parse(row.text(17), nullptr, false);
    if (photos.is_array())
        for (const auto& photo : photos)
            if (photo.is_string()) report.photos.push_back(photo.get<std::string>());
    report.licence = row.text(18);
    report.attribution = row.text(19);
    return report;
}

std::string shown_insertion() {
    return std::string("INSERT OR REPLACE INTO shown_reports (") + shown_columns +
           ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
}

Result<void> put(Statement& insert, const PublicReport& report) {
    insert.again();
    insert.bind(report.number).bind(signed_of(report.feature)).bind(report.id);
    insert.bind_real(report.place.longitude).bind_real(report.place.latitude);
    insert.bind(report.area ? std::optional<std::int64_t>(report.area->zoom) : std::nullopt);
    insert.bind(report.area ? std::optional(signed_of(report.area->path)) : std::nullopt);
    insert.bind(report.title).bind(report.description).bind(report.category);
    insert.bind(static_cast<std::int64_t>(report.severity));
    insert.bind(static_cast<std::int64_t>(report.status));
    insert.bind(static_cast<std::int64_t>(report.level));
    insert.bind(report.time.first.milliseconds).bind(report.time.last.milliseconds);
    insert.bind(report.received.milliseconds).bind(report.changed.milliseconds);
    insert.bind(nlohmann::json(report.photos).dump());
    insert.bind(report.licence).bind(report.attribution);
    return insert.finish();
}

Result<bool> is_shown_otherwise(Statement& otherwise, const PublicReport& report) {
    otherwise.again();
    otherwise.bind(report.number).bind(report.title).bind(report.description);
    otherwise.bind(report.category);
    otherwise.bind_real(report.place.longitude).bind_real(report.place.latitude);
    return otherwise.step();
}

}  // namespace relief::shown
