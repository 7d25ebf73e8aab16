// relief layers, relief remove, relief inspect

#include "server/command/inspected.hpp"
#include "server/command/stored_layer.hpp"
#include "server/command/verbs.hpp"
#include "server/command/words.hpp"
#include "tiler/workspace/layer_store.hpp"

#include <CLI/CLI.hpp>

#include <filesystem>
#include <memory>

namespace relief::command {
namespace {

using workspace::Layer;
using workspace::LayerStore;

int list_layers(const Context& context, bool json) {
    auto stored = stored_layers(context);
    if (!stored && stored.error().fault == Fault::not_found) {
        // Made on first use: nothing is wrong yet, but a mistyped name must not look like that.
        std::cerr << "relief: warning: " << stored.error().what << '\n';
        stored = Stored{};
    }
    if (!stored) return fail(stored.error().what);
    if (json) {
        std::cout << layers_json(*stored) << '\n';
        return static_cast<int>(Status::done);
    }
    for (const Layer& layer : stored->layers) std::cout << one_line(layer) << '\n';
    for (const auto& problem : stored->problems)
        std::cerr << "relief: warning: layer \"" << problem.subject << "\": " << problem.reason
                  << '\n';
    if (stored->layers.empty() && stored->problems.empty())
        std::cout << "no layers yet; bring one in with: relief add FILE\n";
    return static_cast<int>(Status::done);
}

int remove_layer(const Context& context, const std::string& id, bool json) {
    const auto name = LayerName::make(id);
    if (!name) return fail(name.error().what);
    // Looked at first: opening to write would make a workspace where there is none.
    if (const auto there = stored_layer(context, id);
        !there && there.error().fault != Fault::source_broken)
        return fail(there.error().what);
    auto store = LayerStore::open(context.workspace);
    if (!store) return fail(context.workspace, store.error());
    const auto freed = store->remove(*name);
    if (!freed) return fail(freed.error().what);
    if (const auto deleted = store->delete_unreferenced(*freed); !deleted) {
        return fail("layer \"" + id + "\" is removed, but its file could not be deleted",
                    deleted.error());
    }
    if (json) {
        std::cout << R"({"id":")" << id << R"(","removed":true})" << '\n';
    } else {
        std::cout << "layer \"" << id << "\" is removed\n";
    }
    return static_cast<int>(Status::done);
}

int inspect(const Context& context, const std::string& subject, bool json) {
    std::error_code ignored;
    const bool is_file = std::filesystem::exists(subject, ignored);
    const auto configuration = configuration_of(context);
    if (!configuration) return fail(configuration.error().what);
    const auto layer =
        is_file ? layer_of_file(subject, *configuration) : stored_layer(context, subject);
    if (!layer && is_file) return fail(subject, layer.error());
    if (!layer && layer.error().fault == Fault::not_found)
        return fail(subject + ": there is no such file, and " + layer.error().what);
    if (!layer) return fail(layer.error().what);
    const auto doubts = doubts_about(*layer);
    if (json) {
        std::cout << inspected_json(*layer) << '\n';
        return static_cast<int>(Status::done);
    }
    std::cout << (is_file ? subject : one_line(*layer)) << '\n' << in_plain_words(*layer);
    for (const std::string& doubt : doubts) warn(subject, doubt);
    return static_cast<int>(Status::done);
}

struct Subject {
    std::string name;
    bool json = false;
};

}  // namespace

void add_layers(CLI::App& app, Context& context) {
    auto* verb = app.add_subcommand(
        "layers", "List the layers of the workspace\n\nExample:\n  relief layers --json");
    const auto options = std::make_shared<Subject>();
    verb->add_flag("--json", options->json, "as JSON");
    verb->callback([&context, options] {
        context.run = [&context, options] { return list_layers(context, options->json); };
    });
}

void add_remove(CLI::App& app, Context& context) {
    auto* verb = app.add_subcommand(
        "remove", "Take a layer out of the workspace\n\nExample:\n  relief remove flood");
    const auto options = std::make_shared<Subject>();
    verb->add_option("ID", options->name, "layer id")->required();
    verb->add_flag("--json", options->json, "as JSON");
    verb->callback([&context, options] {
        context.run = [&context, options] {
            return remove_layer(context, options->name, options->json);
        };
    });
}

void add_inspect(CLI::App& app, Context& context) {
    auto* verb = app.add_subcommand("inspect",
                                    "Describe a file or a layer: place, bands, values, "
                                    "zooms, style\n\nExample:\n  relief inspect scene.tif --json");
    const auto options = std::make_shared<Subject>();
    verb->add_option("FILE|ID", options->name, "raster file, or layer id")->required();
    verb->add_flag("--json", options->json, "as JSON");
    verb->callback([&context, options] {
        context.run = [&context, options] {
            return inspect(context, options->name, options->json);
        };
    });
}

}  // namespace relief::command
