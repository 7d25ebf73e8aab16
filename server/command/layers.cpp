// relief layers, relief remove, relief inspect

#include "server/command/verbs.hpp"
#include "server/command/words.hpp"
#include "server/route/layer_document.hpp"
#include "tiler/ingest/child.hpp"
#include "tiler/ingest/inspect.hpp"
#include "tiler/workspace/catalogue.hpp"
#include "tiler/workspace/description_json.hpp"
#include "tiler/workspace/layer_store.hpp"

#include <CLI/CLI.hpp>

#include <filesystem>
#include <memory>

namespace relief::command {
namespace {

using workspace::Layer;
using workspace::LayerStore;

/// All layers; none when there is no workspace yet.
Result<std::vector<Layer>> stored_layers(const Context& context) {
    const auto store = LayerStore::open_existing(context.workspace);
    if (!store && store.error().fault == Fault::not_found) return std::vector<Layer>{};
    if (!store) return store.error();
    return store->layers();
}

int list_layers(const Context& context, bool json) {
    auto layers = stored_layers(context);
    if (!layers) return fail(context.workspace, layers.error());
    if (json) {
        // The operator sees every layer; the catalogue's audience rules are for the network.
        std::string text = "{\"layers\":[";
        for (const Layer& layer : *layers)
            text += (text.back() == '[' ? "" : ",") +
                    route::layer_document(layer, "", route::LayerDetail::summary);
        std::cout << text << "]}\n";
        return static_cast<int>(Status::done);
    }
    for (const Layer& layer : *layers) std::cout << one_line(layer) << '\n';
    if (layers->empty()) std::cout << "no layers yet; bring one in with: relief add FILE\n";
    return static_cast<int>(Status::done);
}

int remove_layer(const Context& context, const std::string& id) {
    const auto name = LayerName::make(id);
    if (!name) return fail(name.error().what);
    // Looked at first: opening to write would make a workspace where there is none.
    if (const auto there = LayerStore::open_existing(context.workspace); !there) {
        return fail(context.workspace, there.error());
    }
    auto store = LayerStore::open(context.workspace);
    if (!store) return fail(context.workspace, store.error());
    const auto freed = store->remove(*name);
    if (!freed) return fail(freed.error().what);
    if (const auto deleted = store->delete_unreferenced(*freed); !deleted) {
        return fail("layer \"" + id + "\" is removed, but its file could not be deleted",
                    deleted.error());
    }
    std::cout << "layer \"" << id << "\" is removed\n";
    return static_cast<int>(Status::done);
}

int inspect_layer(const Layer& layer, bool json) {
    if (json) {
        std::cout << route::layer_document(layer, "", route::LayerDetail::full) << '\n';
    } else {
        std::cout << one_line(layer) << '\n' << in_plain_words(layer.newest().raster);
    }
    return static_cast<int>(Status::done);
}

int inspect(const Context& context, const std::string& subject, bool json) {
    std::error_code ignored;
    if (!std::filesystem::exists(subject, ignored)) {
        const auto layers = stored_layers(context);
        if (!layers) return fail(context.workspace, layers.error());
        for (const Layer& layer : *layers) {
            if (layer.name.text() == subject) return inspect_layer(layer, json);
        }
        return fail(subject + ": there is no such file, and no layer of that id in the workspace");
    }
    const auto raster =
        ingest::inspect_file(ingest::own_program(), std::filesystem::absolute(subject).string());
    if (!raster) return fail(subject, raster.error());
    if (json) {
        std::cout << workspace::to_json(*raster) << '\n';
    } else {
        std::cout << subject << '\n' << in_plain_words(*raster);
    }
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
    verb->callback([&context, options] {
        context.run = [&context, options] { return remove_layer(context, options->name); };
    });
}

void add_inspect(CLI::App& app, Context& context) {
    auto* verb = app.add_subcommand("inspect",
                                    "Describe a file or a layer: place, bands, values, "
                                    "zooms\n\nExample:\n  relief inspect scene.tif --json");
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
