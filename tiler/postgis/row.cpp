#include "tiler/postgis/row.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <libpq-fe.h>

namespace relief::postgis {
namespace {

template <typename Number>
Number big_endian(std::string_view bytes) {
    std::array<std::uint8_t, sizeof(Number)> turned{};
    if (bytes.size() != sizeof(Number)) return Number{};
    std::reverse_copy(bytes.begin(), bytes.end(), turned.begin());
    return std::bit_cast<Number>(turned);
}

}  // namespace

bool Row::is_null(int column) const {
    return PQgetisnull(result_, 0, column) != 0;
}

std::string_view Row::bytes(int column) const {
    return {PQgetvalue(result_, 0, column),
            static_cast<std::size_t>(PQgetlength(result_, 0, column))};
}

std::int64_t Row::integer(int column) const {
    return big_endian<std::int64_t>(bytes(column));
}

double Row::number(int column) const {
    return big_endian<double>(bytes(column));
}

}  // namespace relief::postgis
