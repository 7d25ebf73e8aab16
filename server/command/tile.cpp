// relief tile

#include "server/command/output_file.hpp"
#include "server/command/tile_order.hpp"
#include "server/command/vector_tile.hpp"
#include "server/command/verbs.hpp"
#include "server/route/parameters.hpp"
#include "server/service/tile_service.hpp"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <memory>
#include <string>
#include <utility>

namespace relief::command {
namespace {

struct TileOptions {
    std::shared_ptr<TileWords> tile = std::make_shared<TileWords>();
    std::string output;
    bool json = false;
};

struct Drawn {
    std::unique_ptr<TileOrder> order;
    pipeline::EncodedPicture picture;
};

Result<Drawn> draw(const Context& context, const TileOptions& options) {
    auto order = tile_order(context, *options.tile);
    if (!order) return order.error();
    const auto format = format_of_name(options.output);
    if (!format) return format.error();
    (*order)->picture.format = *format;
    const TileWorkshop room(**order);
    auto picture = pipeline::make_picture(
        room.workshop(), *(*order)->view.observation, (*order)->style, (*order)->picture);
    if (!picture) return picture.error();
    return Drawn{std::move(*order), std::move(*picture)};
}

std::string json_of(const TileOptions& options, const Drawn& drawn) {
    using Json = nlohmann::ordered_json;
    const TileOrder& order = *drawn.order;
    const auto& time = order.view.observation->time;
    const Json document{{"file", options.output},
                        {"layer", order.layer.name.text()},
                        {"version", route::layer_version(order.layer)},
                        {"time", time ? Json(to_text(*time)) : Json(nullptr)},
                        {"z", order.tile.zoom},
                        {"x", order.tile.column},
                        {"y", order.tile.row},
                        {"size", order.picture.size.width},
                        {"format", name_of(drawn.picture.format)},
                        {"bytes", drawn.picture.bytes->size()},
                        {"empty", drawn.picture.empty},
                        {"from_coarser_overview", drawn.picture.coarser}};
    return document.dump(-1, ' ', false, Json::error_handler_t::replace);
}

int write_tile(const Context& context, const TileOptions& options) {
    if (names_vector_tile(options.output))
        return write_vector_tile(context, {*options.tile, options.output, options.json});
    if (const auto layer = stored_layer(context, options.tile->id); layer && layer->is_vector())
        return write_feature_picture(
            context, {*options.tile, options.output, options.json}, *layer);
    const auto drawn = draw(context, options);
    if (!drawn) return fail(options.tile->id, drawn.error());
    const auto& bytes = drawn->picture.bytes;
    if (auto written = write_output(options.output, *bytes); !written)
        return fail(options.output, written.error());
    if (!drawn->picture.skipped.empty())
        std::cerr << "scenes left out: " << service::names_of(drawn->picture.skipped) << '\n';
    if (drawn->picture.coarser)
        std::cerr << "a part of the file is damaged: an overview was drawn in its place\n";
    if (options.json) {
        std::cout << json_of(options, *drawn) << '\n';
        return static_cast<int>(Status::done);
    }
    std::cout << options.output << ": " << bytes->size() << " bytes"
              << (drawn->picture.empty ? ", nothing to show there" : "") << '\n';
    return static_cast<int>(Status::done);
}

}  // namespace

void add_tile(CLI::App& app, Context& context) {
    auto* verb = app.add_subcommand("tile",
                                    "Write one tile of a layer to a file\n\nExample:\n  relief "
                                    "tile flood 12/2046/1583 -o tile.png");
    const auto options = std::make_shared<TileOptions>();
    add_tile_words(*verb, options->tile);
    verb->add_option("-o,--output", options->output, "file to write; its name tells the format")
        ->required();
    verb->add_flag("--json", options->json, "tell in JSON what was written");
    verb->callback([&context, options] {
        context.run = [&context, options] { return write_tile(context, *options); };
    });
}

}  // namespace relief::command
