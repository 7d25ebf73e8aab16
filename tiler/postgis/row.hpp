#pragma once
// One row of a database's answer.

#include <cstdint>
#include <string>
#include <string_view>

struct pg_result;

namespace relief::postgis {

/// A row while it is looked at. Integers, numbers and truths are as PostgreSQL's binary format has
/// them: int8, float8, bool; of other types the bytes.
class Row {
public:
    explicit Row(const pg_result* result) : result_(result) {}
    bool is_null(int column) const;
    std::string_view bytes(int column) const;
    std::string text(int column) const { return std::string(bytes(column)); }
    std::int64_t integer(int column) const;
    double number(int column) const;
    bool truth(int column) const { return bytes(column) == std::string_view("\1", 1); }

private:
    const pg_result* result_;
};

}  // namespace relief::postgis
