#include "server/command/tile_order.hpp"

#include "server/command/remote_layer.hpp"
#include "server/service/earlier_date.hpp"
#include "server/service/tile_service.hpp"
#include "tiler/geo/mercator.hpp"
#include "tiler/source/gdal_runtime.hpp"

#include <CLI/CLI.hpp>

#include <array>
#include <charconv>
#include <filesystem>
#include <string_view>
#include <utility>

namespace relief::command {
namespace {

/// As in tile addresses.
constexpr std::array<std::pair<std::string_view, std::string_view>, 4> words_of_counting{
    {{"aggregate", "points by their number: cluster, hexagon, square"},
     {"cell", "with --aggregate: width of a cell, 16, 32, 64 or 128 pixels of 512"},
     {"by", "with --aggregate: an attribute whose values are counted"},
     {"sum", "with --aggregate: an attribute of numbers that are added up"}}};

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

Result<workspace::View> earlier_of(const TileOrder& order, const TileWords& words) {
    std::optional<std::string_view> against;
    if (!words.against.empty()) against = words.against;
    return service::earlier_view(order.layer, {order.view, words.words, against, {}});
}

/// Looking for the machine's fonts takes longer than a tile: only labels are worth it.
std::optional<text::Fonts> fonts_for(const style::RasterStyle& style) {
    if (!style.algorithm || style.algorithm->id != style::AlgorithmId::contours) return {};
    auto fonts = text::Fonts::open();
    if (!fonts) return {};
    return std::move(*fonts);
}

Result<void> choose_style(TileOrder& order, const style::RasterWords& asked) {
    const Pick pick = order.view.scenes.pick;
    order.words = service::drawing_words(order.layer, asked, pick);
    auto style = style::style_of(order.words, pipeline::described(*order.view.observation, pick));
    if (!style) return style.error();
    order.style = std::move(*style);
    return {};
}

}  // namespace

void add_tile_words(CLI::App& verb, const std::shared_ptr<TileWords>& words) {
    verb.add_option("ID", words->id, "layer id")->required();
    verb.add_option("Z/X/Y", words->tile, "zoom, column, row")->required()->check(check_tile);
    verb.add_option("--time", words->view.time, "which observation, or the features of that time");
    verb.add_option("--filter", words->filter, "which features: CQL2 text or a MapLibre filter");
    for (const auto& [name, says] : words_of_counting)
        verb.add_option_function<std::string>(
            "--" + std::string(name),
            [words, name = name](const std::string& value) {
                words->counting.emplace_back(name, value);
            },
            std::string(says));
    verb.add_option("--against", words->against, "earlier one, for algorithms of two dates");
    verb.add_option("--style", words->style, "a style of the layer");
    verb.add_option(
            "--pick", words->view.pick, "of a mosaic: first, newest, mean, median, max, count")
        ->check(CLI::IsMember({"first", "newest", "mean", "median", "max", "count"}));
    verb.add_option("--size", words->size, "256 or 512 pixels a side")
        ->check(CLI::IsMember({256, 512}));
    for (const std::string_view name : style::raster_parameter_names()) {
        verb.add_option_function<std::string>("--" + std::string(name),
                                              [words, name](const std::string& value) {
                                                  words->words.words.emplace_back(name, value);
                                              })
            ->group("Drawing");
    }
}

Result<TileId> tile_of(const TileWords& words) {
    return TileId::make(parse_numbers(words.tile).value_or(TileId::Numbers{}));
}

Result<std::unique_ptr<TileOrder>> tile_order(const Context& context, const TileWords& words) {
    const auto stored = stored_layers(context);
    if (!stored) return stored.error();
    auto layer = stored_layer(*stored, words.id);
    if (!layer) return layer.error();
    if (auto fresh = refresh(*layer, stored->configuration); !fresh) return fresh.error();
    auto order = std::make_unique<TileOrder>(std::move(*layer));
    if (order->layer.is_vector())
        return bad_request("layer \"" + words.id +
                           "\" holds features; what explains a tile is for rasters");
    if (!words.filter.empty())
        return bad_request("--filter is for features; layer \"" + words.id + "\" is a raster");
    if (!words.counting.empty())
        return bad_request("--" + words.counting.front().first + " is for points; layer \"" +
                           words.id + "\" is a raster");
    const auto tile = tile_of(words);
    if (!tile) return tile.error();
    order->tile = {tile->zoom(), tile->column(), tile->row()};
    if (!words.style.empty() && words.style != "default")
        return bad_request("style \"" + words.style +
                           R"(" does not exist for this layer; it has "default")");
    auto view = view_of(order->layer, words.view);
    if (!view) return view.error();
    order->view = *view;
    const style::RasterWords asked{words.words.words, expression_limits(stored->configuration)};
    if (auto good = choose_style(*order, asked); !good) return good.error();
    auto earlier = earlier_of(*order, words);
    if (!earlier) return earlier.error();
    order->picture.box = geo::mercator_box_of(*tile);
    order->picture.size = {words.size, words.size};
    order->picture.mosaic = order->view.scenes;
    order->picture.ratio = words.size / 256.0;
    order->picture.against = *earlier;
    order->block_bytes = stored->configuration.memory / 2;
    return order;
}

TileWorkshop::TileWorkshop(const TileOrder& order)
    : reader_({.block_bytes = order.block_bytes}), fonts_(fonts_for(order.style)) {
    source::start_gdal();
}

Result<encode::ImageFormat> format_of_name(const std::string& output) {
    const std::string extension = std::filesystem::path(output).extension().string();
    const auto format = encode::parse_image_format(extension.empty() ? "" : extension.substr(1));
    if (format) return *format;
    return bad_request(
        "the format follows the file name, which must end in .png, .webp or .jpg, for vector tiles "
        "of features in .mvt: " +
        output);
}

std::string_view name_of(encode::ImageFormat format) noexcept {
    if (format == encode::ImageFormat::webp) return "webp";
    return format == encode::ImageFormat::jpeg ? "jpg" : "png";
}

}  // namespace relief::command
