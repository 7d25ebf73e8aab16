// relief audit head, relief audit verify

#include "server/access/audit_log.hpp"
#include "server/command/verbs.hpp"

#include <CLI/CLI.hpp>

#include <memory>

namespace relief::command {
namespace {

int print_head(const Context& context) {
    const auto log = access::AuditLog::open_existing(context.workspace);
    if (!log) return fail(context.workspace, log.error());
    const auto head = log->head();
    if (!head) return fail(context.workspace, head.error());
    std::cout << head->text() << '\n';
    return static_cast<int>(Status::done);
}

int verify(const Context& context, const std::string& since) {
    const auto known = access::AuditHead::parse(since);
    if (!since.empty() && !known) {
        fail("--since \"" + since + "\" is no head; write it as `relief audit head` printed it");
        return static_cast<int>(Status::usage);
    }
    const auto log = access::AuditLog::open_existing(context.workspace);
    if (!log) return fail(context.workspace, log.error());
    const auto head = log->verify(known);
    if (!head) return fail(head.error().what);
    std::cout << "the audit log is whole: " << head->number
              << (head->number == 1 ? " entry" : " entries") << ", head " << head->text() << '\n';
    return static_cast<int>(Status::done);
}

}  // namespace

void add_audit(CLI::App& app, Context& context) {
    auto* verb = app.add_subcommand(
        "audit",
        "The log of who did what\n\nExamples:\n  relief audit head\n  relief audit verify");
    verb->require_subcommand(1);
    auto* head = verb->add_subcommand("head",
                                      "Print how many entries there are and the hash of the last, "
                                      "to be kept elsewhere\n\nExamples:\n  relief audit head");
    head->callback([&context] { context.run = [&context] { return print_head(context); }; });
    auto* check = verb->add_subcommand("verify",
                                       "Find any entry that was changed, added or taken out"
                                       "\n\nExamples:\n  relief audit verify\n  relief audit "
                                       "verify --since 12:4f1c…");
    const auto since = std::make_shared<std::string>();
    check->add_option("--since", *since, "a head that was kept elsewhere: finds a cut too");
    check->callback(
        [&context, since] { context.run = [&context, since] { return verify(context, *since); }; });
}

}  // namespace relief::command
