#pragma once
// What an answer leaves in the audit log.

#include "server/http/request.hpp"
#include "server/route/house.hpp"

#include <string_view>

namespace relief::route {

/// To be called after the last byte was sent, so that no asker can tell by the clock whether an
/// entry was made. Refusals, hidden layers that were named, and views of what is high or severe.
/// `route`: the pattern that matched; empty: none.
void audit_answer(const House& house,
                  const http::Request& request,
                  std::string_view route,
                  int status);

}  // namespace relief::route
