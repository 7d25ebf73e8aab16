#include "server/command/audited.hpp"

#include "server/access/audit_log.hpp"

#include <iostream>

namespace relief::command {
namespace {

Result<void> append(const std::filesystem::path& workspace, const AuditedAct& act) {
    auto log = access::AuditLog::open(workspace);
    if (!log) return log.error();
    return log->append({.actor = "operator",
                        .role = "operator",
                        .action = act.action,
                        .object = act.layer,
                        .level = act.level ? std::string(to_text(*act.level)) : std::string(),
                        .count = act.count},
                       present_moment());
}

}  // namespace

void audit(const std::filesystem::path& workspace, const AuditedAct& act) {
    if (const auto done = append(workspace, act); !done)
        std::cerr << "relief: warning: the audit log has no entry of this " << act.action << ": "
                  << done.error().what << '\n';
}

}  // namespace relief::command
