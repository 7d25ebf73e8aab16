#include "tiler/postgis/table_catalogue.hpp"

#include "tiler/postgis/column_words.hpp"

#include <algorithm>
#include <utility>

namespace relief::postgis {
namespace {

/// Of the rest nothing is shown.
constexpr std::size_t most_columns = 500;

std::string table_name(const TableAddress& address) {
    return address.schema + "." + address.table;
}

/// Reads step by step; what fails once, fails all.
class FactReader {
public:
    FactReader(Connection& connection, const TableWish& wish, const Deadline& deadline)
        : connection_(connection), wish_(wish), deadline_(deadline) {}

    Result<TableFacts> read() {
        for (const auto step : {&FactReader::find_table,
                                &FactReader::read_columns,
                                &FactReader::find_geometry,
                                &FactReader::find_srid,
                                &FactReader::find_key,
                                &FactReader::find_time,
                                &FactReader::find_index})
            if (auto done = (this->*step)(); !done) return done.error();
        return std::move(facts_);
    }

private:
    Result<void> find_table() {
        const TableAddress& address = wish_.address;
        bool readable = false;
        const auto found = connection_.ask_one(
            {"SELECT c.oid::text, has_table_privilege(c.oid, 'SELECT'), c.relkind = 'v' FROM "
             "pg_class c "
             "JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = $1 AND c.relname = "
             "$2 "
             "AND c.relkind IN ('r', 'v', 'm', 'p', 'f')",
             {address.schema, address.table}},
            deadline_,
            [&](const Row& row) {
                facts_.id = row.text(0);
                readable = row.truth(1);
                facts_.is_view = row.truth(2);
            });
        if (!found) return found.error();
        if (!*found)
            return not_found("there is no table \"" + table_name(address) + "\" in the database");
        if (!readable)
            return not_found("the table \"" + table_name(address) +
                             "\" may not be read by the database's user: GRANT SELECT allows it");
        facts_.relation =
            connection_.quoted(address.schema) + "." + connection_.quoted(address.table);
        return {};
    }

    struct GeometryColumn {
        std::string name;
        std::string declared;
        std::int32_t srid;
    };

    Result<void> read_columns() {
        return connection_.ask(
            {"SELECT a.attname::text, CASE WHEN t.typtype = 'd' THEN b.typname ELSE t.typname "
             "END::text, CASE WHEN t.typname = 'geometry' THEN postgis_typmod_type(a.atttypmod) "
             "END, CASE WHEN t.typname = 'geometry' THEN postgis_typmod_srid(a.atttypmod) "
             "END::int8 "
             "FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid "
             "LEFT JOIN pg_type b ON b.oid = t.typbasetype "
             "WHERE a.attrelid = $1::oid AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum",
             {facts_.id}},
            deadline_,
            [&](const Row& row) -> Result<void> {
                const std::string type = row.text(1);
                if (type == "geometry") {
                    geometries_.push_back(
                        {row.text(0), row.text(2), static_cast<std::int32_t>(row.integer(3))});
                } else if (const auto known = attribute_type_of(type);
                           known && facts_.columns.size() < most_columns) {
                    facts_.columns.push_back({row.text(0), type, {row.text(0), *known}});
                }
                return {};
            });
    }

    Result<void> find_geometry() {
        const std::string& wanted = wish_.address.geometry;
        std::string names;
        for (const auto& one : geometries_) names += (names.empty() ? "" : ", ") + one.name;
        const auto found =
            std::find_if(geometries_.begin(), geometries_.end(), [&](const auto& one) {
                return wanted.empty() || one.name == wanted;
            });
        if (found == geometries_.end())
            return bad_request("the table \"" + table_name(wish_.address) + "\" has " +
                               (names.empty() ? "no column of geometries"
                                              : "no column \"" + wanted +
                                                    "\" of geometries; there are: " + names));
        if (wanted.empty() && geometries_.size() > 1)
            return bad_request(
                "the table \"" + table_name(wish_.address) +
                "\" has several columns of geometries; choose one with &geometry=: " + names);
        facts_.geometry = connection_.quoted(found->name);
        facts_.names = {wish_.address.schema, wish_.address.table, found->name};
        facts_.declared = found->declared;
        facts_.srid = found->srid;
        return {};
    }

    /// Of a column that does not say, by a row.
    Result<void> find_srid() {
        if (facts_.srid != 0) return {};
        const auto found = connection_.ask_one(
            {"SELECT ST_SRID(" + facts_.geometry + ")::int8 FROM " + facts_.relation + " WHERE " +
             facts_.geometry + " IS NOT NULL LIMIT 1"},
            deadline_,
            [&](const Row& row) { facts_.srid = static_cast<std::int32_t>(row.integer(0)); });
        if (!found) return found.error();
        if (facts_.srid != 0) return {};
        return bad_request(
            *found ? "the geometries of \"" + table_name(wish_.address) +
                         "\" have no coordinate system; UpdateGeometrySRID gives them one"
                   : "the table \"" + table_name(wish_.address) +
                         "\" is empty and its column of geometries states no coordinate system");
    }

    Result<void> find_key() {
        std::string name = wish_.address.key;
        if (name.empty()) {
            const auto found = connection_.ask_one(
                {"SELECT a.attname::text FROM pg_index i JOIN pg_attribute a ON a.attrelid = "
                 "i.indrelid AND a.attnum = i.indkey[0] WHERE i.indrelid = $1::oid AND "
                 "i.indisprimary AND i.indnkeyatts = 1",
                 {facts_.id}},
                deadline_,
                [&](const Row& row) { name = row.text(0); });
            if (!found) return found.error();
        }
        facts_.key = column_named(name);
        if (facts_.key || wish_.address.key.empty()) return {};
        return bad_request("the table \"" + table_name(wish_.address) + "\" has no column \"" +
                           name + "\" that could be its key");
    }

    std::optional<std::size_t> column_named(const std::string& name) const {
        for (std::size_t i = 0; i < facts_.columns.size(); ++i)
            if (facts_.columns[i].name == name) return i;
        return std::nullopt;
    }

    Result<void> find_time() {
        const std::string& wanted = wish_.time_column;
        std::vector<std::size_t> times;
        std::string names;
        for (std::size_t i = 0; i < facts_.columns.size(); ++i) {
            if (!facts_.columns[i].is_time()) continue;
            times.push_back(i);
            names += (names.empty() ? "" : ", ") + facts_.columns[i].name;
            if (facts_.columns[i].name == wanted) facts_.time_column = i;
        }
        if (!wanted.empty() && !facts_.time_column)
            return bad_request("\"" + wanted + "\" is no column of times; of a time type are: " +
                               (names.empty() ? "none" : names));
        if (wanted.empty() && times.size() == 1) facts_.time_column = times.front();
        return {};
    }

    Result<void> find_index() {
        const auto found = connection_.ask_one(
            {"SELECT count(*) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am m "
             "ON m.oid = c.relam JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY "
             "(i.indkey) WHERE i.indrelid = $1::oid AND i.indisvalid AND m.amname = 'gist' AND "
             "a.attname = $2",
             {facts_.id, facts_.names[2]}},
            deadline_,
            [&](const Row& row) { facts_.indexed = row.integer(0) > 0; });
        if (!found) return found.error();
        return {};
    }

    Connection& connection_;
    const TableWish& wish_;
    const Deadline& deadline_;
    TableFacts facts_;
    std::vector<GeometryColumn> geometries_;
};

}  // namespace

Result<TableFacts> read_facts(Connection& connection,
                              const TableWish& wish,
                              const Deadline& deadline) {
    return FactReader(connection, wish, deadline).read();
}

}  // namespace relief::postgis
