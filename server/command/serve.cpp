// relief serve

#include "server/command/running_server.hpp"
#include "server/command/usage.hpp"
#include "server/command/verbs.hpp"
#include "tiler/workspace/layer_store.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <thread>
#include <vector>

namespace relief::command {
namespace {

namespace fs = std::filesystem;

/// A PATH that is a workspace takes the place of --workspace; any other is read-only input.
Result<std::vector<fs::path>> sort_paths(Context& context, const std::vector<std::string>& paths) {
    std::vector<fs::path> served;
    bool has_workspace = false;
    for (const std::string& path : paths) {
        std::error_code ignored;
        if (!fs::exists(path, ignored))
            return not_found(path + ": there is no such file or folder");
        if (!workspace::LayerStore::is_workspace(path)) {
            served.emplace_back(fs::absolute(path));
            continue;
        }
        if (has_workspace) return bad_request(path + ": one workspace can be served, not two");
        has_workspace = true;
        context.workspace = path;
    }
    return served;
}

int serve(Context& context, const std::vector<std::string>& paths) {
    const auto served = sort_paths(context, paths);
    if (!served) return fail(served.error().what);
    const auto configuration = configuration_of(context);
    if (!configuration) return fail(configuration.error().what);
    return run_server({context.workspace, *served, *configuration, [&context] {
                           return configuration_of(context);
                       }});
}

}  // namespace

void add_serve(CLI::App& app, Context& context) {
    auto* verb =
        app.add_subcommand("serve",
                           "Serve a workspace, folders or single files over HTTP\n\nExamples:\n  "
                           "relief serve ~/scenes\n  relief serve scene.tif --listen "
                           "127.0.0.1:9000\n  relief serve --workspace /srv/relief");
    const auto paths = std::make_shared<std::vector<std::string>>();
    verb->footer(configuration_pointer());
    verb->add_option("PATH", *paths, "workspace, folders or files [the workspace]");
    verb->callback(
        [&context, paths] { context.run = [&context, paths] { return serve(context, *paths); }; });
}

}  // namespace relief::command
