#include "tiler/postgis/column_words.hpp"
#include "tiler/postgis/question_writer.hpp"
#include "tiler/postgis/table_window.hpp"

#include <string>
#include <utility>

namespace relief::postgis {
namespace {

class MomentReader {
public:
    MomentReader(Connection& connection, const TableFacts& facts, const Deadline& deadline)
        : connection_(connection),
          deadline_(deadline),
          column_(facts.columns[*facts.time_column]),
          name_(connection.quoted(column_.name)),
          from_(" FROM " + facts.relation + " WHERE " + moment_words(name_)) {}

    /// Of the best by `aggregate`, "min" or "max", among those that are on that side of a moment.
    // NOLINTNEXTLINE(bugprone-easily-swappable-parameters): in the order of the question
    Result<void> take(const char* aggregate, const char* sign, std::optional<Instant> moment) {
        QuestionWriter writer;
        std::string text =
            "SELECT " + value_words(column_, std::string(aggregate) + "(" + name_ + ")") + from_;
        if (moment)
            text += " AND " + name_ + " " + sign + " to_timestamp(" +
                    writer.number(static_cast<double>(moment->milliseconds) / 1000) +
                    ") AT TIME ZONE 'UTC'";
        const auto asked = connection_.ask_one(writer.with(text), deadline_, [&](const Row& row) {
            if (row.is_null(0)) return;
            if (const auto found = parse_observed(row.text(0))) moments_.push_back(*found);
        });
        return asked ? Result<void>() : Result<void>(asked.error());
    }
    std::vector<InstantRange> result() { return std::move(moments_); }

private:
    Connection& connection_;
    const Deadline& deadline_;
    const Column& column_;
    std::string name_;
    std::string from_;
    std::vector<InstantRange> moments_;
};

}  // namespace

Result<std::vector<InstantRange>> newest_moments(Connection& connection,
                                                 const TableFacts& facts,
                                                 const Deadline& deadline) {
    MomentReader reader(connection, facts, deadline);
    if (auto asked = reader.take("max", "<=", std::nullopt); !asked) return asked.error();
    return reader.result();
}

Result<std::vector<InstantRange>> nearest_moments(Connection& connection,
                                                  const TableFacts& facts,
                                                  const WindowWish::Period& period,
                                                  const Deadline& deadline) {
    MomentReader reader(connection, facts, deadline);
    // On either side of its beginning and of its end: one of these four is the closest.
    for (const auto& end : {period.first, period.last}) {
        if (auto before = reader.take("max", "<=", end); !before) return before.error();
        if (auto after = reader.take("min", ">=", end); !after) return after.error();
    }
    return reader.result();
}

}  // namespace relief::postgis
