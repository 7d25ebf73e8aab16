#include "server/command/report_package.hpp"

#include <array>
#include <bit>
#include <cstring>

namespace relief::command {
namespace {

using workspace::Connection;
using workspace::Statement;

/// OGC 12-128r18: clauses 1.1.1, 1.1.2, 1.1.3, 2.1.5. The bounds stay empty, which it allows.
constexpr const char* tables = R"(
    PRAGMA application_id = 0x47504B47;
    PRAGMA user_version = 10300;
    BEGIN;
    CREATE TABLE gpkg_spatial_ref_sys (
        srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY, organization TEXT NOT NULL,
        organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
    INSERT INTO gpkg_spatial_ref_sys VALUES
        ('Undefined cartesian SRS', -1, 'NONE', -1, 'undefined', NULL),
        ('Undefined geographic SRS', 0, 'NONE', 0, 'undefined', NULL),
        ('WGS 84 geodetic', 4326, 'EPSG', 4326,
         'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,'
         || 'AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,'
         || 'AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,'
         || 'AUTHORITY["EPSG","9122"]],AUTHORITY["EPSG","4326"]]', NULL);
    CREATE TABLE gpkg_contents (
        table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
        description TEXT DEFAULT '',
        last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
        min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
        FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
    INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id)
        VALUES ('reports', 'features', 'reports', 4326);
    CREATE TABLE gpkg_geometry_columns (
        table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL,
        srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL,
        PRIMARY KEY (table_name, column_name),
        FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
        FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
    INSERT INTO gpkg_geometry_columns VALUES ('reports', 'geom', 'POINT', 4326, 0, 0);
)";

/// Clause 2.1.3: "GP", version 0, little endian without an envelope, then well-known binary.
std::array<std::uint8_t, 29> geometry_of(const report::Place& place) {
    static_assert(std::endian::native == std::endian::little);
    std::array<std::uint8_t, 29> bytes{'G', 'P', 0, 1};
    constexpr std::uint32_t srs = 4326;
    constexpr std::uint32_t point = 1;
    std::memcpy(bytes.data() + 4, &srs, sizeof srs);
    bytes[8] = 1;
    std::memcpy(bytes.data() + 9, &point, sizeof point);
    std::memcpy(bytes.data() + 13, &place.longitude, sizeof(double));
    std::memcpy(bytes.data() + 21, &place.latitude, sizeof(double));
    return bytes;
}

}  // namespace

Result<ReportPackage> ReportPackage::make(const std::filesystem::path& file,
                                          report::Detail detail) {
    auto connection = Connection::open(file, Connection::Mode::write, "the GeoPackage");
    if (!connection) return connection.error();
    if (auto done = connection->run(tables); !done) return done.error();
    std::string table = "CREATE TABLE reports (fid INTEGER PRIMARY KEY AUTOINCREMENT, geom POINT";
    for (const auto& name : report::column_names(detail)) table += ", \"" + name + "\" TEXT";
    if (auto done = connection->run((table + ")").c_str()); !done) return done.error();
    return ReportPackage(std::move(*connection), detail);
}

Result<void> ReportPackage::write(const report::Report& report) {
    const auto values = report::column_values(report, detail_);
    std::string row = "INSERT INTO reports VALUES (NULL, ?";
    for (std::size_t i = 0; i < values.size(); ++i) row += ", ?";
    Statement statement(connection_, row + ")");
    const auto geometry = geometry_of(report.said.place);
    statement.bind(std::span<const std::uint8_t>(geometry));
    for (const auto& value : values) statement.bind(value);
    return statement.finish();
}

Result<void> ReportPackage::finish() {
    return connection_.run("COMMIT");
}

}  // namespace relief::command
