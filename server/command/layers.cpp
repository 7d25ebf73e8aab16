// relief layers, relief remove, relief inspect

#include "server/command/audited.hpp"
#include "server/command/file_variables.hpp"
#include "server/command/inspected.hpp"
#include "server/command/remote_layer.hpp"
#include "server/command/stored_layer.hpp"
#include "server/command/verbs.hpp"
#include "server/command/words.hpp"
#include "tiler/ingest/child.hpp"
#include "tiler/ingest/inspect.hpp"
#include "tiler/workspace/file_names.hpp"
#include "tiler/workspace/layer_store.hpp"
#include "tiler/workspace/view_sources.hpp"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace relief::command {
namespace {

using workspace::Layer;
using workspace::LayerStore;

/// Names that no layer of the workspace has: the layer of reports, and those of served folders.
void tell_other_suspended(const Stored& stored) {
    for (const auto& name : stored.suspended)
        if (std::none_of(stored.layers.begin(), stored.layers.end(), [&](const Layer& layer) {
                return layer.name.text() == name;
            }))
            std::cout << name << ": suspended: shown to nobody\n";
}

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
    for (const Layer& layer : stored->layers) {
        const bool hidden = stored->suspended.contains(layer.name.text());
        std::cout << one_line(layer) << (hidden ? "; suspended: shown to nobody" : "") << '\n';
    }
    tell_other_suspended(*stored);
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
    audit(context.workspace, {"delete", id});
    if (json) {
        std::cout << R"({"id":")" << id << R"(","removed":true})" << '\n';
    } else {
        std::cout << "layer \"" << id << "\" is removed\n";
    }
    return static_cast<int>(Status::done);
}

struct Inspection {
    std::string subject;
    VariableOptions variable;
    std::string layer;
    bool json = false;
};

int print_layer(const Inspection& asked, const std::string& heading, const Layer& layer) {
    if (asked.json) {
        std::cout << inspected_json(layer) << '\n';
        return static_cast<int>(Status::done);
    }
    std::cout << heading << '\n' << in_plain_words(layer);
    for (const std::string& doubt : doubts_about(layer)) warn(asked.subject, doubt);
    return static_cast<int>(Status::done);
}

int print_variables(const Inspection& asked, const std::vector<source::Variable>& variables) {
    if (asked.json) {
        std::cout << variables_json(asked.subject, variables) << '\n';
    } else {
        std::cout << asked.subject << '\n' << variables_in_words(asked.subject, variables);
    }
    return static_cast<int>(Status::done);
}

/// Of a file with several: the question is what there is.
int print_feature_layers(const Inspection& asked, const std::vector<std::string>& names) {
    if (asked.json) {
        std::cout << nlohmann::ordered_json{{"file", asked.subject}, {"layers", names}}.dump(
                         -1, ' ', false, nlohmann::ordered_json::error_handler_t::replace)
                  << '\n';
        return static_cast<int>(Status::done);
    }
    std::cout << asked.subject << "\n  holds " << names.size() << " layers of features; each comes "
              << "in by its name:\n";
    for (const std::string& name : names)
        std::cout << "  relief add " << asked.subject << " --layer \"" << name << "\"\n";
    return static_cast<int>(Status::done);
}

/// None of a raster, nor of what cannot be read: what describes it says why.
std::vector<std::string> feature_layers_of(const std::string& path) {
    if (!workspace::may_hold_features(path)) return {};
    auto names = ingest::inspect_feature_layers(ingest::own_program(), path);
    return names ? std::move(*names) : std::vector<std::string>();
}

/// Errors: bad_request for a view of files that may not be looked at.
Result<void> check_sources(const std::string& path, const workspace::Configuration& configuration) {
    if (!workspace::is_view_name(path)) return {};
    const auto sources = workspace::view_sources(path, workspace::source_roots(configuration));
    return sources ? Result<void>() : sources.error();
}

int inspect_part(const Inspection& asked,
                 const FilePart& part,
                 const workspace::Configuration& configuration) {
    const auto layer = layer_of_file(asked.subject, part, configuration);
    if (!layer) return fail(asked.subject, layer.error());
    return print_layer(asked, asked.subject, *layer);
}

int inspect_file(const Inspection& asked, const workspace::Configuration& configuration) {
    const std::string path = std::filesystem::absolute(asked.subject).string();
    if (auto good = check_sources(path, configuration); !good)
        return fail(asked.subject, good.error());
    FilePart part{{}, asked.layer};
    const source::VariableWords words = words_of(asked.variable);
    const bool any_word = !words.variable.empty() || !words.at.empty();
    if (!asked.layer.empty() && any_word)
        return fail(
            "--layer chooses among features, --variable and --at among rasters; leave one "
            "of them out");
    if (!asked.layer.empty()) return inspect_part(asked, part, configuration);
    const auto variables = ingest::inspect_variables(ingest::own_program(), path);
    if (!variables) return fail(asked.subject, variables.error());
    if (!variables->empty()) {
        auto chosen = source::choose_variable(*variables, words);
        // Without words the question is what there is.
        if (!chosen && !any_word) return print_variables(asked, *variables);
        if (!chosen) return fail(asked.subject, chosen.error());
        part.variable = std::move(*chosen);
    } else if (any_word) {
        return fail(asked.subject + ": it has no variables or dimensions to choose from");
    } else if (const auto names = feature_layers_of(path); names.size() > 1) {
        return print_feature_layers(asked, names);
    }
    return inspect_part(asked, part, configuration);
}

int inspect_address(const Inspection& asked, const workspace::Configuration& configuration) {
    const auto layer = layer_of_file(asked.subject, {}, configuration);
    const std::string subject = shown_subject(asked.subject);
    if (!layer) return fail(subject, layer.error());
    return print_layer(asked, subject, *layer);
}

int inspect(const Context& context, const Inspection& asked) {
    const auto configuration = configuration_of(context);
    if (!configuration) return fail(configuration.error().what);
    std::error_code ignored;
    if (std::filesystem::exists(asked.subject, ignored)) return inspect_file(asked, *configuration);
    if (!asked.layer.empty())
        return fail(asked.subject +
                    ": --layer chooses among the layers of a file, and there is no "
                    "such file");
    if (looks_remote(asked.subject)) return inspect_address(asked, *configuration);
    const auto layer = stored_layer(context, asked.subject);
    if (!layer && layer.error().fault == Fault::not_found)
        return fail(asked.subject + ": there is no such file, and " + layer.error().what);
    if (!layer) return fail(layer.error().what);
    return print_layer(asked, one_line(*layer), *layer);
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
    const auto options = std::make_shared<Inspection>();
    verb->add_option("FILE|ID",
                     options->subject,
                     "file of a raster or of features, address of a raster or of a table, or "
                     "layer id")
        ->required();
    add_variable_options(*verb, options->variable);
    verb->add_option(
        "--layer", options->layer, "which layer of a file with several, such as a GeoPackage");
    verb->add_flag("--json", options->json, "as JSON");
    verb->callback([&context, options] {
        context.run = [&context, options] { return inspect(context, *options); };
    });
}

}  // namespace relief::command
