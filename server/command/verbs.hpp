#pragma once
// The verbs of the command line, one file each.

#include "tiler/core/result.hpp"
#include "tiler/workspace/configuration.hpp"

#include <CLI/App.hpp>

#include <functional>
#include <iostream>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace relief::command {

/// Exit statuses of interface.md 1.
enum class Status : int { done = 0, failed = 1, usage = 2 };

/// What every verb is given: options before the verb, the configuration they lead to, and where its
/// work goes.
struct Context {
    std::string workspace;  ///< --workspace, RELIEF_WORKSPACE or the current folder
    std::map<std::string, std::string> options;  ///< configuration keys given as options
    std::function<int()> run;                    ///< set by the verb that was called
};

/// Prints "relief: what" on standard error. Gives 1.
int fail(const std::string& what);
/// The same for a file: "relief: FILE: what".
int fail(const std::string& subject, const Error& error);

/// relief.yaml of the workspace (if there is one), variables, options.
Result<workspace::Configuration> configuration_of(const Context& context);

void add_serve(CLI::App& app, Context& context);
void add_add(CLI::App& app, Context& context);
void add_layers(CLI::App& app, Context& context);
void add_remove(CLI::App& app, Context& context);
void add_inspect(CLI::App& app, Context& context);
void add_tile(CLI::App& app, Context& context);
void add_reports(CLI::App& app, Context& context);
void add_render(CLI::App& app, Context& context);
void add_explain(CLI::App& app, Context& context);
void add_export(CLI::App& app, Context& context);
void add_config(CLI::App& app, Context& context);
void add_style(CLI::App& app, Context& context);
void add_suspend(CLI::App& app, Context& context);
void add_audit(CLI::App& app, Context& context);
void add_token(CLI::App& app, Context& context);
void add_user(CLI::App& app, Context& context);
void add_workers(CLI::App& app, Context& context);

/// Parses and runs; gives the exit status.
int run(int argc, char** argv);

}  // namespace relief::command
