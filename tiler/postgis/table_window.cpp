#include "tiler/postgis/table_window.hpp"

#include "tiler/postgis/column_words.hpp"
#include "tiler/postgis/condition_words.hpp"
#include "tiler/postgis/question_writer.hpp"
#include "tiler/postgis/well_known_binary.hpp"
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
        std::vector<SourceFeature> kept;
        const auto read = ask(" LIMIT " + std::to_string(limit()), kept);
        if (!read) return read.error();
        std::uint64_t left_out = 0;
        if (kept.size() > wish_.most) {
            if (!wish_.may_thin || wish_.wanted) return too_many();
            const auto thinned = read_largest(kept);
            if (!thinned) return thinned.error();
            left_out = *thinned;
        }
        for (const SourceFeature& feature : kept) take(feature);
        return left_out;
    }

private:
    Error too_many() const {
        return {Fault::too_large,
                "more than " + std::to_string(wish_.most) +
                    " features of the table would have to be looked at; ask for a deeper zoom, a "
                    "shorter time, or add a view of fewer features as a layer"};
    }
    /// What the asker's own question leaves of the rows, only the asker knows.
    std::size_t limit() const { return wish_.wanted ? std::size_t{1} << 40U : wish_.most + 1; }

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
        for (const query::Condition* const condition : wish_.conditions)
            if (const auto words = condition_words(*condition, {connection_, facts_}, writer))
                text += " AND " + words->text;
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
            if (reads(i))
                list += ", " +
                        value_words(facts_.columns[i], connection_.quoted(facts_.columns[i].name));
        return list;
    }
    bool reads(std::size_t column) const {
        return wish_.columns[column] || facts_.key == column || facts_.time_column == column;
    }

    Result<void> ask(const std::string& ending, std::vector<SourceFeature>& kept) {
        QuestionWriter writer;
        const std::string shape = geometry_words(writer);
        const std::string text = "SELECT " + shape + column_list() + " FROM " + facts_.relation +
                                 conditions(writer) + ending;
        std::size_t bytes = 0;
        std::uint32_t looked = 0;
        return connection_.ask(
            writer.with(text), wish_.deadline, [&](const Row& row) -> Result<void> {
                std::size_t own = 0;
                auto feature = feature_of(row, own);
                if (!feature) return feature.error();
                // The asker's question may be the most of the work, and rows come in heaps.
                if (wish_.wanted && ++looked % 16 == 0 && wish_.deadline.passed())
                    return Error{Fault::out_of_time, "the tile could not be made in time"};
                if (wish_.wanted && !wish_.wanted(*feature)) return {};
                kept.push_back(std::move(*feature));
                bytes += own;
                const bool full = wish_.wanted && kept.size() > wish_.most;
                return full || bytes > most_bytes ? Result<void>(too_many()) : Result<void>();
            });
    }

    /// Of too many rows the largest, points by a lot: `kept` is filled anew.
    Result<std::uint64_t> read_largest(std::vector<SourceFeature>& kept) {
        QuestionWriter writer;
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
            ask(" ORDER BY (ST_XMax(" + shape + ") - ST_XMin(" + shape + ")) + (ST_YMax(" + shape +
                    ") - ST_YMin(" + shape + ")) DESC, hashtextextended(" + lot + ", 0) LIMIT " +
                    std::to_string(wish_.most),
                kept);
        if (!read) return read.error();
        return all > kept.size() ? all - kept.size() : 0;
    }

    Result<SourceFeature> feature_of(const Row& row, std::size_t& bytes) const {
        SourceFeature feature;
        const std::string_view geometry = row.bytes(0);
        auto shapes = shapes_of(geometry);
        if (!shapes) return shapes.error();
        bytes += geometry.size();
        feature.shapes = std::move(*shapes);
        feature.values.resize(facts_.columns.size());
        feature.id = std::hash<std::string_view>{}(geometry)&largest_id;
        int place = 0;
        if (wish_.labels && !row.is_null(++place)) {
            const auto label = shapes_of(row.bytes(place));
            if (label && !label->empty() && !label->front().empty())
                feature.label = label->front().points.front();
        }
        for (std::size_t i = 0; i < facts_.columns.size(); ++i) {
            if (!reads(i)) continue;
            ++place;
            bytes += row.bytes(place).size();
            auto value = value_in(row, place, facts_.columns[i].attribute.type);
            if (facts_.key == i && value) feature.id = id_of(*value);
            if (wish_.columns[i] || facts_.time_column == i) feature.values[i] = std::move(value);
        }
        return feature;
    }

    /// A whole number from 0 on is the id; of anything else it is made of the text.
    static std::uint64_t id_of(const AttributeValue& key) {
        const auto* const number = std::get_if<std::int64_t>(&key);
        if (number != nullptr && *number >= 0) return static_cast<std::uint64_t>(*number);
        const auto* const text = std::get_if<std::string>(&key);
        return std::hash<std::string>{}(text != nullptr     ? *text
                                        : number != nullptr ? std::to_string(*number)
                                                            : std::string()) &
               largest_id;
    }
    /// Exact as a double, for clients whose numbers are these.
    static constexpr std::uint64_t largest_id = (std::uint64_t{1} << 53U) - 1;

    Connection& connection_;
    const TableFacts& facts_;
    const WindowWish& wish_;
    std::vector<DegreeBox> boxes_;  ///< none: every row is looked at
};

}  // namespace

Result<std::uint64_t> read_window(Connection& connection,
                                  const TableFacts& facts,
                                  const WindowWish& wish,
                                  const std::function<void(const vector::SourceFeature&)>& take) {
    return WindowReader(connection, facts, wish).read(take);
}

}  // namespace relief::postgis
