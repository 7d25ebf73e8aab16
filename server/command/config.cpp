// relief config print

#include "server/command/usage.hpp"
#include "server/command/verbs.hpp"

#include <CLI/CLI.hpp>

namespace relief::command {
namespace {

int print(const Context& context, bool json) {
    const auto configuration = configuration_of(context);
    if (!configuration) return fail(configuration.error().what);
    if (json) {
        std::cout << workspace::to_json(*configuration) << '\n';
        return static_cast<int>(Status::done);
    }
    for (const std::string& warning : configuration->warnings)
        std::cerr << "relief: warning: " << warning << '\n';
    std::cout << workspace::to_yaml(*configuration);
    return static_cast<int>(Status::done);
}

}  // namespace

void add_config(CLI::App& app, Context& context) {
    auto* verb =
        app.add_subcommand("config", "Show the configuration\n\nExample:\n  relief config print");
    verb->require_subcommand(1);
    auto* shown = verb->add_subcommand("print",
                                       "The effective configuration, with the origin of each "
                                       "value\n\nExample:\n  relief config print");
    verb->footer(configuration_help());
    const auto json = std::make_shared<bool>(false);
    shown->add_flag("--json", *json, "as JSON");
    shown->callback(
        [&context, json] { context.run = [&context, json] { return print(context, *json); }; });
}

}  // namespace relief::command
