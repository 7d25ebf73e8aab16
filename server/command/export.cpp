// relief export

#include "server/command/export_order.hpp"
#include "server/command/progress.hpp"
#include "tiler/archive/draw_layer.hpp"
#include "tiler/archive/export_tiles.hpp"
#include "tiler/source/gdal_runtime.hpp"

#include <CLI/CLI.hpp>

#include <chrono>
#include <memory>

namespace relief::command {
namespace {

using Clock = std::chrono::steady_clock;

constexpr const char* kept = "; what is done is kept: go on with the same words and --resume";

/// What there is to tell at the end.
struct Report {
    archive::Ledger ledger;
    std::uint64_t looked_at = 0;
    std::chrono::milliseconds time{0};
};

void tell(const ExportOptions& options, const Report& report) {
    const archive::Ledger& ledger = report.ledger;
    const std::uint64_t empty = report.looked_at - ledger.tiles;
    if (options.json) {
        std::cout << R"({"tiles":)" << ledger.tiles << R"(,"distinct":)" << ledger.distinct
                  << R"(,"empty":)" << empty << R"(,"bytes":)" << ledger.bytes
                  << R"(,"milliseconds":)" << report.time.count() << "}\n";
        return;
    }
    std::cout << options.output << ": " << ledger.tiles << " tiles";
    if (ledger.distinct < ledger.tiles) std::cout << " (" << ledger.distinct << " different)";
    std::cout << ", " << ledger.bytes << " bytes";
    if (empty > 0) std::cout << "; " << empty << " empty ones left out";
    std::cout << "; " << in_words(std::chrono::duration_cast<std::chrono::seconds>(report.time))
              << '\n';
}

Result<archive::ExportEnd> run_plan(const ExportPlan& plan, archive::TileStore& store) {
    source::start_gdal();
    const source::RasterReader reader({.block_bytes = plan.block_bytes});
    const encode::EmptyImages empty_images;
    Progress progress("exporting " + plan.package.name.filename().string());
    const archive::LayerDrawing drawing{
        {reader, empty_images}, plan.observation, plan.style, plan.format, plan.encoding};
    return archive::export_tiles({.area = plan.area,
                                  .draw = archive::draw_layer(drawing),
                                  .threads = plan.threads,
                                  .progress = [&](double share) { return progress.show(share); }},
                                 store);
}

int export_layer(const Context& context, const ExportOptions& options) {
    const auto begun = Clock::now();
    const auto plan = plan_export(context, options);
    if (!plan) return fail(options.id, plan.error());
    auto store = archive::open_package(plan->package, plan->description);
    if (!store) return fail(options.output, store.error());
    if (!*store) {
        std::cout << (options.json ? R"({"unchanged":true})"
                                   : options.output + ": was whole already")
                  << '\n';
        return static_cast<int>(Status::done);
    }
    const auto end = run_plan(*plan, **store);
    if (!end) {
        Error error = end.error();
        error.what += kept;
        return fail(options.output, error);
    }
    if (*end == archive::ExportEnd::stopped) return fail(options.output + ": stopped" + kept);
    if (auto finished = (*store)->finish(); !finished)
        return fail(options.output, finished.error());
    tell(options,
         {(*store)->ledger(),
          plan->area.size(),
          std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - begun)});
    return static_cast<int>(Status::done);
}

void add_words(CLI::App& verb, const std::shared_ptr<ExportOptions>& options) {
    for (const std::string_view name : style::raster_parameter_names()) {
        verb.add_option_function<std::string>("--" + std::string(name),
                                              [options, name](const std::string& value) {
                                                  options->words.words.emplace_back(name, value);
                                              })
            ->group("Drawing");
    }
}

}  // namespace

void add_export(CLI::App& app, Context& context) {
    auto* verb = app.add_subcommand(
        "export",
        "Write the tiles of a layer to carry away: an MBTiles file or a folder\n\nExamples:\n"
        "  relief export flood -o flood.mbtiles\n"
        "  relief export flood --bbox 35.4,33.8,35.6,33.9 --zoom 8-14 -o tiles/flood\n"
        "  relief export flood -o flood.mbtiles --resume      after it was stopped or killed");
    const auto options = std::make_shared<ExportOptions>();
    verb->add_option("ID", options->id, "layer id")->required();
    verb->add_option(
            "-o,--output", options->output, "file that ends in .mbtiles, or folder of tiles")
        ->required();
    verb->add_option("--bbox", options->box, "west,south,east,north in degrees [the whole layer]");
    verb->add_option("--zoom", options->zooms, "lowest-highest, or one zoom [those of the layer]");
    verb->add_option("--format", options->format, "png, webp, jpg or auto [png]");
    verb->add_option("--effort",
                     options->effort,
                     "fast: the bytes that the server sends; small: smaller files, slower [fast]")
        ->check(CLI::IsMember({"fast", "small"}));
    verb->add_option("--time", options->time, "which observation [the newest]");
    verb->add_option("--style", options->style, "a style of the layer");
    auto* resume = verb->add_flag("--resume", options->resume, "go on with an unfinished export");
    verb->add_flag("--overwrite", options->overwrite, "replace what there is of that name")
        ->excludes(resume);
    verb->add_flag("--json", options->json, "report in JSON");
    add_words(*verb, options);
    verb->callback([&context, options] {
        context.run = [&context, options] { return export_layer(context, *options); };
    });
}

}  // namespace relief::command
