#pragma once
// What a query asks of features, as far as SQL says the same of a table's rows.

#include "tiler/postgis/connection.hpp"
#include "tiler/postgis/question_writer.hpp"
#include "tiler/postgis/table_facts.hpp"
#include "tiler/query/condition.hpp"

#include <optional>
#include <string>

namespace relief::postgis {

/// Whose rows are asked for, and by whom.
struct AskedTable {
    const Connection& connection;
    const TableFacts& facts;
};

struct ConditionWords {
    std::string text;    ///< an operand of AND: true of every row that the condition is true of
    bool whole = false;  ///< and of no other
};

/// The condition's attributes are the facts' columns. Values are parameters. Comparisons are of
/// what value_words() gives, so that types and nulls are those of the attributes: texts by their
/// bytes, whatever the column's collation; numbers as doubles; moments as spans. Of AND what SQL
/// does not say is left out: arithmetic, whose overflow is an error there; texts of databases that
/// keep no UTF-8. Nothing when nothing can be said.
std::optional<ConditionWords> condition_words(const query::Condition& condition,
                                              const AskedTable& table,
                                              QuestionWriter& writer);

}  // namespace relief::postgis
