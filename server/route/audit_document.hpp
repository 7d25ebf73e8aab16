#pragma once
// The audit log as JSON, and what may be asked of it.

#include "server/http/request.hpp"
#include "server/service/audit_desk.hpp"
#include "tiler/core/result.hpp"

#include <string>
#include <vector>

namespace relief::route {

/// From limit=, before=, since=, until=, actor=, action=, object= and result=. A limit above 1,000
/// is 1,000. Errors: bad_request naming the one that cannot be read.
Result<access::AuditFilter> parse_audit_filter(const http::Request& request);

/// {"entries": […], "head": {…}, "links": […]}: newest first; a link "next" where the page is full.
std::string audit_document(const http::Request& request,
                           const access::AuditFilter& filter,
                           const std::vector<access::AuditEntry>& entries,
                           const access::AuditHead& head);

/// {"size": 41, "hash": "…", "head": "41:…"}
std::string audit_head_document(const access::AuditHead& head);

}  // namespace relief::route
