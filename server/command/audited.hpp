#pragma once
// What verbs of the command line leave in the audit log.

#include "tiler/core/audience.hpp"

#include <filesystem>
#include <optional>
#include <string>

namespace relief::command {

struct AuditedAct {
    std::string action;                  ///< "import", "delete", "export" or "key-rotation"
    std::string layer;                   ///< or the name of the key
    std::optional<Sensitivity> level{};  ///< where the verb stated or knows it
    std::int64_t count = 1;
};

/// The deed is done already: where the log cannot be written, that is told and nothing undone.
void audit(const std::filesystem::path& workspace, const AuditedAct& act);

}  // namespace relief::command
