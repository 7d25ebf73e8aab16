#include "tiler/postgis/table_catalogue.hpp"

#include <chrono>
#include <utility>

namespace relief::postgis {
namespace {

/// The table itself, what a view is made of, and the parts of a divided table, down to the last.
constexpr const char* counts_of_changes = R"(
WITH RECURSIVE itself AS (
    SELECT c.oid FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = $1 AND c.relname = $2),
sources(id) AS (
    SELECT oid FROM itself
    UNION
    SELECT next.id FROM sources s CROSS JOIN LATERAL (
        SELECT d.refobjid AS id FROM pg_rewrite r
        JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid
        WHERE r.ev_class = s.id AND d.refclassid = 'pg_class'::regclass AND d.refobjid <> s.id
        UNION
        SELECT i.inhrelid FROM pg_inherits i WHERE i.inhparent = s.id) next)
SELECT string_agg(concat_ws(':', c.oid, c.relfilenode, pg_stat_get_tuples_inserted(c.oid),
                            pg_stat_get_tuples_updated(c.oid), pg_stat_get_tuples_deleted(c.oid)),
                  ',' ORDER BY c.oid),
       coalesce(bool_or(c.relkind = 'f'), false),
       (SELECT string_agg(concat_ws(':', a.attname, a.atttypid, a.atttypmod), ',' ORDER BY a.attnum)
        FROM pg_attribute a WHERE a.attrelid IN (TABLE itself) AND a.attnum > 0 AND NOT a.attisdropped)
FROM sources JOIN pg_class c ON c.oid = sources.id WHERE c.relkind IN ('r', 'm', 'v', 'p', 'f'))";

}  // namespace

Result<Version> version_of(Connection& connection,
                           const TableAddress& address,
                           const Deadline& deadline) {
    std::string counted;
    bool uncounted = false;
    const auto found = connection.ask_one(
        {counts_of_changes, {address.schema, address.table}}, deadline, [&](const Row& row) {
            counted = row.text(0) + "|" + row.text(2);
            uncounted = row.truth(1);
        });
    if (!found) return found.error();
    if (counted == "|")
        return not_found("there is no table \"" + address.schema + "." + address.table +
                         "\" in the database");
    if (uncounted)
        counted += std::to_string(std::chrono::system_clock::now().time_since_epoch().count());
    return Version{fingerprint(counted)};
}

}  // namespace relief::postgis
