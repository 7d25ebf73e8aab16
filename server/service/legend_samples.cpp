#include "server/service/legend_samples.hpp"

#include "server/access/secret.hpp"
#include "server/service/surface_picture.hpp"
#include "tiler/core/version.hpp"
#include "tiler/encode/encode.hpp"
#include "tiler/expression/json_document.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <memory>
#include <numbers>
#include <utility>

namespace relief::service {
namespace {

using stylesheet::Json;

constexpr PixelSize cell = style::legend_sample_size;
constexpr int columns = 10;
constexpr int ratio = style::legend_sample_ratio;
constexpr double zoom = 10;
/// Units: style pixels, at the zoom.
constexpr double world_side = 512 * 1024;
/// Of a tile, so that no tile's edge runs through a sample.
constexpr double middle = world_side / 2 + 256;

/// All samples side by side, as a style over features of its own.
class Sheet {
public:
    explicit Sheet(const std::vector<Json>& samples) {
        const auto wanted = static_cast<int>(std::count_if(
            samples.begin(), samples.end(), [](auto& one) { return !one.is_null(); }));
        size_ = {columns * cell.width, (wanted + columns - 1) / columns * cell.height};
        for (const Json& sample : samples)
            if (!sample.is_null()) add(sample);
    }

    bool empty() const noexcept { return layers_.empty(); }

    /// Upper left corner of a sample, from that of the sheet. Units: style pixels.
    static PixelSize corner_of(int number) {
        return {number % columns * cell.width, number / columns * cell.height};
    }

    symbology::View view() const {
        return {.centre = {middle / world_side, middle / world_side},
                .zoom = zoom,
                .size = {size_.width * ratio, size_.height * ratio},
                .ratio = ratio};
    }

    Json document() const {
        return {{"version", 8},
                {"sources",
                 {{"samples",
                   {{"type", "geojson"},
                    {"data", {{"type", "FeatureCollection"}, {"features", features_}}}}}}},
                {"layers", layers_}};
    }

private:
    /// On the sheet. Units: style pixels.
    struct Spot {
        double x = 0;
        double y = 0;
    };

    void add(const Json& sample) {
        const int number = static_cast<int>(layers_.size());
        Json layer = sample;
        layer["id"] = std::to_string(number);
        layer["source"] = "samples";
        layer["filter"] = {"==", {"get", "sample"}, number};
        layers_.push_back(std::move(layer));
        features_.push_back({{"type", "Feature"},
                             {"properties", {{"sample", number}}},
                             {"geometry", geometry(sample.value("type", ""), corner_of(number))}});
    }

    Json geometry(const std::string& type, PixelSize corner) const {
        const double left = corner.width;
        const double right = left + cell.width;
        const double top = corner.height;
        const double low = top + cell.height;
        const double half = top + cell.height / 2.0;
        if (type == "fill")
            return {{"type", "Polygon"},
                    {"coordinates",
                     Json::array({Json::array({place({left, top}),
                                               place({right, top}),
                                               place({right, low}),
                                               place({left, low}),
                                               place({left, top})})})}};
        if (type == "line")
            return {
                {"type", "LineString"},
                {"coordinates", Json::array({place({left + 1, half}), place({right - 1, half})})}};
        return {{"type", "Point"}, {"coordinates", place({(left + right) / 2, half})}};
    }

    /// Longitude and latitude.
    Json place(const Spot& spot) const {
        const double east = (middle - size_.width / 2.0 + spot.x) / world_side;
        const double south = (middle - size_.height / 2.0 + spot.y) / world_side;
        const double latitude = std::atan(std::sinh(std::numbers::pi * (1 - 2 * south)));
        return Json::array({east * 360 - 180, latitude * 180 / std::numbers::pi});
    }

    PixelSize size_;
    Json layers_ = Json::array();
    Json features_ = Json::array();
};

/// Whether anything is darker than middle grey to the eye (WCAG 2.1 has its weights for linear
/// light; those of Rec. 709 do for a choice between two plates).
bool has_dark(const std::vector<std::uint8_t>& premultiplied) {
    for (std::size_t i = 0; i < premultiplied.size(); i += 4) {
        const int alpha = premultiplied[i + 3];
        const double light = 0.2126 * premultiplied[i] + 0.7152 * premultiplied[i + 1] +
                             0.0722 * premultiplied[i + 2];
        if (alpha > 128 && light < 0.6 * alpha) return true;
    }
    return false;
}

Picture on_plate(Picture drawn) {
    auto& pixels = std::get<RgbaPixels>(drawn.pixels);
    const std::uint32_t plate = has_dark(pixels.values) ? 255 : 58;
    for (std::size_t i = 0; i < pixels.values.size(); i += 4) {
        const std::uint32_t rest = 255U - pixels.values[i + 3];
        for (std::size_t k = i; k < i + 3; ++k)
            pixels.values[k] =
                static_cast<std::uint8_t>(pixels.values[k] + canvas::scaled(plate, rest));
        pixels.values[i + 3] = 255;
    }
    pixels.opaque = true;
    return drawn;
}

/// RFC 4648, 4: with the two digits and the padding that addresses of pages leave out.
std::string base64(const Bytes& bytes) {
    std::string text = access::base64url(bytes);
    std::replace(text.begin(), text.end(), '-', '+');
    std::replace(text.begin(), text.end(), '_', '/');
    text.append((4 - text.size() % 4) % 4, '=');
    return text;
}

Result<std::shared_ptr<const style::LegendSample>> sample_of(Picture drawn) {
    Picture picture = on_plate(std::move(drawn));
    const auto png = encode::encode(picture, encode::ImageFormat::png, encode::thorough_options());
    if (!png) return png.error();
    return std::make_shared<const style::LegendSample>(
        style::LegendSample{std::move(picture), "data:image/png;base64," + base64(*png)});
}

Result<VisiblePointer> style_of(const Sheet& sheet, const VisibleStyle& of) {
    Json document = sheet.document();
    if (const auto json = expression::parse_json(of.text))
        if (const Json* const sprite = stylesheet::find_member(*json, "sprite"))
            document["sprite"] = *sprite;
    auto style = read_served_style("legend", document.dump());
    if (!style) return style.error();
    auto visible = std::make_shared<VisibleStyle>();
    visible->style = std::make_shared<const ServedStyle>(std::move(*style));
    visible->document = visible->style->document;
    visible->text = visible->style->text;
    visible->version = fingerprint(of.version + visible->text);
    return VisiblePointer(std::move(visible));
}

}  // namespace

Result<void> draw_samples(StyleLegend& legend,
                          const VisibleStyle& style,
                          StyleService& drawing,
                          const Deadline& deadline) {
    const Sheet sheet(legend.samples);
    if (sheet.empty()) return {};
    auto visible = style_of(sheet, style);
    if (!visible) return visible.error();
    const auto drawn = drawing.draw_now(
        {std::move(*visible), encode::ImageFormat::png, Audience::anonymous(), deadline},
        sheet.view());
    if (!drawn) return drawn.error();
    int number = 0;
    for (std::size_t i = 0; i < legend.samples.size(); ++i) {
        if (legend.samples[i].is_null()) continue;
        const PixelSize corner = Sheet::corner_of(number++);
        Picture picture = picture_of(*drawn,
                                     {corner.width * ratio,
                                      corner.height * ratio,
                                      {cell.width * ratio, cell.height * ratio}});
        if (picture.empty) continue;
        auto sample = sample_of(std::move(picture));
        if (!sample) return sample.error();
        legend.legend.entries[i].sample = std::move(*sample);
    }
    return {};
}

}  // namespace relief::service
