#pragma once
// What the configuration says of access, as the parts of a server take it.

#include "server/access/audit_log.hpp"
#include "server/service/rate_limits.hpp"
#include "tiler/workspace/configuration.hpp"

namespace relief::command {

service::RateLimits::Rates rates_of(const workspace::Configuration& configuration);

/// Its object is the fingerprint of all that decides who sees what (privacy.md 1): the policy
/// epoch. Of what waits for the next start it has what the server was `started` with.
access::AuditEvent policy_event(const workspace::Configuration& configuration,
                                const workspace::Configuration& started);

}  // namespace relief::command
