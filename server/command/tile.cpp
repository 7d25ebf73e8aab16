// relief tile

#include "server/command/stored_layer.hpp"
#include "server/command/verbs.hpp"
#include "server/service/earlier_date.hpp"
#include "server/service/tile_service.hpp"
#include "tiler/geo/mercator.hpp"
#include "tiler/pipeline/make_tile.hpp"
#include "tiler/source/gdal_runtime.hpp"

#include <CLI/CLI.hpp>

#include <array>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <memory>

namespace relief::command {
namespace {

struct Options {
    std::string id, tile, output, against, style;
    ViewWords view;
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

Result<workspace::View> earlier_of(const workspace::Layer& layer,
                                   const workspace::View& shown,
                                   const Options& options) {
    std::optional<std::string_view> against;
    if (!options.against.empty()) against = options.against;
    return service::earlier_view(layer, {shown, options.words, against, {}});
}

/// Looking for the machine's fonts takes longer than a tile: only labels are worth it.
std::optional<text::Fonts> fonts_for(const style::RasterStyle& style) {
    if (!style.algorithm || style.algorithm->id != style::AlgorithmId::contours) return {};
    auto fonts = text::Fonts::open();
    if (!fonts) return {};
    return std::move(*fonts);
}

Result<pipeline::EncodedPicture> draw(const Context& context, const Options& options) {
    const auto layer = stored_layer(context, options.id);
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
    const auto view = view_of(*layer, options.view);
    if (!view) return view.error();
    const Pick pick = view->scenes.pick;
    const auto style = style::style_of(service::drawing_words(*layer, options.words, pick),
                                       pipeline::described(*view->observation, pick));
    if (!style) return style.error();
    const auto earlier = earlier_of(*layer, *view, options);
    if (!earlier) return earlier.error();

    source::start_gdal();
    const source::RasterReader reader{{}};
    const encode::EmptyImages empty_images;
    pipeline::PictureOrder order;
    order.box = geo::mercator_box_of(*tile);
    order.size = {options.size, options.size};
    order.format = *format;
    order.mosaic = view->scenes;
    order.ratio = options.size / 256.0;
    order.against = *earlier;
    const auto fonts = fonts_for(*style);
    return pipeline::make_picture(
        {reader, empty_images, fonts ? &*fonts : nullptr}, *view->observation, *style, order);
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
    if (!picture->skipped.empty())
        std::cerr << "scenes left out: " << service::names_of(picture->skipped) << '\n';
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
    verb->add_option("--time", options->view.time, "which observation");
    verb->add_option("--against", options->against, "earlier one, for algorithms of two dates");
    verb->add_option("--style", options->style, "a style of the layer");
    verb->add_option(
            "--pick", options->view.pick, "of a mosaic: first, newest, mean, median, max, count")
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
