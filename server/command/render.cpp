// relief render

#include "server/command/output_file.hpp"
#include "server/command/stored_house.hpp"
#include "server/command/tile_order.hpp"
#include "server/command/usage.hpp"
#include "server/command/verbs.hpp"
#include "server/service/surface_picture.hpp"
#include "tiler/atlas/atlas.hpp"
#include "tiler/encode/encode.hpp"
#include "tiler/stylesheet/style_document.hpp"
#include "tiler/symbology/draw_style.hpp"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <charconv>
#include <chrono>
#include <cmath>
#include <fstream>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace relief::command {
namespace {

/// Pixels of a picture's side, as limits.image_side allows those who are trusted.
constexpr double longest_side = 8192;
constexpr auto render_time = std::chrono::minutes(5);
constexpr const char* example =
    "relief render basemap.json --center 44.5,-19.1 --zoom 9 --size 800x600 -o map.png";

struct RenderOptions {
    std::string style, centre, size, output;
    std::optional<double> zoom, bearing;
    double ratio = 1;
    bool json = false;
};

/// Two numbers with something between them.
std::optional<std::pair<double, double>> pair_of(const std::string& text, char between) {
    const char* const end = text.data() + text.size();
    double first = 0;
    double second = 0;
    const auto read = std::from_chars(text.data(), end, first);
    if (read.ec != std::errc{} || read.ptr == end || *read.ptr != between) return std::nullopt;
    const auto rest = std::from_chars(read.ptr + 1, end, second);
    if (rest.ec != std::errc{} || rest.ptr != end) return std::nullopt;
    if (!std::isfinite(first) || !std::isfinite(second)) return std::nullopt;
    return std::pair{first, second};
}

std::string check_centre(const std::string& text) {
    const auto pair = pair_of(text, ',');
    if (pair && std::abs(pair->first) <= 360 && std::abs(pair->second) <= 90) return {};
    return "\"" + text + "\" is no place; write longitude,latitude in degrees: 44.5,-19.1";
}

std::string check_picture_size(const std::string& text) {
    const auto pair = pair_of(text, 'x');
    if (pair && pair->first >= 1 && pair->second >= 1 && pair->first <= longest_side &&
        pair->second <= longest_side && std::floor(pair->first) == pair->first &&
        std::floor(pair->second) == pair->second)
        return {};
    return "\"" + text + "\" is no size; write WIDTHxHEIGHT, each 1 to 8192: 800x600";
}

Result<stylesheet::ReadStyle> style_of(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    if (!file) return not_found("there is no such file, or it cannot be read");
    return stylesheet::read_style(text);
}

symbology::View view_of(const RenderOptions& options, const stylesheet::StyleDocument& style) {
    symbology::View view;
    auto centre = std::pair{0.0, 0.0};
    if (style.center) centre = {(*style.center)[0], (*style.center)[1]};
    if (!options.centre.empty()) centre = *pair_of(options.centre, ',');
    view.centre = symbology::world_place({centre.first, centre.second});
    view.zoom = options.zoom.value_or(style.zoom);
    view.bearing = options.bearing.value_or(style.bearing);
    view.ratio = options.ratio;
    const auto size = *pair_of(options.size, 'x');
    view.size = {static_cast<int>(std::lround(size.first * options.ratio)),
                 static_cast<int>(std::lround(size.second * options.ratio))};
    return view;
}

int write_picture(const RenderOptions& options, const Bytes& bytes, PixelSize size) {
    if (auto done = write_output(options.output, bytes); !done)
        return fail(options.output, done.error());
    if (options.json) {
        const nlohmann::ordered_json document{{"file", options.output},
                                              {"width", size.width},
                                              {"height", size.height},
                                              {"bytes", bytes.size()}};
        std::cout << document.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace)
                  << '\n';
    } else {
        std::cout << options.output << ": " << size.width << " × " << size.height << " pixels, "
                  << bytes.size() << " bytes\n";
    }
    return static_cast<int>(Status::done);
}

/// Draws, and tells on the way what the picture lacks.
Result<canvas::Surface> draw_view(const Context& context,
                                  const stylesheet::StyleDocument& style,
                                  const symbology::View& view) {
    StoredHouse house(context);
    auto opened = atlas::Atlas::open(style, view.ratio, {&house.layers(), true, house.fonts()});
    if (!opened) return opened.error();
    atlas::Atlas& atlas = **opened;
    const Deadline deadline(Deadline::Clock::now() + render_time);
    auto drawn = symbology::draw_style(style, view, atlas, deadline);
    if (!drawn) return drawn.error();
    for (const std::string& warning : atlas.warnings())
        std::cerr << "relief: warning: " << warning << "; drawn without it\n";
    return drawn;
}

/// Told after a style that is not there: that is what is wrong first.
int fail_missing(const char* option) {
    fail(std::string(option) + " is missing; for example: " + example);
    return static_cast<int>(Status::usage);
}

int run_render(const Context& context, const RenderOptions& options) {
    const auto read = style_of(options.style);
    if (!read) return fail(options.style, read.error());
    if (options.size.empty()) return fail_missing("--size WIDTHxHEIGHT");
    if (options.output.empty()) return fail_missing("--output FILE");
    const auto format = format_of_name(options.output);
    if (!format) return fail(options.output, format.error());
    if (auto place = check_output(options.output); !place)
        return fail(options.output, place.error());
    for (const auto& problem : read->problems)
        if (problem.severity == stylesheet::Severity::error)
            return fail(options.style + ":" + std::to_string(problem.line) + ": " +
                        problem.path.text() + ": " + problem.message);
    const stylesheet::StyleDocument& style = *read->document;
    const symbology::View view = view_of(options, style);
    if (view.size.width > longest_side || view.size.height > longest_side || view.size.width < 1 ||
        view.size.height < 1)
        return fail("--size times --ratio gives " + std::to_string(view.size.width) + " × " +
                    std::to_string(view.size.height) + " pixels; each side may have 1 to 8192");
    auto drawn = draw_view(context, style, view);
    if (!drawn) return fail(options.style, drawn.error());
    const auto bytes = encode::encode(service::picture_of(*drawn), *format, {.drawing = true});
    if (!bytes) return fail(options.output, bytes.error());
    return write_picture(options, *bytes, view.size);
}

}  // namespace

void add_render(CLI::App& app, Context& context) {
    auto* verb = app.add_subcommand(
        "render", std::string("Draw a style document to an image\n\nExample:\n  ") + example);
    const auto options = std::make_shared<RenderOptions>();
    verb->add_option("STYLE", options->style, "a MapLibre style document")->required();
    verb->add_option("--center", options->centre, "LON,LAT in degrees [the style's]")
        ->check(check_centre);
    verb->add_option("--zoom", options->zoom, "the world is 512·2^zoom pixels wide [the style's]")
        ->check(number_within(0.0, 24.0));
    verb->add_option("--size", options->size, "WIDTHxHEIGHT in style pixels; needed")
        ->check(check_picture_size);
    verb->add_option("--ratio", options->ratio, "pixels for each style pixel")
        ->check(number_within(0.25, 8.0));
    verb->add_option("--bearing", options->bearing, "degrees clockwise, the direction that is up")
        ->check(number_within(-360.0, 360.0));
    verb->add_option(
        "-o,--output", options->output, "file to write; its name tells the format; needed");
    verb->add_flag("--json", options->json, "tell in JSON what was written");
    verb->callback([&context, options] {
        context.run = [&context, options] { return run_render(context, *options); };
    });
}

}  // namespace relief::command
