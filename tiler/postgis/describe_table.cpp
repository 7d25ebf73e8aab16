#include "tiler/postgis/column_words.hpp"
#include "tiler/postgis/table_catalogue.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

namespace relief::postgis {
namespace {

/// For a count or an extent that nothing keeps.
constexpr std::chrono::seconds patience_for_facts{5};
/// A table of fewer rows is counted.
constexpr double countable = 1'000'000;
constexpr LonLatBox whole_world{-180, -90, 180, 90};

/// Longitudes beyond 180 come round from the other side.
LonLatBox wrapped(LonLatBox box) {
    if (box.east - box.west >= 360) return {-180, box.south, 180, box.north};
    const auto turned = [](double longitude) {
        return longitude - 360 * std::floor((longitude + 180) / 360);
    };
    if (box.west < -180 || box.west >= 180) box.west = turned(box.west);
    if (box.east <= -180 || box.east > 180) box.east = turned(box.east);
    return box;
}

/// Fills a description from the facts on.
class Describer {
public:
    Describer(Connection& connection, TableFacts& facts, const Deadline& deadline)
        : connection_(connection), facts_(facts), deadline_(deadline) {}

    Result<VectorDescription> describe() {
        description_.layer = facts_.names[0] + "." + facts_.names[1];
        description_.driver = "PostgreSQL";
        description_.attributes = attributes_of(facts_);
        description_.minimum_zoom = 0;
        description_.maximum_zoom = 14;  // units of 60 cm: no deeper tile shows more on a map
        for (const auto step : {&Describer::read_crs,
                                &Describer::read_count,
                                &Describer::read_bounds,
                                &Describer::read_kinds,
                                &Describer::read_times})
            if (auto done = (this->*step)(); !done) return done.error();
        add_findings();
        return std::move(description_);
    }

private:
    Result<void> read_crs() {
        const auto found = connection_.ask_one(
            {"SELECT auth_name || ':' || auth_srid, substring(srtext from '\"([^\"]*)\"') FROM "
             "spatial_ref_sys WHERE srid = $1::int",
             {std::to_string(facts_.srid)}},
            deadline_,
            [&](const Row& row) {
                description_.crs = row.text(0);
                description_.crs_title = row.text(1);
            });
        if (!found) return found.error();
        if (*found) return {};
        return bad_request("the geometries have SRID " + std::to_string(facts_.srid) +
                           ", which the database's spatial_ref_sys does not know");
    }

    /// For what may be left open.
    Deadline soon() const {
        return Deadline(std::min(deadline_.end(), Deadline::Clock::now() + patience_for_facts),
                        deadline_.abandoned());
    }
    /// False for an answer that takes too long. Errors: those of a lost connection.
    Result<bool> try_one(const Question& question, const std::function<void(const Row&)>& take) {
        const auto found = connection_.ask_one(question, soon(), take);
        if (found || connection_.alive()) return found && *found;
        return found.error();
    }

    Result<void> read_count() {
        double estimate = -1;
        const auto known = connection_.ask_one(
            {"SELECT reltuples::float8 FROM pg_class WHERE oid = $1::oid AND relkind IN ('r', 'm')",
             {facts_.id}},
            deadline_,
            [&](const Row& row) { estimate = row.number(0); });
        if (!known) return known.error();
        if (estimate >= countable) {
            description_.features = static_cast<std::uint64_t>(estimate);
            description_.findings.emplace_back("the number of features is the database's estimate");
            return {};
        }
        const auto counted = try_one(
            {"SELECT count(" + facts_.geometry + ") FROM " + facts_.relation}, [&](const Row& row) {
                description_.features = static_cast<std::uint64_t>(row.integer(0));
            });
        if (!counted) return counted.error();
        if (!*counted) description_.findings.emplace_back("its features could not be counted");
        return {};
    }

    /// West, south, east, north of all in longitude and latitude; nothing when it takes too long.
    Result<std::optional<LonLatBox>> ask_bounds(const std::string& extent,
                                                const std::vector<std::string>& values) {
        // Its corners alone would cut off what bends outwards between them.
        const std::string words =
            "WITH whole AS (SELECT ST_SetSRID(" + extent + ", " + std::to_string(facts_.srid) +
            ") AS box), placed AS (SELECT CASE WHEN ST_SRID(box) = 4326 THEN box ELSE "
            "ST_Transform(ST_Segmentize(box, greatest(ST_XMax(box) - ST_XMin(box), ST_YMax(box) - "
            "ST_YMin(box), 1e-9) / 32), 4326) END AS box FROM whole) "
            "SELECT ST_XMin(box), ST_YMin(box), ST_XMax(box), ST_YMax(box) FROM placed "
            "WHERE box IS NOT NULL AND NOT ST_IsEmpty(box)";
        LonLatBox box;
        const auto found = try_one({words, values}, [&](const Row& row) {
            box = {row.number(0), row.number(1), row.number(2), row.number(3)};
        });
        if (!found) return found.error();
        const std::array edges{box.west, box.south, box.east, box.north};
        const bool good = *found && std::all_of(edges.begin(), edges.end(), [](double edge) {
            return std::isfinite(edge) && std::abs(edge) <= 540;
        });
        return good ? std::optional(box) : std::nullopt;
    }

    Result<void> read_bounds() {
        Result<std::optional<LonLatBox>> box = std::optional<LonLatBox>();
        // Of an index on places PostGIS reads its root, which holds all; else rows are looked at.
        if (facts_.indexed)
            box = ask_bounds("ST_EstimatedExtent($1, $2, $3)::geometry", facts_.names);
        if (box && !*box)
            box = ask_bounds("(SELECT ST_Extent(" + facts_.geometry + ")::geometry FROM " +
                                 facts_.relation + ")",
                             {});
        if (!box) return box.error();
        if (!*box && description_.features != 0)
            description_.findings.emplace_back("its extent is not known");
        LonLatBox known = box->value_or(whole_world);
        if (known.south < -90.000001 || known.north > 90.000001)
            description_.findings.emplace_back(
                "features lie at no place of the world, at latitudes beyond 90°: tiles leave them "
                "out; longitude and latitude may be exchanged");
        known.south = std::clamp(known.south, -90.0, 90.0);
        known.north = std::clamp(known.north, -90.0, 90.0);
        description_.bounds = wrapped(known);
        return {};
    }

    void add_kinds(std::string type) {
        std::transform(type.begin(), type.end(), type.begin(), [](char letter) {
            return letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 32) : letter;
        });
        const auto has = [&](std::string_view part) {
            return type.find(part) != std::string::npos;
        };
        if (has("POINT")) kinds_.insert(GeometryKind::point);
        if (has("LINE") || (has("CURVE") && !has("POLYGON"))) kinds_.insert(GeometryKind::line);
        if (has("POLYGON") || has("SURFACE") || has("TIN") || has("TRIANGLE") || has("POLYHEDRAL"))
            kinds_.insert(GeometryKind::area);
        if (type == "GEOMETRYCOLLECTION")
            kinds_ = {GeometryKind::point, GeometryKind::line, GeometryKind::area};
    }

    /// Of a column of any geometries by its first rows.
    Result<void> read_kinds() {
        add_kinds(facts_.declared);
        if (kinds_.empty()) {
            auto asked = connection_.ask(
                {"SELECT DISTINCT GeometryType(g) FROM (SELECT " + facts_.geometry + " AS g FROM " +
                 facts_.relation + " LIMIT 10000) AS beginning WHERE g IS NOT NULL"},
                deadline_,
                [&](const Row& row) -> Result<void> {
                    add_kinds(row.text(0));
                    return {};
                });
            if (!asked) return asked;
        }
        description_.kinds.assign(kinds_.begin(), kinds_.end());
        return {};
    }

    /// Every moment there is, or the first and the last where they are too many to list.
    Result<std::vector<InstantRange>> moments_of(const Column& column) {
        const std::string name = connection_.quoted(column.name);
        const std::string from = " FROM " + facts_.relation + " WHERE " + moment_words(name);
        std::vector<InstantRange> moments;
        const auto take = [&](const Row& row) {
            if (const auto moment = parse_observed(row.text(0))) moments.push_back(*moment);
        };
        const auto ends =
            try_one({"SELECT " + value_words(column, "min(" + name + ")") + from}, take);
        if (!ends) return ends.error();
        const auto last =
            try_one({"SELECT " + value_words(column, "max(" + name + ")") + from}, take);
        if (!last) return last.error();
        if (moments.size() != 2) return std::vector<InstantRange>();
        const std::size_t first = moments.size();
        const auto listed = connection_.ask({"SELECT DISTINCT " + value_words(column, name) + from +
                                             " LIMIT " + std::to_string(most_moments + 1)},
                                            soon(),
                                            [&](const Row& row) -> Result<void> {
                                                take(row);
                                                return {};
                                            });
        if (!listed && !connection_.alive()) return listed.error();
        if (!listed || moments.size() > first + most_moments) moments.resize(first);
        return moments;
    }

    Result<void> read_times() {
        if (!facts_.time_column) return {};
        const Column& column = facts_.columns[*facts_.time_column];
        const auto found = moments_of(column);
        if (!found) return found.error();
        std::vector<InstantRange> moments = *found;
        if (moments.empty()) return {};
        const bool listed = moments.size() > 2;
        std::sort(moments.begin(), moments.end());
        moments.erase(std::unique(moments.begin(), moments.end()), moments.end());
        description_.times = FeatureTimes{column.attribute.name,
                                          {moments.front().first, moments.back().last},
                                          moments.back(),
                                          {}};
        if (listed) description_.times->moments = std::move(moments);
        return {};
    }

    void add_findings() {
        if (!facts_.indexed && !facts_.is_view && description_.features > 10'000)
            description_.findings.emplace_back(
                "no index finds its features by place, each answer looks at all of them: CREATE "
                "INDEX … USING gist makes one");
        if (!facts_.key)
            description_.findings.emplace_back(
                "nothing names its rows: ids of features are made of their places; &key=COLUMN "
                "names the column that does");
    }

    Connection& connection_;
    TableFacts& facts_;
    const Deadline& deadline_;
    VectorDescription description_;
    std::set<GeometryKind> kinds_;
};

}  // namespace

Result<TableDescription> describe_table(Connection& connection,
                                        const TableWish& wish,
                                        const Deadline& deadline) {
    auto facts = read_facts(connection, wish, deadline);
    if (!facts) return facts.error();
    // Before what it stands for is read: a change in between makes another version.
    auto version = version_of(connection, wish.address, deadline);
    if (!version) return version.error();
    auto description = Describer(connection, *facts, deadline).describe();
    if (!description) return description.error();
    return TableDescription{std::move(*facts), std::move(*description), std::move(*version)};
}

}  // namespace relief::postgis
