// relief tile

#include "server/command/verbs.hpp"
#include "server/service/tile_service.hpp"
#include "tiler/geo/mercator.hpp"
#include "tiler/pipeline/make_tile.hpp"
#include "tiler/source/gdal_runtime.hpp"
#include "tiler/workspace/layer_store.hpp"
#include "tiler/workspace/time_choice.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <memory>

namespace relief::command {
namespace {

struct Options {
    std::string id, tile, output, time, style, pick = "first";
    int size = 256;
    style::RasterWords words;
};

Result<TileId> parse_tile(const std::string& text) {
    std::array<std::uint32_t, 3> numbers{};
    const char* at = text.data();
    const char* end = text.data() + text.size();
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        const auto [next, error] = std::from_chars(at, end, numbers[i]);
        const bool last = i + 1 == numbers.size();
        if (error != std::errc{} || (last ? next != end : next == end || *next != '/')) {
            return bad_request("tile \"" + text +
                               "\" is not understood; write Z/X/Y, for instance 12/2046/1583");
        }
        at = next + 1;
    }
    return TileId::make({.zoom = numbers[0], .column = numbers[1], .row = numbers[2]});
}

Result<const workspace::Observation*> observation_of(const workspace::Layer& layer,
                                                     const std::string& time) {
    if (layer.newest().mosaic) return &layer.newest();
    const auto choice = workspace::parse_time_choice(time, {});
    if (!choice) return choice.error();
    if (const auto* const found = workspace::choose(layer, *choice, {})) return found;
    return not_found("layer \"" + layer.name.text() + "\" has no observation at " + time);
}

/// Scenes of a mosaic: which of them, from when.
Result<workspace::MosaicChoice> choice_of(const workspace::Layer& layer, const Options& options) {
    workspace::MosaicChoice choice;
    const auto pick = parse_pick(options.pick);
    if (!pick) return bad_request("pick \"" + options.pick + "\" does not exist");
    if (!layer.newest().mosaic && *pick != Pick::first)
        return bad_request("layer \"" + layer.name.text() +
                           "\" is no mosaic; --pick is for mosaics");
    choice.pick = *pick;
    if (!layer.newest().mosaic) return choice;
    const auto time = workspace::parse_time_choice(options.time, {});
    if (!time) return time.error();
    choice.span = workspace::span_of(*layer.newest().mosaic, *time, {});
    return choice;
}

Result<workspace::Layer> layer_of(const Context& context, const std::string& id) {
    const auto store = workspace::LayerStore::open_existing(context.workspace);
    if (!store) return store.error();
    auto layers = store->layers();
    if (!layers) return layers.error();
    for (auto& layer : *layers) {
        if (layer.name.text() == id) return std::move(layer);
    }
    return not_found("there is no layer \"" + id + "\"; `relief layers` lists those there are");
}

Result<pipeline::EncodedPicture> draw(const Context& context, const Options& options) {
    const auto layer = layer_of(context, options.id);
    if (!layer) return layer.error();
    const auto tile = parse_tile(options.tile);
    if (!tile) return tile.error();
    std::string extension = std::filesystem::path(options.output).extension().string();
    const auto format = encode::parse_image_format(extension.empty() ? "" : extension.substr(1));
    if (!format)
        return bad_request(
            "the format follows the file name, which must end in .png, .webp or .jpg: " +
            options.output);
    if (!options.style.empty() && options.style != "default")
        return bad_request("style \"" + options.style +
                           R"(" does not exist for this layer; it has "default")");
    const auto observation = observation_of(*layer, options.time);
    if (!observation) return observation.error();
    const auto choice = choice_of(*layer, options);
    if (!choice) return choice.error();
    const auto style = style::style_of(service::drawing_words(*layer, options.words, choice->pick),
                                       pipeline::described(**observation, choice->pick));
    if (!style) return style.error();

    source::start_gdal();
    const source::RasterReader reader{{}};
    const encode::EmptyImages empty_images;
    pipeline::PictureOrder order;
    order.box = geo::mercator_box_of(*tile);
    order.size = {options.size, options.size};
    order.format = *format;
    order.mosaic = *choice;
    return pipeline::make_picture({reader, empty_images}, **observation, *style, order);
}

int write_tile(const Context& context, const Options& options) {
    const auto picture = draw(context, options);
    if (!picture) return fail(options.id, picture.error());
    std::ofstream file(options.output, std::ios::binary);
    file.write(reinterpret_cast<const char*>(picture->bytes->data()),
               static_cast<std::streamsize>(picture->bytes->size()));
    file.close();
    if (!file) return fail(options.output + ": cannot be written");
    std::cout << options.output << ": " << picture->bytes->size() << " bytes"
              << (picture->empty ? ", nothing to show there" : "") << '\n';
    return static_cast<int>(Status::done);
}

}  // namespace

void add_tile(CLI::App& app, Context& context) {
    auto* verb = app.add_subcommand("tile",
                                    "Write one tile of a layer to a file\n\nExample:\n  relief "
                                    "tile flood 12/2046/1583 -o tile.png");
    const auto options = std::make_shared<Options>();
    verb->add_option("ID", options->id, "layer id")->required();
    verb->add_option("Z/X/Y", options->tile, "zoom, column, row")->required();
    verb->add_option("-o,--output", options->output, "file to write; its name tells the format")
        ->required();
    verb->add_option("--time", options->time, "which observation");
    verb->add_option("--style", options->style, "a style of the layer");
    verb->add_option(
            "--pick", options->pick, "of a mosaic: first, newest, mean, median, max, count")
        ->check(CLI::IsMember({"first", "newest", "mean", "median", "max", "count"}));
    verb->add_option("--size", options->size, "256 or 512 pixels a side")
        ->check(CLI::IsMember({256, 512}));
    for (const std::string_view name : style::raster_parameter_names()) {
        verb->add_option_function<std::string>("--" + std::string(name),
                                               [options, name](const std::string& value) {
                                                   options->words.words.emplace_back(name, value);
                                               })
            ->group("Drawing");
    }
    verb->callback([&context, options] {
        context.run = [&context, options] { return write_tile(context, *options); };
    });
}

}  // namespace relief::command
