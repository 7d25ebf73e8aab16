// relief suspend

#include "server/command/audited.hpp"
#include "server/command/stored_layer.hpp"
#include "server/command/verbs.hpp"
#include "tiler/core/instant.hpp"
#include "tiler/workspace/layer_store.hpp"

#include <CLI/CLI.hpp>

#include <filesystem>
#include <memory>
#include <string>
#include <system_error>

namespace relief::command {
namespace {

struct SuspendOptions {
    std::string name;
    bool resume = false;
};

int resume_layer(const Context& context, const LayerName& name) {
    // Looked at first: opening to write would make a workspace where there is none.
    if (const auto there = workspace::LayerStore::open_existing(context.workspace); !there)
        return fail(context.workspace, there.error());
    auto store = workspace::LayerStore::open(context.workspace);
    if (!store) return fail(context.workspace, store.error());
    const auto was = store->resume(name);
    if (!was) return fail(was.error().what);
    if (!*was) return fail("layer \"" + name.text() + "\" is not suspended");
    audit(context.workspace, {"policy-change", name.text()});
    std::cout << "layer \"" << name.text() << "\" is shown again\n";
    return static_cast<int>(Status::done);
}

int suspend_layer(const Context& context, const LayerName& name) {
    const auto known = stored_layer(context, name.text());
    // In a hurry names are mistyped: a folder that is not there is not made.
    std::error_code ignored;
    if (!std::filesystem::is_directory(context.workspace, ignored))
        return fail("the workspace folder " + context.workspace +
                    " does not exist; name the server's with --workspace");
    auto store = workspace::LayerStore::open(context.workspace);
    if (!store) return fail(context.workspace, store.error());
    if (auto done = store->suspend(name, present_moment()); !done) return fail(done.error().what);
    audit(context.workspace, {"policy-change", name.text()});
    const std::string quoted = "\"" + name.text() + "\"";
    if (known || name == LayerName::of_reports())
        std::cout << "layer " << quoted
                  << " is suspended: within seconds every server of this workspace shows it to "
                     "nobody\n";
    else
        std::cout
            << "the workspace has no layer " << quoted
            << " (\"relief layers\" names those it has); a layer of that name in a folder that "
               "is served, or that is added later, is suspended\n";
    return static_cast<int>(Status::done);
}

/// That of reports is named as no other layer may be.
Result<LayerName> suspended_name(const std::string& text) {
    const LayerName reports = LayerName::of_reports();
    return text == reports.text() ? reports : LayerName::make(text);
}

int run_suspend(const Context& context, const SuspendOptions& options) {
    const auto name = suspended_name(options.name);
    if (!name) return fail(name.error().what);
    return options.resume ? resume_layer(context, *name) : suspend_layer(context, *name);
}

}  // namespace

void add_suspend(CLI::App& app, Context& context) {
    auto* verb = app.add_subcommand(
        "suspend",
        "Show a layer to nobody, at once and without a restart, until it is resumed\n\n"
        "Examples:\n  relief suspend incidents\n  relief suspend incidents --resume");
    const auto options = std::make_shared<SuspendOptions>();
    verb->add_option("id", options->name, "the layer")->required();
    verb->add_flag("--resume", options->resume, "show it again");
    verb->callback([&context, options] {
        context.run = [&context, options] { return run_suspend(context, *options); };
    });
}

}  // namespace relief::command
