#pragma once
// Requests as routes see them: already split and decoded.

#include "server/http/request.hpp"

#include <string>
#include <utility>
#include <vector>

namespace relief::route {

inline http::Request with_query(std::vector<http::NameValue> items) {
    http::Request request;
    request.query.items = std::move(items);
    return request;
}

inline http::Request tile_request(const char* z, const char* x, const char* y) {
    http::Request request;
    request.captures = {{"z", z}, {"x", x}, {"y", y}, {"format", "png"}};
    return request;
}

}  // namespace relief::route
