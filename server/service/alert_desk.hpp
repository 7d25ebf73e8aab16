#pragma once
// Early warnings that are in force, for everyone who asks.

#include "tiler/core/result.hpp"
#include "tiler/report/alert.hpp"

#include <filesystem>
#include <vector>

namespace relief::service {

/// For any thread. Looks into the workspace each time: alerts are few, and come from imports.
class AlertDesk {
public:
    explicit AlertDesk(std::filesystem::path workspace) : workspace_(std::move(workspace)) {}

    /// Newest first, at most 1,000. Blocks on the disk. Errors: source_broken.
    Result<std::vector<report::Alert>> current(Instant now) const;

private:
    std::filesystem::path workspace_;
};

}  // namespace relief::service
