// The hidden verbs of the child process that reads files from outside.

#include "server/command/verbs.hpp"
#include "server/intake/photo_worker.hpp"
#include "tiler/ingest/worker.hpp"

#include <CLI/CLI.hpp>

#include <memory>

namespace relief::command {

void add_workers(CLI::App& app, Context& context) {
    auto* describe = app.add_subcommand(ingest::describe_verb)->group("");
    describe->callback([&context] { context.run = [] { return ingest::run_describe_worker(); }; });

    auto* remote = app.add_subcommand(ingest::describe_remote_verb)->group("");
    remote->callback(
        [&context] { context.run = [] { return ingest::run_describe_remote_worker(); }; });

    auto* photo = app.add_subcommand(intake::photo_verb)->group("");
    photo->callback([&context] { context.run = [] { return intake::run_photo_worker(); }; });

    auto* convert = app.add_subcommand(ingest::convert_verb)->group("");
    const auto arguments = std::make_shared<ingest::ConvertArguments>();
    convert->add_option("SOURCE", arguments->source)->required();
    convert->add_option("TARGET", arguments->target)->required();
    convert->add_option("KIND", arguments->kind);
    convert->add_option("LAYER", arguments->layer);
    convert->add_option_function<std::string>(
        "ONLY", [arguments](const std::string& only) { arguments->raster = only == "raster"; });
    convert->add_option("--dataset", arguments->dataset);
    convert->add_option("--band", arguments->band);
    convert->add_option("--time-attribute", arguments->time_attribute);
    convert->callback([&context, arguments] {
        context.run = [arguments] { return ingest::run_convert_worker(*arguments); };
    });
}

}  // namespace relief::command
