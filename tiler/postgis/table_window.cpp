#include "tiler/postgis/table_window.hpp"

#include "tiler/postgis/column_words.hpp"
#include "tiler/postgis/kept_row.hpp"
#include "tiler/postgis/window_boxes.hpp"

#include <string>
#include <utility>

namespace relief::postgis {
namespace {

using vector::SourceFeature;

/// Shapes of more points are cut by the database: more of them would travel than a tile can show.
constexpr const char* many_points = "1000";
constexpr std::int64_t milliseconds_of_day = 86'400'000;

/// One window of a table, asked for.
class WindowReader {
public:
    WindowReader(Connection& connection, const TableFacts& facts, const WindowWish& wish)
        : connection_(connection), facts_(facts), wish_(wish) {}

    Result<std::uint64_t> read(const std::function<void(const SourceFeature&)>& take) {
        auto placed = window_boxes(connection_, facts_, wish_.box, wish_.deadline);
        if (!placed) return placed.error();
        boxes_ = std::move(*placed);
        if (!wish_.may_thin || wish_.wanted) return read_all(take);
        std::vector<KeptRow> kept;
        const auto read = keep(" LIMIT " + std::to_string(wish_.most + 1), kept);
        if (!read) return read.error();
        std::uint64_t left_out = placeless_;
        if (kept.size() + placeless_ > wish_.most) {
            const auto thinned = read_largest(kept);
            if (!thinned) return thinned.error();
            left_out = *thinned;
        }
        for (KeptRow& row : kept) take(whole_feature(std::move(row), facts_.columns.size()));
        return left_out;
    }

private:
    Error too_many() const {
        return {Fault::too_large,
                "more than " + std::to_string(wish_.most) +
                    " features of the table would have to be looked at; ask for a deeper zoom, a "
                    "shorter time, or add a view of fewer features as a layer"};
    }
    static Error out_of_memory() {
        return {Fault::too_large,
                "the features of the table that would have to be looked at take more than " +
                    std::to_string(most_bytes >> 20U) +
                    " MiB; ask for a deeper zoom, a shorter time, fewer fields, or add a view of "
                    "fewer features as a layer"};
    }

    /// What crosses the antimeridian may be written as if it went the other way round the world.
    std::string wide_rows(QuestionWriter& writer) const {
        const DegreeBox box = degrees_of(wish_.box);
        const auto touches = [&](double longitude) {
            return facts_.geometry + " && " +
                   envelope(writer, {longitude, box.south, longitude, box.north}, facts_.srid);
        };
        return "(" + touches(-90) + " AND " + touches(90) + ")";
    }

    /// " WHERE …" of the place, the time and the values.
    std::string conditions(QuestionWriter& writer) const {
        std::string text = " WHERE " + facts_.geometry + " IS NOT NULL";
        for (const std::string& condition : wish_.conditions) text += " AND " + condition;
        if (!boxes_.empty()) {
            std::string any;
            for (const DegreeBox& box : boxes_)
                any += (any.empty() ? "" : " OR ") + facts_.geometry + " && " +
                       envelope(writer, box, facts_.srid);
            if (facts_.srid == 4326) any += " OR " + wide_rows(writer);
            text += " AND (" + any + ")";
        }
        if (!wish_.period || !facts_.time_column) return text;
        const std::string column = connection_.quoted(facts_.columns[*facts_.time_column].name);
        const auto bound = [&](const char* sign, std::int64_t moment) {
            text += " AND " + column + " " + sign + " to_timestamp(" +
                    writer.number(static_cast<double>(moment) / 1000) + ") AT TIME ZONE 'UTC'";
        };
        // A day wider: a column of days has one moment for all of each.
        if (wish_.period->first)
            bound(">=", wish_.period->first->milliseconds - milliseconds_of_day);
        if (wish_.period->last) bound("<=", wish_.period->last->milliseconds + milliseconds_of_day);
        return text;
    }

    /// In longitude and latitude; of large shapes the part that matters.
    std::string geometry_words(QuestionWriter& writer) const {
        std::string shape = facts_.geometry;
        if (boxes_.size() == 1) {
            // A window more on each side: the corner of something large is not to look small.
            DegreeBox box = boxes_.front();
            const double width = box.east - box.west;
            const double height = box.north - box.south;
            box = {box.west - width, box.south - height, box.east + width, box.north + height};
            shape =
                "CASE WHEN ST_NPoints(" + shape + ") > " + many_points +
                (facts_.srid == 4326 ? " AND ST_XMax(" + shape + ") - ST_XMin(" + shape + ") <= 180"
                                     : "") +
                " THEN ST_ClipByBox2D(" + shape + ", " + envelope(writer, box, facts_.srid) +
                ") ELSE " + shape + " END";
        }
        return "ST_AsBinary(" + in_degrees("ST_CurveToLine(ST_Force2D(" + shape + "))") +
               ", 'NDR')";
    }

    std::string in_degrees(const std::string& shape) const {
        return facts_.srid == 4326 ? shape : "ST_Transform(" + shape + ", 4326)";
    }
    /// On the whole area, so that all its parts agree on it.
    std::string label_words() const {
        const std::string& shape = facts_.geometry;
        return "CASE WHEN ST_NPoints(" + shape + ") > " + many_points + " AND ST_Dimension(" +
               shape + ") = 2 THEN ST_AsBinary(" +
               in_degrees("ST_PointOnSurface(ST_CurveToLine(ST_Force2D(" + shape + ")))") +
               ", 'NDR') END";
    }

    std::string column_list() const {
        std::string list;
        if (wish_.labels) list += ", " + label_words();
        for (std::size_t i = 0; i < facts_.columns.size(); ++i)
            if (is_read(facts_, wish_, i))
                list += ", " +
                        value_words(facts_.columns[i], connection_.quoted(facts_.columns[i].name));
        return list;
    }

    Result<void> ask(const std::string& ending,
                     const std::function<Result<void>(KeptRow row)>& take) {
        QuestionWriter writer = wish_.values;
        const std::string shape = geometry_words(writer);
        const std::string text = "SELECT " + shape + column_list() + " FROM " + facts_.relation +
                                 conditions(writer) + ending;
        return connection_.ask(
            writer.with(text), wish_.deadline, [&](const Row& row) -> Result<void> {
                auto read = kept_row(row, facts_, wish_);
                if (!read) return read.error();
                if (*read) return take(std::move(**read));
                ++placeless_;
                return {};
            });
    }

    Result<void> keep(const std::string& ending, std::vector<KeptRow>& kept) {
        bytes_ = 0;
        placeless_ = 0;
        return ask(ending, [&](KeptRow row) -> Result<void> {
            bytes_ += memory_of(row, facts_.columns.size());
            if (bytes_ > most_bytes) return out_of_memory();
            kept.push_back(std::move(row));
            return {};
        });
    }

    /// Where none may go, each is told as it comes.
    Result<std::uint64_t> read_all(const std::function<void(const SourceFeature&)>& take) {
        // What the asker's own question leaves of the rows, only the asker knows.
        const std::string limit =
            wish_.wanted ? std::string() : " LIMIT " + std::to_string(wish_.most + 1);
        std::size_t taken = 0;
        std::uint32_t looked = 0;
        const auto read = ask(limit, [&](KeptRow row) -> Result<void> {
            // The asker's question may be the most of the work, and rows come in heaps.
            if (wish_.wanted && ++looked % 16 == 0 && wish_.deadline.passed())
                return Error{Fault::out_of_time, "the tile could not be made in time"};
            const std::size_t own = memory_of(row, facts_.columns.size());
            const SourceFeature feature = whole_feature(std::move(row), facts_.columns.size());
            if (wish_.wanted && !wish_.wanted(feature)) return {};
            bytes_ += own;
            if (bytes_ > most_bytes) return out_of_memory();
            if (++taken > wish_.most) return too_many();
            take(feature);
            return {};
        });
        if (!read) return read.error();
        if (taken + placeless_ > wish_.most && !wish_.wanted) return too_many();
        return placeless_;
    }

    /// Of too many rows the largest, points by a lot: `kept` is filled anew.
    Result<std::uint64_t> read_largest(std::vector<KeptRow>& kept) {
        QuestionWriter writer = wish_.values;
        std::uint64_t all = 0;
        const auto counted = connection_.ask_one(
            writer.with("SELECT count(*) FROM " + facts_.relation + conditions(writer)),
            wish_.deadline,
            [&](const Row& row) { all = static_cast<std::uint64_t>(row.integer(0)); });
        if (!counted) return counted.error();
        const std::string& shape = facts_.geometry;
        const std::string lot =
            facts_.key ? connection_.quoted(facts_.columns[*facts_.key].name) + "::text"
                       : "ST_AsEWKT(ST_Centroid(" + shape + "::box2d::geometry))";
        kept.clear();
        const auto read =
            keep(" ORDER BY (ST_XMax(" + shape + ") - ST_XMin(" + shape + ")) + (ST_YMax(" + shape +
                     ") - ST_YMin(" + shape + ")) DESC, hashtextextended(" + lot + ", 0) LIMIT " +
                     std::to_string(wish_.most),
                 kept);
        if (!read) return read.error();
        return all > kept.size() ? all - kept.size() : 0;
    }

    Connection& connection_;
    const TableFacts& facts_;
    const WindowWish& wish_;
    std::vector<DegreeBox> boxes_;  ///< none: every row is looked at
    std::size_t bytes_ = 0;         ///< that the rows take
    std::uint64_t placeless_ = 0;   ///< rows that lie at no place of the world
};

}  // namespace

Result<std::uint64_t> read_window(Connection& connection,
                                  const TableFacts& facts,
                                  const WindowWish& wish,
                                  const std::function<void(const vector::SourceFeature&)>& take) {
    return WindowReader(connection, facts, wish).read(take);
}

}  // namespace relief::postgis
