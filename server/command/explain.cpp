// relief explain

#include "server/command/tile_order.hpp"
#include "server/command/verbs.hpp"
#include "server/route/explain_document.hpp"
#include "tiler/style/drawing_facts.hpp"
#include "tiler/workspace/view.hpp"

#include <CLI/CLI.hpp>

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace relief::command {
namespace {

struct ExplainOptions {
    std::shared_ptr<TileWords> tile = std::make_shared<TileWords>();
    bool json = false;
};

/// A tile, what it is read from, and how long that took from nothing.
struct Explained {
    std::unique_ptr<TileOrder> order;
    service::ExplainedTile tile;
};

Result<Explained> explain(const Context& context, const TileWords& words) {
    auto order = tile_order(context, words);
    if (!order) return order.error();
    const TileWorkshop room(**order);
    const workspace::Observation& observation = *(*order)->view.observation;
    auto files =
        pipeline::plan_picture(room.workshop(), observation, (*order)->style, (*order)->picture);
    if (!files) return files.error();
    auto picture =
        pipeline::make_picture(room.workshop(), observation, (*order)->style, (*order)->picture);
    if (!picture) return picture.error();
    return Explained{std::move(*order), {std::move(*files), std::move(*picture), "none"}};
}

/// The raster that the style was made for.
RasterDescription raster_of(const TileOrder& order) {
    return pipeline::described(*order.view.observation, order.view.scenes.pick);
}

std::string size_text(PixelSize size) {
    return std::to_string(size.width) + " x " + std::to_string(size.height);
}

void tell_reads(const pipeline::PlannedFile& file) {
    std::cout << "  " << file.name << "  " << file.version.text.substr(0, 12) << '\n';
    if (file.broken) std::cout << "    cannot be read: " << file.broken->what << '\n';
    if (file.reads.empty() && !file.broken) std::cout << "    nothing: the tile lies outside\n";
    for (const source::PlannedRead& read : file.reads) {
        std::cout << "    " << size_text(read.size) << " cells at " << read.left << ", " << read.top
                  << " of "
                  << (read.overview == 0 ? "the full resolution"
                                         : "overview " + std::to_string(read.overview))
                  << " (" << size_text(read.level_size) << "): " << read.blocks << " blocks, "
                  << (read.bytes + 1023) / 1024 << " KiB decoded\n";
        if (read.reduce > 1)
            std::cout << "    " << read.reduce << " x " << read.reduce
                      << " cells become one: the file has no overview as coarse as this zoom; "
                         "`relief add` makes a copy that has\n";
    }
}

void tell(const Explained& explained) {
    const TileOrder& order = *explained.order;
    const pipeline::EncodedPicture& picture = explained.tile.picture;
    std::cout << order.layer.name.text() << ' ' << order.tile.zoom << '/' << order.tile.column
              << '/' << order.tile.row << ", " << size_text(order.picture.size) << " pixels\n";
    if (const auto moments = workspace::moments_of(order.view))
        std::cout << "observed " << to_text(*moments) << '\n';
    const RasterDescription raster = raster_of(order);
    if (const auto facts = style::drawing_facts(order.words, raster))
        std::cout << "drawn: " << style::in_words(*facts, raster) << '\n';
    std::cout << "read from\n";
    for (const pipeline::PlannedFile& file : explained.tile.files) tell_reads(file);
    std::cout << "took " << route::rounded_time(picture.times.read) << " ms to read, "
              << route::rounded_time(picture.times.paint) << " ms to draw, "
              << route::rounded_time(picture.times.encode)
              << " ms to encode, with nothing in memory\n"
              << (picture.empty ? "nothing to show there: an empty " : "a ")
              << name_of(picture.format) << " of " << picture.bytes->size() << " bytes"
              << (picture.coarser ? ", a damaged part drawn from a coarser overview" : "") << '\n';
}

std::string document_of(const Explained& explained) {
    const TileOrder& order = *explained.order;
    return route::explain_document({order.layer,
                                    order.view,
                                    order.words,
                                    order.tile,
                                    order.picture.size,
                                    name_of(explained.tile.picture.format)},
                                   explained.tile);
}

int run_explain(const Context& context, const ExplainOptions& options) {
    const auto explained = explain(context, *options.tile);
    if (!explained) return fail(options.tile->id, explained.error());
    if (options.json)
        std::cout << document_of(*explained) << '\n';
    else
        tell(*explained);
    return static_cast<int>(Status::done);
}

}  // namespace

void add_explain(CLI::App& app, Context& context) {
    auto* verb = app.add_subcommand(
        "explain",
        "Tell what a tile is made from: files, overviews, blocks, versions, style and times"
        "\n\nExample:\n  relief explain flood 12/2046/1583");
    const auto options = std::make_shared<ExplainOptions>();
    add_tile_words(*verb, options->tile);
    verb->add_flag("--json", options->json, "as JSON");
    verb->callback([&context, options] {
        context.run = [&context, options] { return run_explain(context, *options); };
    });
}

}  // namespace relief::command
