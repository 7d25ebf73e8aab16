#pragma once
// Which reports a list, a tile or an export is asked for.

#include "tiler/core/boxes.hpp"
#include "tiler/core/instant.hpp"
#include "tiler/report/report.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace relief::report {

/// All that is given must hold. Asked of what the asker is shown: of the coarse place and the
/// rounded time where these are all that he may see.
struct ReportFilter {
    std::optional<LonLatBox> box{};
    std::optional<Instant> since{};         ///< not before
    std::optional<Instant> until{};         ///< not after
    std::vector<std::string> categories{};  ///< one of them; empty: any
    std::vector<Status> statuses{};         ///< the same
};

}  // namespace relief::report
