#pragma once
// What is left of moderators' work when a report comes again from its source.

#include "tiler/exact/exact_store.hpp"
#include "tiler/workspace/database.hpp"

#include <cstdint>
#include <functional>
#include <set>
#include <string>

namespace relief::exact {

using Decisions = std::set<std::string, std::less<>>;  ///< as the history names them

/// What moderators have done to the report of that number.
Result<Decisions> decisions_of(const workspace::Connection& connection, std::int64_t report);

/// What a moderator has put right stays so, whatever its source says again.
Arrival with_corrections(Arrival arrival,
                         const report::Draft& corrected,
                         const Decisions& decisions);

/// What somebody has verified is not what comes in its place, unless its source has looked at that
/// too.
report::Status status_after(const Arrival& arrival, const report::Report& before, bool is_decided);

}  // namespace relief::exact
