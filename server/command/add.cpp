// relief add

#include "tiler/ingest/add.hpp"

#include "server/command/add_mosaic.hpp"
#include "server/command/audited.hpp"
#include "server/command/file_variables.hpp"
#include "server/command/inspected.hpp"
#include "server/command/progress.hpp"
#include "server/command/remote_layer.hpp"
#include "server/command/replaced.hpp"
#include "server/command/stored_layer.hpp"
#include "server/command/verbs.hpp"
#include "server/command/words.hpp"
#include "tiler/ingest/child.hpp"
#include "tiler/ingest/inspect.hpp"
#include "tiler/style/raster_style.hpp"
#include "tiler/workspace/time_choice.hpp"
#include "tiler/workspace/view_sources.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <utility>
#include <vector>

namespace relief::command {
namespace {

struct AddOptions {
    std::vector<std::string> files;
    std::string id, title, time, sensitivity, kind, layer, time_attribute;
    std::vector<std::pair<std::string, std::string>> style;
    workspace::Provenance provenance;
    MosaicOptions mosaic;
    VariableOptions variable;
    bool json = false;
};

Result<ingest::AddOrder> order_of(const Context& context, const AddOptions& options) {
    ingest::AddOrder order;
    order.workspace = context.workspace;
    order.program = ingest::own_program();
    order.title = options.title;
    order.provenance = options.provenance;
    order.style_words = options.style;
    if (!options.id.empty()) {
        const auto name = LayerName::make(options.id);
        if (!name) return name.error();
        order.id = *name;
    }
    if (!options.time.empty()) {
        const auto time = parse_observed(options.time);
        if (!time) return time.error();
        order.time = *time;
    }
    if (!options.sensitivity.empty()) order.sensitivity = parse_sensitivity(options.sensitivity);
    if (!options.kind.empty()) order.kind = parse_raster_kind(options.kind);
    order.layer = options.layer;
    order.time_attribute = options.time_attribute;
    return order;
}

/// A wrong default would fail at every tile: it is refused here.
Result<void> check_style(const style::RasterWords& words, const RasterDescription& raster) {
    const auto style = style::style_of(words, raster);
    if (!style) return style.error();
    return {};
}

struct Done {
    const ingest::AddOrder& order;
    const ingest::Added& added;
    const std::optional<Replaced>& replaced;
};

int tell(const Context& context, const Done& done, bool json) {
    const std::string file = shown_subject(done.order.file.string());
    auto layer = stored_layer(context, done.added.layer.text());
    if (!layer) return fail(file, layer.error());
    if (json) {
        std::cout << added_json(*layer, done.replaced) << '\n';
        return static_cast<int>(Status::done);
    }
    if (done.added.count == 1) layer->observations = {done.added.observation};
    std::cout << file << " is now layer \"" << done.added.layer.text() << "\""
              << replaced_words(done.replaced, done.added.observation) << "\n"
              << in_plain_words(*layer);
    for (const std::string& doubt : doubts_about(*layer)) warn(file, doubt);
    return static_cast<int>(Status::done);
}

/// Before hours of converting. What cannot be looked at as it is, add() says more of; what the
/// conversion changes, it asks again.
Result<void> check_early(const ingest::AddOrder& order, const std::string& file) {
    if (order.style_words.empty() || !order.parts.empty() || looks_remote(file)) return {};
    const auto found = ingest::inspect_layer(
        order.program, std::filesystem::absolute(file).string(), std::nullopt);
    const auto* raster =
        found ? std::get_if<RasterDescription>(&found->slices.front().content) : nullptr;
    if (raster == nullptr) return {};
    RasterDescription described = *raster;
    if (order.kind) described.kind = *order.kind;
    return order.check(described);
}

/// Which part of the file is meant: a layer of features, or a variable.
Result<void> choose_content(const AddOptions& options, ingest::AddOrder& order) {
    if (looks_remote(order.file.string())) {
        if (options.variable.variable.empty() && options.variable.at.empty()) return {};
        return bad_request("--variable and --at are for files on this machine");
    }
    if (order.layer.empty()) return choose_parts(options.variable, order);
    if (options.variable.variable.empty() && options.variable.at.empty()) return {};
    return bad_request(
        "--layer chooses among features, --variable and --at among rasters; leave one of them out");
}

int add_one(const Context& context, const AddOptions& options, const std::string& asked) {
    const auto configuration = configuration_of(context);
    if (!configuration) return fail(configuration.error().what);
    auto order = order_of(context, options);
    if (!order) return fail(order.error().what);
    const std::string file = shown_subject(asked);
    order->file = asked;
    if (const auto table = TableAddress::make(asked)) order->stem = table->table;
    order->roots = workspace::source_roots(*configuration);
    if (auto chosen = choose_content(options, *order); !chosen) return fail(file, chosen.error());
    const auto replaced = settle_name(*order);
    order->check = [&](const RasterDescription& raster) {
        return check_style({options.style, expression_limits(*configuration)}, raster);
    };
    if (auto good = check_early(*order, asked); !good) return fail(file, good.error());
    Result<ingest::Added> added = not_found("");
    {
        Progress progress("adding " +
                          (order->stem.empty()
                               ? std::filesystem::path(shown_address(file)).filename().string()
                               : order->stem));
        order->progress = [&](double share) { return progress.show(share); };
        added = looks_remote(asked) ? add_address(*order, *configuration) : ingest::add(*order);
    }
    if (!added) return fail(file, added.error());
    audit(context.workspace,
          {"import",
           added->layer.text(),
           order->sensitivity,
           static_cast<std::int64_t>(added->count)});
    return tell(context, {*order, *added, replaced}, options.json);
}

int add_as_mosaic(const Context& context, const AddOptions& options) {
    const auto configuration = configuration_of(context);
    if (!configuration) return fail(configuration.error().what);
    auto order = order_of(context, options);
    if (!order) return fail(order.error().what);
    order->check = [&](const RasterDescription& raster) {
        return check_style({options.style, expression_limits(*configuration)}, raster);
    };
    MosaicOptions mosaic = options.mosaic;
    mosaic.roots = workspace::source_roots(*configuration);
    order->roots = mosaic.roots;
    return add_mosaic(mosaic, std::move(*order), options.files, options.json);
}

int add_all(const Context& context, const AddOptions& options) {
    const bool items = std::any_of(options.files.begin(), options.files.end(), names_items);
    if (items || !options.mosaic.id.empty()) return add_as_mosaic(context, options);
    if (options.files.size() > 1 && !options.id.empty()) {
        std::cerr << "relief: --id names one layer; give one file, or leave --id out\n";
        return static_cast<int>(Status::usage);
    }
    int worst = 0;
    for (const std::string& file : options.files)
        worst = std::max(worst, add_one(context, options, file));
    return worst;
}

std::string check_moment(const std::string& text) {
    const auto time = parse_observed(text);
    return time ? std::string() : time.error().what;
}

std::string check_acquired(const std::string& text) {
    if (text.empty() || workspace::parse_interval(text)) return {};
    return "\"" + text + "\" is not understood; allowed: " + workspace::time_forms;
}

void add_style_options(CLI::App& verb, AddOptions& options) {
    const auto word = [&](const char* name, const char* meaning) {
        verb.add_option_function<std::string>(
                std::string("--") + name,
                [&options, name](const std::string& value) {
                    options.style.emplace_back(name, value);
                },
                meaning)
            ->group("How it is drawn by default");
    };
    word("bands", "bands to show, e.g. 3,2,1");
    word("expression", "formula over the bands, e.g. (b4-b3)/(b4+b3)");
    word("rescale", "low,high of the stretch");
    word("colormap", "name of a colour map, or JSON");
    word("resampling", "nearest, bilinear, cubic, average or mode");
}

}  // namespace

void add_add(CLI::App& app, Context& context) {
    auto* verb = app.add_subcommand(
        "add",
        "Bring rasters or features into the workspace\n\nExample:\n  relief add "
        "flood_2024-05-01.tif --id flood --title \"Flood extent\" --time 2024-05-01 --source "
        "\"Copernicus EMS\"\n  relief add forecast.nc --variable t2m --at level=850\n  relief add "
        "admin.gpkg --layer districts\n  relief add "
        "'postgresql://map@db.example.org/crisis?table=public.incidents'");
    const auto options = std::make_shared<AddOptions>();
    verb->add_option(
            "FILE",
            options->files,
            "files of rasters or features, or addresses of rasters (https://…, s3://…) and tables "
            "(postgresql://HOST/DB?table=SCHEMA.TABLE) that are referred to where they are, see "
            "the "
            "key sources; for a mosaic also folders and STAC items")
        ->required();
    verb->add_option("--id", options->id, "layer id [the file's stem]");
    verb->add_option("--title", options->title, "title for people");
    verb->add_option("--time",
                     options->time,
                     "when it was observed, as precisely as is known: 2024, 2024-05, 2024-05-01, "
                     "2024-05-01T10:00:00Z or BEGIN/END")
        ->check(check_moment);
    verb->add_option("--sensitivity", options->sensitivity, "low, moderate, high or severe")
        ->check(CLI::IsMember({"low", "moderate", "high", "severe"}));
    verb->add_option("--kind",
                     options->kind,
                     "imagery, continuous, categorical, mask or elevation [found out]")
        ->check(CLI::IsMember({"imagery", "continuous", "categorical", "mask", "elevation"}));
    verb->add_option(
        "--layer", options->layer, "which layer of a file with several, such as a GeoPackage");
    verb->add_option("--time-attribute",
                     options->time_attribute,
                     "which attribute says when each feature was, for time= [found out]");
    verb->add_option("--source", options->provenance.source, "who made the data")
        ->group("Provenance");
    verb->add_option("--licence", options->provenance.licence, "licence")->group("Provenance");
    verb->add_option("--acquired",
                     options->provenance.acquired,
                     "when the satellite looked: a time as above, or BEGIN/END")
        ->check(check_acquired)
        ->group("Provenance");
    verb->add_option("--processed", options->provenance.processed, "when it was made, likewise")
        ->check(check_acquired)
        ->group("Provenance");
    verb->add_option("--method", options->provenance.method, "how it was made")
        ->group("Provenance");
    verb->add_option("--confidence", options->provenance.confidence, "how sure it is")
        ->group("Provenance");
    verb->add_flag(
            "--preliminary", options->provenance.preliminary, "to be replaced by a checked product")
        ->group("Provenance");
    add_variable_options(*verb, options->variable);
    add_mosaic_options(*verb, options->mosaic);
    add_style_options(*verb, *options);
    verb->add_flag("--json", options->json, "answer in JSON");
    verb->callback([&context, options] {
        context.run = [&context, options] { return add_all(context, *options); };
    });
}

}  // namespace relief::command
