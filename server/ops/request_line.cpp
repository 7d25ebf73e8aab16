#include "server/ops/request_line.hpp"

#include <string>

namespace relief::ops {
namespace {

Level level_of(int status) {
    if (status >= 500) return Level::warning;
    return Level::info;
}

}  // namespace

void write(Log& log, const RequestLine& line) {
    const std::string_view path = line.target.substr(0, line.target.find_first_of("?#"));
    log.write(level_of(line.status),
              "request",
              {{"id", std::string(line.id)},
               {"method", std::string(line.method)},
               {"path", std::string(path)},
               {"route", std::string(line.route)},
               {"status", line.status},
               {"bytes", line.bytes},
               {"us", line.duration.count()},
               {"cache", std::string(line.cache)}});
}

}  // namespace relief::ops
