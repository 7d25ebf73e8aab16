// relief add

#include "tiler/ingest/add.hpp"

#include "server/command/add_mosaic.hpp"
#include "server/command/inspected.hpp"
#include "server/command/progress.hpp"
#include "server/command/replaced.hpp"
#include "server/command/stored_layer.hpp"
#include "server/command/verbs.hpp"
#include "server/command/words.hpp"
#include "tiler/ingest/child.hpp"
#include "tiler/style/raster_style.hpp"
#include "tiler/workspace/time_choice.hpp"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

namespace relief::command {
namespace {

struct AddOptions {
    std::vector<std::string> files;
    std::string id, title, time, sensitivity, kind, layer;
    std::vector<std::pair<std::string, std::string>> style;
    workspace::Provenance provenance;
    MosaicOptions mosaic;
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
        const auto time = parse_instant(options.time);
        if (!time) return time.error();
        order.time = time->first;
    }
    if (!options.sensitivity.empty()) order.sensitivity = parse_sensitivity(options.sensitivity);
    if (!options.kind.empty()) order.kind = parse_raster_kind(options.kind);
    order.layer = options.layer;
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
    const std::string file = done.order.file.string();
    auto layer = stored_layer(context, done.added.layer.text());
    if (!layer) return fail(file, layer.error());
    if (json) {
        std::cout << added_json(*layer, done.replaced) << '\n';
        return static_cast<int>(Status::done);
    }
    layer->observations = {done.added.observation};
    std::cout << file << " is now layer \"" << done.added.layer.text() << "\""
              << replaced_words(done.replaced, done.added.observation) << "\n"
              << in_plain_words(*layer);
    for (const std::string& doubt : doubts_about(*layer)) warn(file, doubt);
    return static_cast<int>(Status::done);
}

int add_one(const Context& context, const AddOptions& options, const std::string& file) {
    const auto configuration = configuration_of(context);
    if (!configuration) return fail(configuration.error().what);
    auto order = order_of(context, options);
    if (!order) return fail(order.error().what);
    order->file = file;
    const auto replaced = settle_name(*order);
    Result<ingest::Added> added = not_found("");
    {
        Progress progress("adding " + order->file.filename().string());
        order->progress = [&](double share) { return progress.show(share); };
        order->check = [&](const RasterDescription& raster) {
            return check_style({options.style, expression_limits(*configuration)}, raster);
        };
        added = ingest::add(*order);
    }
    if (!added) return fail(file, added.error());
    return tell(context, {*order, *added, replaced}, options.json);
}

/// The configuration's `sources`, a list as JSON.
std::vector<std::string> roots_of(const workspace::Configuration& configuration) {
    const auto found = configuration.settings.find("sources");
    if (found == configuration.settings.end()) return {};
    const auto list = nlohmann::json::parse(found->second.value, nullptr, false);
    std::vector<std::string> roots;
    for (const auto& root : list.is_array() ? list : nlohmann::json::array()) {
        if (root.is_string() && !root.get_ref<const std::string&>().empty())
            roots.push_back(root.get<std::string>());
    }
    return roots;
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
    mosaic.roots = roots_of(*configuration);
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
    const auto time = parse_instant(text);
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
        "flood_2024-05-01.tif --id "
        "flood --title \"Flood extent\" --time 2024-05-01 --source \"Copernicus EMS\"");
    const auto options = std::make_shared<AddOptions>();
    verb->add_option("FILE",
                     options->files,
                     "files of rasters or features; for a mosaic also folders and STAC items")
        ->required();
    verb->add_option("--id", options->id, "layer id [the file's stem]");
    verb->add_option("--title", options->title, "title for people");
    verb->add_option(
            "--time", options->time, "when it was observed: 2024-05-01 or 2024-05-01T10:00:00Z")
        ->check(check_moment);
    verb->add_option("--sensitivity", options->sensitivity, "low, moderate, high or severe")
        ->check(CLI::IsMember({"low", "moderate", "high", "severe"}));
    verb->add_option("--kind",
                     options->kind,
                     "imagery, continuous, categorical, mask or elevation [found out]")
        ->check(CLI::IsMember({"imagery", "continuous", "categorical", "mask", "elevation"}));
    verb->add_option(
        "--layer", options->layer, "which layer of a file with several, such as a GeoPackage");
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
    add_mosaic_options(*verb, options->mosaic);
    add_style_options(*verb, *options);
    verb->add_flag("--json", options->json, "answer in JSON");
    verb->callback([&context, options] {
        context.run = [&context, options] { return add_all(context, *options); };
    });
}

}  // namespace relief::command
