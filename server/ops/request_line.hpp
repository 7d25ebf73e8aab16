#pragma once
// The one log line of an answered request.

#include "server/ops/log.hpp"

#include <chrono>
#include <cstddef>
#include <string_view>

namespace relief::ops {

/// No address of the asker and no query: a query may hold a token or tell where somebody looks.
struct RequestLine {
    std::string_view id{};
    std::string_view method{};
    std::string_view target{};  ///< what follows a "?" is not written
    std::string_view route{};   ///< pattern of the route table, "" for none
    std::string_view cache{};   ///< "" when no tile
    int status = 0;
    std::size_t bytes = 0;
    std::chrono::microseconds duration{};
};

/// Event "request": a warning from status 500 on, else info.
void write(Log& log, const RequestLine& line);

}  // namespace relief::ops
