// relief export

#include "server/command/audited.hpp"
#include "server/command/export_order.hpp"
#include "server/command/progress.hpp"
#include "tiler/archive/draw_layer.hpp"
#include "tiler/archive/export_tiles.hpp"
#include "tiler/encode/gzip.hpp"
#include "tiler/ingest/place_geometry.hpp"
#include "tiler/pipeline/make_vector_tile.hpp"
#include "tiler/source/gdal_runtime.hpp"

#include <CLI/CLI.hpp>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <set>
#include <vector>

namespace relief::command {
namespace {

using Clock = std::chrono::steady_clock;

constexpr const char* kept = "; what is done is kept: go on with the same words and --resume";

/// What tiles do without, told by several threads: scenes of a mosaic by their names, and how many
/// tiles show an overview in place of a damaged part.
class LeftOut {
public:
    void add(const std::vector<pipeline::SkippedScene>& scenes) {
        const std::lock_guard lock(mutex_);
        for (const pipeline::SkippedScene& scene : scenes) names_.insert(scene.name);
    }
    void add_coarser() noexcept { ++coarser_; }
    std::uint64_t coarser() const noexcept { return coarser_; }
    std::vector<std::string> names() const {
        const std::lock_guard lock(mutex_);
        return {names_.begin(), names_.end()};
    }

private:
    mutable std::mutex mutex_;
    std::set<std::string> names_;
    std::atomic<std::uint64_t> coarser_{0};
};

/// What there is to tell at the end.
struct Report {
    archive::Ledger ledger;
    std::uint64_t looked_at = 0;
    std::chrono::milliseconds time{0};
    std::vector<std::string> left_out;  ///< scenes
    std::uint64_t coarser = 0;          ///< tiles
};

/// Names of scenes hold letters, digits and "._-" only.
std::string in_brackets(const std::vector<std::string>& names) {
    std::string text;
    for (const std::string& name : names) text += (text.empty() ? "\"" : ",\"") + name + '"';
    return '[' + text + ']';
}

void tell(const ExportOptions& options, const Report& report) {
    const archive::Ledger& ledger = report.ledger;
    const std::uint64_t empty = report.looked_at - ledger.tiles;
    if (options.json) {
        std::cout << R"({"tiles":)" << ledger.tiles << R"(,"distinct":)" << ledger.distinct
                  << R"(,"empty":)" << empty << R"(,"bytes":)" << ledger.bytes
                  << R"(,"milliseconds":)" << report.time.count() << R"(,"left_out":)"
                  << in_brackets(report.left_out) << R"(,"from_coarser_overview":)"
                  << report.coarser << "}\n";
        return;
    }
    std::cout << options.output << ": " << ledger.tiles << " tiles";
    if (ledger.distinct < ledger.tiles) std::cout << " (" << ledger.distinct << " different)";
    std::cout << ", " << ledger.bytes << " bytes";
    if (empty > 0) std::cout << "; " << empty << " empty ones left out";
    std::cout << "; " << in_words(std::chrono::duration_cast<std::chrono::seconds>(report.time))
              << '\n';
    if (!report.left_out.empty())
        std::cerr << "scenes left out, in whole or in part: " << in_brackets(report.left_out)
                  << '\n';
    if (report.coarser > 0)
        std::cerr << "a part of the file is damaged: " << report.coarser
                  << " tiles show an overview in its place\n";
}

/// As the server answers them.
archive::DrawTile feature_tiles(const ExportPlan& plan) {
    const auto sources = std::make_shared<pipeline::FeatureSources>(1, ingest::made_valid);
    return [sources, &plan](const TileId& tile) -> Result<archive::DrawnTile> {
        const FeatureExport& features = *plan.features;
        const auto made = pipeline::make_vector_tile(
            *sources,
            {tile, {{features.name, &plan.observation, features.choice}}, features.fields, {}});
        if (!made) return made.error();
        if (!made->bytes) return archive::DrawnTile{nullptr, true};
        if (!features.packed) return archive::DrawnTile{made->bytes, false};
        return archive::DrawnTile{std::make_shared<const Bytes>(encode::gzipped(*made->bytes)),
                                  false};
    };
}

/// Likewise.
archive::DrawTile feature_pictures(const ExportPlan& plan) {
    return [&plan](const TileId& tile) -> Result<archive::DrawnTile> {
        const auto drawn = plan.pictures->drawing->draw({plan.pictures->wish, tile, 256});
        if (!drawn) return drawn.error();
        return archive::DrawnTile{(*drawn)->bytes, (*drawn)->empty};
    };
}

Result<archive::ExportEnd> run_plan(const ExportPlan& plan,
                                    archive::TileStore& store,
                                    LeftOut& left_out,
                                    Progress& progress) {
    if (plan.features || plan.pictures)
        return archive::export_tiles(
            {.area = plan.area,
             .draw = plan.pictures ? feature_pictures(plan) : feature_tiles(plan),
             .threads = plan.threads,
             .progress = [&](double share) { return progress.show(share); }},
            store);
    source::start_gdal();
    const source::RasterReader reader({.block_bytes = plan.block_bytes});
    const encode::EmptyImages empty_images;
    const archive::LayerDrawing drawing{
        .workshop = {reader, empty_images},
        .observation = plan.observation,
        .style = plan.style,
        .format = plan.format,
        .encoding = plan.encoding,
        .scenes = plan.scenes,
        .skipped = [&left_out](const auto& scenes) { left_out.add(scenes); },
        .coarser = [&left_out] { left_out.add_coarser(); }};
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
    // Before the package is begun: from then on Ctrl-C keeps it and says how to go on.
    Progress progress("exporting " + plan->package.name.filename().string());
    auto store = archive::open_package(plan->package, plan->description);
    if (!store) return fail(options.output, store.error());
    if (!*store) {
        std::cout << (options.json ? R"({"unchanged":true})"
                                   : options.output + ": was whole already")
                  << '\n';
        return static_cast<int>(Status::done);
    }
    LeftOut left_out;
    const auto end = run_plan(*plan, **store, left_out, progress);
    if (!end) {
        Error error = end.error();
        error.what += kept;
        return fail(options.output, error);
    }
    if (*end == archive::ExportEnd::stopped) return fail(options.output + ": stopped" + kept);
    if (auto finished = (*store)->finish(); !finished)
        return fail(options.output, finished.error());
    audit(context.workspace, {"export", options.id});
    tell(options,
         {(*store)->ledger(),
          plan->area.size(),
          std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - begun),
          left_out.names(),
          left_out.coarser()});
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
        "Write the tiles of a layer to carry away: an MBTiles or PMTiles file, or a "
        "folder\n\nExamples:\n"
        "  relief export flood -o flood.mbtiles\n"
        "  relief export roads --zoom 0-14 -o roads.pmtiles\n"
        "  relief export flood --bbox 35.4,33.8,35.6,33.9 --zoom 8-14 -o tiles/flood\n"
        "  relief export flood -o flood.mbtiles --resume      after it was stopped or killed");
    const auto options = std::make_shared<ExportOptions>();
    verb->add_option("ID", options->id, "layer id")->required();
    verb->add_option("-o,--output",
                     options->output,
                     "file that ends in .mbtiles or .pmtiles, or folder of tiles")
        ->required();
    verb->add_option("--bbox", options->box, "west,south,east,north in degrees [the whole layer]");
    verb->add_option("--zoom", options->zooms, "lowest-highest, or one zoom [those of the layer]");
    verb->add_option("--format",
                     options->format,
                     "png, webp, jpg or auto [png]; of features mvt, or a picture's format [mvt]");
    verb->add_option("--effort",
                     options->effort,
                     "fast: the bytes that the server sends; small: smaller files, slower [fast]")
        ->check(CLI::IsMember({"fast", "small"}));
    verb->add_option("--time", options->view.time, "which observation [the newest]");
    verb->add_option(
            "--pick", options->view.pick, "of a mosaic: first, newest, mean, median, max, count")
        ->check(CLI::IsMember({"first", "newest", "mean", "median", "max", "count"}));
    verb->add_option("--style", options->style, "a style of the layer");
    verb->add_option("--filter", options->filter, "of features: CQL2 text or a MapLibre filter");
    verb->add_option("--fields", options->fields, "of features: attributes to carry [all]")
        ->delimiter(',');
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
