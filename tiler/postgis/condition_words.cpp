#include "tiler/postgis/condition_words.hpp"

#include "tiler/postgis/column_words.hpp"
#include "tiler/postgis/condition_signs.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <initializer_list>
#include <string_view>
#include <vector>

namespace relief::postgis {
namespace {

using query::Condition;
using query::Operation;
using Words = std::optional<std::string>;

bool is_one_of(std::string_view type, std::initializer_list<std::string_view> types) noexcept {
    return std::find(types.begin(), types.end(), type) != types.end();
}

/// A number that is a whole one, and exact as a double.
std::optional<std::int64_t> whole_number(const Condition& condition) {
    const auto* const number = std::get_if<double>(&condition.literal);
    constexpr double exact = 9007199254740992.0;  // 2^53
    if (condition.operation != Operation::literal || number == nullptr ||
        std::abs(*number) >= exact || std::trunc(*number) != *number)
        return std::nullopt;
    return static_cast<std::int64_t>(*number);
}

/// Each of its texts is true where a condition's answer is the truth that is wanted, and false or
/// null where the answer is another or none: so NOT goes down to the comparisons, and what SQL
/// makes of a null is of no matter.
class ConditionWriter {
public:
    ConditionWriter(const AskedTable& table, QuestionWriter& writer)
        : connection_(table.connection), facts_(table.facts), writer_(writer) {}

    bool whole() const noexcept { return whole_; }

    Words where(const Condition& condition, bool wanted) {
        const auto& parts = condition.parts;
        switch (condition.operation) {
            case Operation::both: return wanted ? all_of(parts, true) : any_of(parts, false);
            case Operation::either: return wanted ? any_of(parts, true) : all_of(parts, false);
            case Operation::opposite: return where(parts[0], !wanted);
            case Operation::between: return between(parts, wanted);
            case Operation::among: return among(parts, wanted);
            case Operation::is_null: return nullness(parts[0], wanted);
            case Operation::like: return like(parts, wanted);
            case Operation::literal:
            case Operation::attribute: return truth(condition, wanted);
            case Operation::add:
            case Operation::subtract:
            case Operation::multiply:
            case Operation::divide:
            case Operation::fold_case: return std::nullopt;
            default: break;
        }
        const Operation asked = wanted ? condition.operation : inverse_of(condition.operation);
        return comparison(asked, parts[0], parts[1]);
    }

private:
    Words all_of(const std::vector<Condition>& parts, bool wanted) {
        std::string all;
        for (const Condition& part : parts) {
            // A parameter that no text names would have no type.
            const QuestionWriter before = writer_;
            const Words one = where(part, wanted);
            if (one) {
                all += (all.empty() ? "" : " AND ") + *one;
            } else {
                writer_ = before;
                whole_ = false;
            }
        }
        return all.empty() ? std::nullopt : Words("(" + all + ")");
    }
    Words any_of(const std::vector<Condition>& parts, bool wanted) {
        std::string any;
        for (const Condition& part : parts) {
            const Words one = where(part, wanted);
            if (!one) return std::nullopt;
            any += (any.empty() ? "" : " OR ") + *one;
        }
        return "(" + any + ")";
    }

    Words between(const std::vector<Condition>& parts, bool wanted) {
        const Condition above{Operation::greater_or_equal, {}, 0, {parts[0], parts[1]}};
        const Condition below{Operation::less_or_equal, {}, 0, {parts[0], parts[2]}};
        return where({Operation::both, {}, 0, {above, below}}, wanted);
    }
    Words among(const std::vector<Condition>& parts, bool wanted) {
        Condition any{Operation::either, {}, 0, {}};
        for (std::size_t i = 1; i < parts.size(); ++i)
            any.parts.push_back({Operation::equal, {}, 0, {parts[0], parts[i]}});
        return where(any, wanted);
    }

    const Column* column_of(const Condition& condition) const {
        const bool is = condition.operation == Operation::attribute &&
                        condition.attribute < facts_.columns.size();
        return is ? &facts_.columns[condition.attribute] : nullptr;
    }
    std::string name_of(const Column& column) const { return connection_.quoted(column.name); }
    std::string value_of(const Column& column) const {
        return value_words(column, name_of(column));
    }

    Words nullness(const Condition& condition, bool wanted) const {
        const Column* const column = column_of(condition);
        if (column == nullptr) return std::nullopt;
        return "(" + value_of(*column) + (wanted ? ") IS NULL" : ") IS NOT NULL");
    }
    Words truth(const Condition& condition, bool wanted) const {
        const auto value = truth_words(condition);
        if (!value) return std::nullopt;
        return wanted ? value : Words("NOT " + *value);
    }

    Words truth_words(const Condition& condition) const {
        if (const auto* const stated = std::get_if<bool>(&condition.literal);
            stated != nullptr && condition.operation == Operation::literal)
            return *stated ? "TRUE" : "FALSE";
        const Column* const column = column_of(condition);
        const bool is = column != nullptr && column->attribute.type == AttributeType::boolean;
        return is ? Words(value_of(*column)) : std::nullopt;
    }
    Words number_words(const Condition& condition) {
        if (const auto* const number = std::get_if<double>(&condition.literal);
            number != nullptr && condition.operation == Operation::literal)
            return writer_.number(*number);
        const Column* const column = column_of(condition);
        if (column == nullptr) return std::nullopt;
        if (column->attribute.type == AttributeType::number) return "(" + value_of(*column) + ")";
        const bool whole = column->attribute.type == AttributeType::integer;
        return whole ? Words(value_of(*column) + "::float8") : std::nullopt;
    }
    Words text_words(const Condition& condition) {
        if (!connection_.keeps_utf8()) return std::nullopt;
        if (condition.operation == Operation::fold_case) {
            // Of the collation "C" only A to Z have small letters, as of CASEI.
            const Words inner = text_words(condition.parts[0]);
            return inner ? Words("lower(" + *inner + ")") : std::nullopt;
        }
        if (const auto* const text = std::get_if<std::string>(&condition.literal);
            text != nullptr && condition.operation == Operation::literal)
            return is_clean_text(*text)
                       ? Words("(" + writer_.value(*text) + "::text COLLATE \"C\")")
                       : std::nullopt;
        const Column* const column = column_of(condition);
        const bool is = column != nullptr && column->attribute.type == AttributeType::text;
        return is ? Words("((" + value_of(*column) + ") COLLATE \"C\")") : std::nullopt;
    }

    Words like(const std::vector<Condition>& parts, bool wanted) {
        const auto* const pattern = std::get_if<std::string>(&parts[1].literal);
        if (parts[1].operation != Operation::literal || pattern == nullptr || ends_open(*pattern))
            return std::nullopt;
        const Words text = text_words(parts[0]);
        const Words form = text ? text_words(parts[1]) : std::nullopt;
        if (!form) return std::nullopt;
        return *text + (wanted ? " LIKE " : " NOT LIKE ") + *form;
    }

    Words comparison(Operation operation, const Condition& left, const Condition& right) {
        if (left.operation == Operation::literal && right.operation != Operation::literal)
            return comparison(turned(operation), right, left);
        if (const auto* const moment = std::get_if<InstantRange>(&right.literal))
            return moment_comparison(operation, left, *moment);
        if (auto words = plain_comparison(operation, left, right)) return words;
        for (const auto side : {&ConditionWriter::truth_of_side,
                                &ConditionWriter::number_words,
                                &ConditionWriter::text_words}) {
            const QuestionWriter before = writer_;
            const Words first = (this->*side)(left);
            const Words second = first ? (this->*side)(right) : std::nullopt;
            if (second) return *first + sign_of(operation) + *second;
            writer_ = before;
        }
        return std::nullopt;
    }
    Words truth_of_side(const Condition& condition) { return truth_words(condition); }

    /// Of whole numbers as they are, and of a column as it stands: its own index finds the rows.
    Words plain_comparison(Operation operation, const Condition& left, const Condition& right) {
        const Column* const column = column_of(left);
        if (column == nullptr) return std::nullopt;
        if (const Column* const other = column_of(right)) {
            const bool whole = column->attribute.type == AttributeType::integer &&
                               other->attribute.type == AttributeType::integer;
            return whole ? Words(value_of(*column) + sign_of(operation) + value_of(*other))
                         : std::nullopt;
        }
        const auto whole = whole_number(right);
        if (whole && is_one_of(column->type, {"int2", "int4", "int8"}))
            return name_of(*column) + sign_of(operation) + writer_.value(std::to_string(*whole)) +
                   "::int8";
        const auto* const text = std::get_if<std::string>(&right.literal);
        if (operation != Operation::equal || text == nullptr || !is_clean_text(*text) ||
            !connection_.keeps_utf8() || !is_one_of(column->type, {"text", "varchar"}))
            return std::nullopt;
        // Some collations take different texts for the same.
        const std::string value = writer_.value(*text) + "::text";
        return "(" + name_of(*column) + " = " + value + " AND " + name_of(*column) +
               " COLLATE \"C\" = " + value + ")";
    }

    /// Attributes are whole days, or moments to the millisecond, or whole seconds where there is no
    /// fraction of one.
    Words moment_comparison(Operation operation,
                            const Condition& condition,
                            const InstantRange& moment) {
        const Column* const column = column_of(condition);
        if (column == nullptr || !column->is_time()) return std::nullopt;
        const auto asked = [&] {
            switch (operation) {
                case Operation::less: return to_begin(*column, true, moment);
                case Operation::greater_or_equal: return to_begin(*column, false, moment);
                case Operation::greater: return to_end(*column, true, moment);
                case Operation::less_or_equal: return to_end(*column, false, moment);
                case Operation::equal:
                    return to_begin(*column, false, moment) + " AND " +
                           to_end(*column, false, moment);
                default:
                    return "(" + to_begin(*column, true, moment) + " OR " +
                           to_end(*column, true, moment) + ")";
            }
        }();
        return "(" + asked + " AND " + moment_words(name_of(*column)) + ")";
    }
    /// Whether it is before the span or not; of a day or a second, whether all of it is.
    std::string to_begin(const Column& column, bool before, const InstantRange& span) {
        const std::string name = name_of(column);
        if (column.type == "date")
            return name + (before ? " <= " : " > ") + instant(column, span.first) +
                   " - interval '1 day'";
        std::string text = name + (before ? " < " : " >= ") + instant(column, span.first);
        constexpr std::int64_t second = 1000;
        const std::int64_t part = (span.first.milliseconds % second + second) % second;
        if (part == 0) return text;
        // The second in which the span begins ends later.
        const std::string whole = instant(column, {span.first.milliseconds - part});
        const std::string same = "(" + name + " >= " + whole + " AND " + name + " < " + whole +
                                 " + interval '1 millisecond')";
        return "(" + text + (before ? " AND NOT " : " OR ") + same + ")";
    }
    /// Whether it is after the span or not: what is finer than a millisecond is cut off.
    std::string to_end(const Column& column, bool after, const InstantRange& span) {
        const bool days = column.type == "date";
        const char* const sign = days ? after ? " > " : " <= " : after ? " >= " : " < ";
        return name_of(column) + sign + instant(column, span.last) +
               (days ? "" : " + interval '1 millisecond'");
    }
    std::string instant(const Column& column, Instant instant) {
        const char* const zone = column.type == "timestamptz" ? "" : " AT TIME ZONE 'UTC'";
        return "(" + writer_.value(to_text(instant)) + "::timestamptz" + zone + ")";
    }

    const Connection& connection_;
    const TableFacts& facts_;
    QuestionWriter& writer_;
    bool whole_ = true;
};

}  // namespace

std::optional<ConditionWords> condition_words(const query::Condition& condition,
                                              const AskedTable& table,
                                              QuestionWriter& writer) {
    const QuestionWriter before = writer;
    ConditionWriter conditions(table, writer);
    auto text = conditions.where(condition, true);
    if (text) return ConditionWords{"(" + *text + ")", conditions.whole()};
    writer = before;
    return std::nullopt;
}

}  // namespace relief::postgis
