#include "server/route/parameters.hpp"

#include "server/route/mosaic_parameters.hpp"
#include "server/service/earlier_date.hpp"
#include "tiler/core/version.hpp"
#include "tiler/workspace/time_choice.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cmath>
#include <numeric>
#include <utility>

namespace relief::route {
namespace {

std::string in_quotes(std::string_view text) {
    std::string words(1, '"');
    words.append(text.substr(0, 100));
    words.push_back('"');
    return words;
}

/// Digits only; numbers too large for any tile are left to the range check.
Result<std::uint32_t> parse_index(std::string_view axis, std::string_view text) {
    const bool digits = !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return c >= '0' && c <= '9';
    });
    if (!digits)
        return bad_request("tile " + std::string(axis) + " " + in_quotes(text) +
                           " is not a whole number");
    std::uint32_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) {
        return not_found("tile " + std::string(axis) + " " + in_quotes(text) + " does not exist");
    }
    return value;
}

constexpr std::array<std::string_view, 3> repeatable{"bands", "bidx", "rescale"};

}  // namespace

Result<double> parse_number(std::string_view name, std::string_view text) {
    double value = 0;
    const auto [end, error] =
        std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::general);
    if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) {
        return bad_request(std::string(name) + " " + in_quotes(text) + " is not a decimal number");
    }
    return value;
}

Result<LonLat> parse_place(const http::Request& request) {
    const auto coordinate = [&](std::string_view name, double limit) -> Result<double> {
        const auto text = request.query.find(name);
        if (!text)
            return bad_request("parameter " + std::string(name) +
                               " is missing; a point needs lon and lat in degrees");
        auto value = parse_number(name, *text);
        if (!value) return value;
        if (std::abs(*value) > limit) {
            return bad_request(std::string(name) + " " + std::string(*text) +
                               " is out of range; it is " +
                               std::to_string(-static_cast<int>(limit)) + " to " +
                               std::to_string(static_cast<int>(limit)));
        }
        return value;
    };
    const auto longitude = coordinate("lon", 180);
    if (!longitude) return longitude.error();
    const auto latitude = coordinate("lat", 90);
    if (!latitude) return latitude.error();
    return LonLat{*longitude, *latitude};
}

Error not_ready(const House& house) {
    return {Fault::too_busy,
            house.catalogue.looked()
                ? "the workspace's database cannot be read; the server's log says why"
                : "the layers are still being read; ask again in a moment"};
}

Result<std::shared_ptr<const workspace::Layer>> find_layer(const House& house,
                                                           const http::Request& request) {
    return find_layer(house, request, request.capture("id"));
}

Result<std::shared_ptr<const workspace::Layer>> find_raster(const House& house,
                                                            const http::Request& request,
                                                            std::string_view what) {
    auto layer = find_layer(house, request);
    if (!layer || !(*layer)->is_vector()) return layer;
    return not_found("layer " + in_quotes((*layer)->name.text()) + " holds features; it has no " +
                     std::string(what) + ", which only rasters have so far");
}

Result<std::shared_ptr<const workspace::Layer>> find_layer(const House& house,
                                                           const http::Request& request,
                                                           std::string_view id) {
    auto layer = house.catalogue.current()->find(id, request.audience);
    if (!layer && !house.catalogue.ready()) return not_ready(house);
    if (!layer)
        return not_found("there is no layer " + in_quotes(id) + "; /layers lists those there are");
    return layer;
}

Result<TileAddress> parse_tile_address(const http::Request& request) {
    std::string_view row = request.capture("y");
    const bool twice = row.ends_with("@2x");
    if (twice) row.remove_suffix(3);
    const auto zoom = parse_index("zoom", request.capture("z"));
    if (!zoom) return zoom.error();
    const auto column = parse_index("x", request.capture("x"));
    if (!column) return column.error();
    const auto line = parse_index("y", row);
    if (!line) return line.error();
    const auto tile = TileId::make({.zoom = *zoom, .column = *column, .row = *line});
    if (!tile) return tile.error();
    return TileAddress{*tile, twice ? 512 : 256};
}

Result<encode::ImageFormat> parse_format(const http::Request& request) {
    const std::string_view name = request.query.find("format").value_or(request.capture("format"));
    const auto format = encode::parse_image_format(name);
    if (format) return *format;
    return Error{
        Fault::not_acceptable,
        "format " + in_quotes(name) + " is not offered here; formats are png, webp, jpg and auto"};
}

Result<void> check_known(const http::Request& request, const std::vector<std::string_view>& known) {
    const auto& items = request.query.items;
    for (auto item = items.begin(); item != items.end(); ++item) {
        const std::string& name = item->first;
        if (std::find(known.begin(), known.end(), name) == known.end()) {
            std::string list;
            for (const std::string_view word : known)
                list += (list.empty() ? "" : ", ") + std::string(word);
            return bad_request("parameter " + in_quotes(name) + " (" + in_quotes(item->second) +
                               ") is not known here; known are " + list);
        }
        const bool again = std::any_of(
            items.begin(), item, [&](const auto& before) { return before.first == name; });
        if (again && std::find(repeatable.begin(), repeatable.end(), name) == repeatable.end()) {
            return bad_request("parameter " + in_quotes(name) + " is given twice");
        }
    }
    return {};
}

Result<void> check_drawing(const http::Request& request,
                           std::initializer_list<std::string_view> others) {
    if (request.query.items.empty()) return {};
    std::vector<std::string_view> known = style::raster_parameter_names();
    known.insert(known.end(), others);
    return check_known(request, known);
}

style::RasterWords raster_words(const http::Request& request, style::ExpressionLimits limits) {
    style::RasterWords words;
    words.limits = limits;
    const auto& names = style::raster_parameter_names();
    for (const auto& [name, value] : request.query.items) {
        if (std::find(names.begin(), names.end(), name) != names.end())
            words.words.emplace_back(name, value);
    }
    return words;
}

std::vector<int> all_bands(const RasterDescription& raster) {
    std::vector<int> bands(raster.bands.size());
    std::iota(bands.begin(), bands.end(), 1);
    return bands;
}

Result<workspace::View> choose_view(const workspace::Layer& layer, const http::Request& request) {
    const auto time = workspace::parse_time_choice(request.query.find("time").value_or(""),
                                                   request.query.find("max_age").value_or(""));
    if (!time) return time.error();
    const auto pick = asked_pick(layer, request);
    if (!pick) return pick.error();
    return workspace::choose_view(layer, *time, *pick, present_moment());
}

Result<workspace::View> choose_against(const workspace::Layer& layer,
                                       const workspace::View& shown,
                                       const http::Request& request) {
    const style::RasterWords words = raster_words(request);
    return service::earlier_view(layer,
                                 {shown, words, request.query.find("against"), present_moment()});
}

void add_observed(http::Response& response, const std::optional<InstantRange>& observed) {
    if (!observed) return;
    const std::chrono::milliseconds age(present_moment().milliseconds -
                                        observed->last.milliseconds);
    response.headers.emplace_back("X-Relief-Observed", to_text(*observed));
    response.headers.emplace_back("X-Relief-Age", workspace::to_age_text(age));
}

void add_unobserved(http::Response& response) {
    response.headers.emplace_back("X-Relief-Observed", "none");
}

void add_age(http::Response& response, const workspace::Layer& layer, const workspace::View& view) {
    add_observed(response, workspace::moments_shown(layer, view));
}

void tell_degraded(http::Response& response) {
    response.headers.emplace_back("X-Relief-Degraded", "overview");
    response.cache_control = "no-store";
}

Result<void> check_style(const http::Request& request) {
    const auto style = request.query.find("style");
    if (!style || style->empty() || *style == "default") return {};
    return not_found("style " + in_quotes(*style) +
                     " does not exist for this layer; it has \"default\"");
}

std::string cache_control(const http::Request& request, const workspace::Layer& layer) {
    const auto version = request.query.find("v");
    // What an age means goes on with the clock.
    const bool current =
        version && *version == layer_version(layer) && !request.query.find("max_age");
    return current ? "public, max-age=31536000, immutable" : "public, max-age=60";
}

}  // namespace relief::route
