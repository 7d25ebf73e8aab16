#include "server/command/usage.hpp"
#include "server/command/verbs.hpp"
#include "server/version.hpp"
#include "tiler/core/remote_address.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace relief::command {
namespace {

constexpr const char* description =
    "Relief: crisis maps from satellite layers, as tiles over HTTP.\n\n"
    "Examples:\n"
    "  relief serve ~/scenes                      serve every raster and all features of a folder\n"
    "  relief add flood.tif --title \"Flood\"       bring a layer into the workspace\n"
    "  relief serve                               serve the workspace of this folder";

std::string workspace_default() {
    const char* stated = std::getenv("RELIEF_WORKSPACE");
    return stated != nullptr && *stated != 0 ? stated : ".";
}

/// "--cache-size,--cache_size": as people write options, and as the key stands in relief.yaml.
std::string option_names(const std::string& key) {
    std::string dashed = key;
    std::replace(dashed.begin(), dashed.end(), '_', '-');
    return dashed == key ? "--" + key : "--" + dashed + ",--" + key;
}

/// Every configuration key is an option too; `relief config --help` lists them, no other help does.
void add_configuration_options(CLI::App& app, Context& context) {
    for (const auto& key : workspace::known_keys()) {
        const auto keep = [&context, name = key.name](const std::string& value) {
            context.options[name] = value;
        };
        app.add_option_function<std::string>(option_names(key.name), keep)->group("");
    }
}

int dispatch(CLI::App& app, const Context& context, int argc, char** argv) {
    try {
        app.parse(argc, argv);
    } catch (const CLI::Success& success) {
        return app.exit(success);  // --help, --version
    } catch (const CLI::ParseError& error) {
        const std::string unknown = unknown_word(app);
        if (unknown.empty()) app.exit(error);
        if (!unknown.empty()) fail(unknown);
        return static_cast<int>(Status::usage);
    }
    if (!context.run) {
        std::cerr << app.help();
        return static_cast<int>(Status::usage);
    }
    return context.run();
}

}  // namespace

int fail(const std::string& what) {
    std::cerr << "relief: " << what << '\n';
    return static_cast<int>(Status::failed);
}

int fail(const std::string& subject, const Error& error) {
    // The command line belongs to the operator: the library's own words help, on the same line.
    return fail(shown_address(subject) + ": " + error.what +
                (error.detail.empty() ? "" : " (" + error.detail + ")"));
}

Result<workspace::Configuration> configuration_of(const Context& context) {
    workspace::ConfigurationInput input;
    const std::filesystem::path file = std::filesystem::path(context.workspace) / "relief.yaml";
    std::error_code ignored;
    if (std::filesystem::exists(file, ignored)) {
        std::ifstream stream(file);
        std::ostringstream text;
        text << stream.rdbuf();
        if (!stream) return bad_request("relief.yaml cannot be read");
        input.file_text = text.str();
    }
    input.environment = workspace::process_environment();
    input.options = context.options;
    auto configuration = workspace::read_configuration(input);
    if (configuration && !std::filesystem::is_directory(context.workspace, ignored))
        configuration->warnings.push_back("the workspace folder " + context.workspace +
                                          " does not exist yet");
    return configuration;
}

int run(int argc, char** argv) {
    CLI::App app{description, "relief"};
    Context context;
    context.workspace = workspace_default();
    app.set_version_flag("--version", std::string("relief ") + version);
    app.add_option("--workspace",
                   context.workspace,
                   "The workspace folder [RELIEF_WORKSPACE, else the current folder]")
        ->type_name("DIR");
    app.formatter(help_form());
    app.fallthrough();
    app.require_subcommand(0, 1);
    add_configuration_options(app, context);
    add_serve(app, context);
    add_add(app, context);
    add_layers(app, context);
    add_remove(app, context);
    add_inspect(app, context);
    add_tile(app, context);
    add_explain(app, context);
    add_export(app, context);
    add_reports(app, context);
    add_config(app, context);
    add_style(app, context);
    add_token(app, context);
    add_user(app, context);
    add_suspend(app, context);
    add_audit(app, context);
    add_render(app, context);
    add_workers(app, context);
    app.footer(configuration_pointer());  // last: verbs take over what is there when they are made
    return dispatch(app, context, argc, argv);
}

}  // namespace relief::command
