#pragma once
// Filters that a database is asked.

#include "tests/support/repeatable_random.hpp"

#include <cstddef>
#include <random>
#include <string>
#include <vector>

namespace relief::postgis {

/// Filters in CQL2 over the columns of "odd", of every operation and of odd constants.
class FilterMaker {
public:
    explicit FilterMaker(unsigned seed) : random_(relief::testing::repeatable_random(seed)) {}

    std::string filter(int depth) {
        if (depth == 0) return comparison();
        switch (pick(6)) {
            case 0: return "(" + filter(depth - 1) + " AND " + filter(depth - 1) + ")";
            case 1: return "(" + filter(depth - 1) + " OR " + filter(depth - 1) + ")";
            case 2: return "NOT (" + filter(depth - 1) + ")";
            default: return comparison();
        }
    }

private:
    using List = std::vector<const char*>;

    std::size_t pick(std::size_t count) {
        return std::uniform_int_distribution<std::size_t>(0, count - 1)(random_);
    }
    std::string one_of(const List& list) { return list[pick(list.size())]; }
    std::string sign() { return one_of({" = ", " <> ", " < ", " <= ", " > ", " >= "}); }
    std::string number_column() { return one_of({"small", "big", "share", "exact", "thin"}); }
    std::string number() {
        return one_of({"0",
                       "1",
                       "2.5",
                       "5",
                       "0.1",
                       "-3",
                       "9007199254740992",
                       "9007199254740993",
                       "1e300",
                       "40000",
                       "-0.5"});
    }
    std::string text_column() {
        return one_of(
            {"name", "folded", "german", "padded", "tags", "doc", "phase", "day", "at", "local"});
    }
    std::string text() {
        return one_of({"'a'",
                       "'A'",
                       "'ä'",
                       "'b'",
                       "''",
                       "'a%b'",
                       "'é'",
                       "'Z'",
                       "'it''s'",
                       "'中文'",
                       R"('["a","b"]')",
                       "'open'",
                       "'ab.000Z'",
                       "'2024-05-01'",
                       "'2024-05-01T12:00:00.123Z'",
                       "'a\\b'"});
    }
    std::string pattern() {
        return one_of({"'a%'",
                       "'%'",
                       "'_'",
                       "'a_b'",
                       "'a\\%b'",
                       "'a\\_b'",
                       "'%b'",
                       "'_x'",
                       "'a\\\\b'",
                       "'2024%'",
                       "''"});
    }
    std::string moment() {
        return one_of({"DATE('2024-05-01')",
                       "DATE('2024-05')",
                       "DATE('2024')",
                       "TIMESTAMP('2024-05-01T12:00:00Z')",
                       "TIMESTAMP('2024-05-01T12:00:00.123Z')",
                       "TIMESTAMP('2024-04-30T23:59:59.999Z')",
                       "DATE('9999')",
                       "DATE('0001')"});
    }
    std::string comparison() {
        switch (pick(12)) {
            case 0: return text_column() + sign() + text();
            case 1: return text() + sign() + text_column();
            case 2: return "CASEI(" + text_column() + ")" + sign() + "CASEI(" + text() + ")";
            case 3: return text_column() + one_of({" LIKE ", " NOT LIKE "}) + pattern();
            case 4: return one_of({"day", "at", "local", "name"}) + sign() + moment();
            case 5:
                return number_column() + one_of({" BETWEEN ", " NOT BETWEEN "}) + number() +
                       " AND " + number();
            case 6:
                return one_of({"day", "at", "local"}) + " BETWEEN " + moment() + " AND " + moment();
            case 7:
                return number_column() + one_of({" IN (", " NOT IN ("}) + number() + ", " +
                       number() + ", " + number_column() + ")";
            case 8: return text_column() + " NOT IN (" + text() + ", " + text() + ")";
            case 9:
                return one_of({"small", "share", "exact", "name", "kept", "day", "at", "local"}) +
                       one_of({" IS NULL", " IS NOT NULL"});
            case 10: return one_of({"kept", "kept = TRUE", "kept < TRUE", "FALSE", "kept <> kept"});
            default: return number_column() + sign() + one_of({"", "1 + "}) + number_or_column();
        }
    }
    std::string number_or_column() { return pick(3) == 0 ? number_column() : number(); }

    std::mt19937 random_;
};

}  // namespace relief::postgis
