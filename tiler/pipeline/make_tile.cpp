#include "tiler/pipeline/make_tile.hpp"

#include "tiler/geo/mercator.hpp"
#include "tiler/pipeline/read_values.hpp"
#include "tiler/pipeline/terrain_picture.hpp"
#include "tiler/render/paint.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <utility>

namespace relief::pipeline {
namespace {

/// Milliseconds since the last time it was asked.
class Stopwatch {
public:
    double lap() {
        const auto now = std::chrono::steady_clock::now();
        const double milliseconds = std::chrono::duration<double, std::milli>(now - last_).count();
        last_ = now;
        return milliseconds;
    }

private:
    std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
};

Result<EncodedPicture> nothing(const Workshop& workshop,
                               const PictureOrder& order,
                               EncodedPicture picture) {
    auto bytes = workshop.empty_images.of(order.format, order.size);
    if (!bytes) return bytes.error();
    picture.bytes = std::move(*bytes);
    picture.format =
        order.format == encode::ImageFormat::automatic ? encode::ImageFormat::png : order.format;
    picture.empty = true;
    return picture;
}

bool writes_heights(const style::RasterStyle& style) noexcept {
    return style.algorithm && style::encodes_heights(style.algorithm->id);
}

/// Heights in colours must come back as they were: "auto" means a format without loss there.
Result<encode::ImageFormat> format_of(const style::RasterStyle& style, encode::ImageFormat asked) {
    if (!writes_heights(style)) return asked;
    if (asked == encode::ImageFormat::automatic) return encode::ImageFormat::png;
    if (asked != encode::ImageFormat::jpeg) return asked;
    return Error{Fault::not_acceptable,
                 "format jpg changes colours, and algorithm " +
                     std::string(style.algorithm->facts().name) +
                     " writes heights into them; png and webp keep them"};
}

/// Nothing to see, and nothing to be written where there is nothing.
bool is_nothing(const Grid& values, const style::RasterStyle& style) {
    if (values.coverage != Grid::Coverage::none) return false;
    return !writes_heights(style) || std::isnan(style.algorithm->value("nodata_height"));
}

Picture draw(const Grid& values,
             const style::RasterStyle& style,
             const PictureOrder& order,
             const Workshop& workshop) {
    const bool terrain = style.algorithm && style::is_terrain(style.algorithm->id);
    return terrain ? draw_terrain(values, style, order, workshop) : render::paint(values, style);
}

Error late() {
    return {Fault::out_of_time, "the picture could not be made in time"};
}

}  // namespace

source::SourceFile source_file_of(const workspace::Observation& observation) {
    if (observation.is_remote())
        return {observation.file, observation.version, source::Trust::remote};
    const RasterPart& part = observation.part;
    // All slices of a file share its handles and blocks.
    return {
        part.dataset.empty() ? observation.file : part.dataset,
        part.whole.text.empty() ? observation.version : part.whole,
        observation.added ? source::Trust::workspace : source::trust_of_operated(observation.file),
        part.band};
}

RasterDescription described(const workspace::Observation& observation, Pick pick) {
    return observation.mosaic && pick == Pick::count ? counted(observation) : observation.raster();
}

Result<DrawnPicture> draw_picture(const Workshop& workshop,
                                  const workspace::Observation& observation,
                                  const style::RasterStyle& style,
                                  const PictureOrder& order) {
    Stopwatch watch;
    auto values = read_values(workshop, observation, style, order);
    if (!values) return values.error();
    DrawnPicture drawn;
    drawn.times.read = watch.lap();
    drawn.coarser = values->grid.coarser;
    drawn.incomplete = values->incomplete();
    drawn.skipped = std::move(values->skipped);
    if (is_nothing(values->grid, style)) return drawn;
    if (order.deadline.passed()) return late();

    Picture picture = draw(values->grid, style, order, workshop);
    drawn.times.paint = watch.lap();
    if (!picture.empty) drawn.picture = std::move(picture);
    return drawn;
}

Result<EncodedPicture> make_picture(const Workshop& workshop,
                                    const workspace::Observation& observation,
                                    const style::RasterStyle& style,
                                    const PictureOrder& asked) {
    PictureOrder order = asked;
    const auto wanted = format_of(style, asked.format);
    if (!wanted) return wanted.error();
    order.format = *wanted;

    auto drawn = draw_picture(workshop, observation, style, order);
    if (!drawn) return drawn.error();
    EncodedPicture made;
    made.times = drawn->times;
    made.coarser = drawn->coarser;
    made.incomplete = drawn->incomplete;
    made.skipped = std::move(drawn->skipped);
    if (!drawn->picture) return nothing(workshop, order, std::move(made));
    if (order.deadline.passed()) return late();

    Stopwatch watch;
    made.format = encode::resolve(order.format, *drawn->picture);
    auto bytes = encode::encode(*drawn->picture, made.format, order.encoding);
    if (!bytes) return bytes.error();
    made.times.encode = watch.lap();
    made.bytes = std::make_shared<const Bytes>(std::move(*bytes));
    return made;
}

PictureOrder preview_order(const RasterDescription& raster, int longest) {
    LonLatBox box = raster.bounds;
    if (box.east < box.west) box.east += 360;
    const MercatorPoint low = geo::to_mercator({box.west, box.south});
    const MercatorPoint high = geo::to_mercator({box.east, box.north});
    const double width = std::max(high.x - low.x, 1e-3);
    const double height = std::max(high.y - low.y, 1e-3);
    const double scale = longest / std::max(width, height);
    const auto pixels = [&](double length) {
        return std::clamp(static_cast<int>(std::lround(length * scale)), 1, longest);
    };
    PictureOrder order;
    order.box = {low.x, low.y, high.x, high.y};
    order.size = {pixels(width), pixels(height)};
    return order;
}

}  // namespace relief::pipeline
