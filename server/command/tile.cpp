// relief tile

#include "server/command/stored_layer.hpp"
#include "server/command/verbs.hpp"
#include "server/route/parameters.hpp"
#include "server/service/earlier_date.hpp"
#include "server/service/tile_service.hpp"
#include "tiler/geo/mercator.hpp"
#include "tiler/pipeline/make_tile.hpp"
#include "tiler/source/gdal_runtime.hpp"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <array>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

namespace relief::command {
namespace {

struct Options {
    std::string id, tile, output, time, against, style;
    int size = 256;
    bool json = false;
    style::RasterWords words;
};

/// Three numbers, whether or not such a tile exists.
std::optional<TileId::Numbers> parse_numbers(const std::string& text) {
    std::array<std::uint32_t, 3> numbers{};
    const char* at = text.data();
    const char* end = text.data() + text.size();
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        const auto [next, error] = std::from_chars(at, end, numbers[i]);
        const bool last = i + 1 == numbers.size();
        if (error != std::errc{} || (last ? next != end : next == end || *next != '/'))
            return std::nullopt;
        at = next + 1;
    }
    return TileId::Numbers{.zoom = numbers[0], .column = numbers[1], .row = numbers[2]};
}

std::string check_tile(const std::string& text) {
    if (parse_numbers(text)) return {};
    return "\"" + text +
           "\" is not understood; write zoom, column and row, for instance 12/2046/1583";
}

/// Where the tile was found, and what it shows.
struct Drawn {
    pipeline::EncodedPicture picture;
    std::string version;
    std::optional<Instant> time;
};

Result<const workspace::Observation*> earlier_of(const workspace::Layer& layer,
                                                 const workspace::Observation& shown,
                                                 const Options& options) {
    std::optional<std::string_view> against;
    if (!options.against.empty()) against = options.against;
    return service::earlier_observation(layer, {shown, options.words, against, {}});
}

/// Looking for the machine's fonts takes longer than a tile: only labels are worth it.
std::optional<text::Fonts> fonts_for(const style::RasterStyle& style) {
    if (!style.algorithm || style.algorithm->id != style::AlgorithmId::contours) return {};
    auto fonts = text::Fonts::open();
    if (!fonts) return {};
    return std::move(*fonts);
}

Result<Drawn> draw(const Context& context, const Options& options) {
    const auto stored = stored_layers(context);
    if (!stored) return stored.error();
    const auto layer = stored_layer(*stored, options.id);
    if (!layer) return layer.error();
    const auto tile = TileId::make(parse_numbers(options.tile).value_or(TileId::Numbers{}));
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
    const style::RasterWords asked{options.words.words, expression_limits(stored->configuration)};
    const auto style =
        style::style_of(service::merged_words(*layer, asked), (*observation)->raster);
    if (!style) return style.error();
    const auto earlier = earlier_of(*layer, **observation, options);
    if (!earlier) return earlier.error();

    source::start_gdal();
    const source::RasterReader reader({.block_bytes = stored->configuration.memory / 2});
    const encode::EmptyImages empty_images;
    pipeline::PictureOrder order;
    order.box = geo::mercator_box_of(*tile);
    order.size = {options.size, options.size};
    order.format = *format;
    order.ratio = options.size / 256.0;
    order.against = *earlier;
    const auto fonts = fonts_for(*style);
    auto picture = pipeline::make_picture(
        {reader, empty_images, fonts ? &*fonts : nullptr}, **observation, *style, order);
    if (!picture) return picture.error();
    return Drawn{std::move(*picture), route::layer_version(*layer), (*observation)->time};
}

std::string_view name_of(encode::ImageFormat format) noexcept {
    if (format == encode::ImageFormat::webp) return "webp";
    return format == encode::ImageFormat::jpeg ? "jpg" : "png";
}

std::string json_of(const Options& options, const Drawn& drawn) {
    using Json = nlohmann::ordered_json;
    const auto tile = parse_numbers(options.tile).value_or(TileId::Numbers{});
    const Json document{{"file", options.output},
                        {"layer", options.id},
                        {"version", drawn.version},
                        {"time", drawn.time ? Json(to_text(*drawn.time)) : Json(nullptr)},
                        {"z", tile.zoom},
                        {"x", tile.column},
                        {"y", tile.row},
                        {"size", options.size},
                        {"format", name_of(drawn.picture.format)},
                        {"bytes", drawn.picture.bytes->size()},
                        {"empty", drawn.picture.empty}};
    return document.dump(-1, ' ', false, Json::error_handler_t::replace);
}

int write_tile(const Context& context, const Options& options) {
    const auto drawn = draw(context, options);
    if (!drawn) return fail(options.id, drawn.error());
    const auto& bytes = drawn->picture.bytes;
    std::ofstream file(options.output, std::ios::binary);
    file.write(reinterpret_cast<const char*>(bytes->data()),
               static_cast<std::streamsize>(bytes->size()));
    file.close();
    if (!file) return fail(options.output + ": cannot be written");
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
    const auto options = std::make_shared<Options>();
    verb->add_option("ID", options->id, "layer id")->required();
    verb->add_option("Z/X/Y", options->tile, "zoom, column, row")->required()->check(check_tile);
    verb->add_option("-o,--output", options->output, "file to write; its name tells the format")
        ->required();
    verb->add_option("--time", options->time, "which observation");
    verb->add_option("--against", options->against, "earlier one, for algorithms of two dates");
    verb->add_option("--style", options->style, "a style of the layer");
    verb->add_option("--size", options->size, "256 or 512 pixels a side")
        ->check(CLI::IsMember({256, 512}));
    verb->add_flag("--json", options->json, "tell in JSON what was written");
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
