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

Result<EncodedPicture> nothing(const Workshop& workshop, const PictureOrder& order) {
    auto bytes = workshop.empty_images.of(order.format, order.size);
    if (!bytes) return bytes.error();
    EncodedPicture picture;
    picture.bytes = std::move(*bytes);
    picture.format =
        order.format == encode::ImageFormat::automatic ? encode::ImageFormat::png : order.format;
    picture.empty = true;
    return picture;
}

/// The picture, and what it does without.
Result<EncodedPicture> doing_without(Result<EncodedPicture> picture, ReadCells& cells) {
    if (!picture) return picture;
    picture->coarser = cells.grid.coarser;
    picture->incomplete = cells.incomplete();
    picture->skipped = std::move(cells.skipped);
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
    return {observation.file,
            observation.version,
            observation.added ? source::Trust::workspace : source::Trust::operated};
}

RasterDescription described(const workspace::Observation& observation, Pick pick) {
    return observation.mosaic && pick == Pick::count ? counted(observation) : observation.raster();
}

Result<EncodedPicture> make_picture(const Workshop& workshop,
                                    const workspace::Observation& observation,
                                    const style::RasterStyle& style,
                                    const PictureOrder& asked) {
    PictureOrder order = asked;
    const auto wanted = format_of(style, asked.format);
    if (!wanted) return wanted.error();
    order.format = *wanted;

    Stopwatch watch;
    StepTimes times;
    auto values = read_values(workshop, observation, style, order);
    if (!values) return values.error();
    times.read = watch.lap();
    if (is_nothing(values->grid, style)) return doing_without(nothing(workshop, order), *values);
    if (order.deadline.passed()) return late();

    const Picture picture = draw(values->grid, style, order, workshop);
    times.paint = watch.lap();
    if (picture.empty) return doing_without(nothing(workshop, order), *values);
    if (order.deadline.passed()) return late();

    const encode::ImageFormat format = encode::resolve(order.format, picture);
    auto bytes = encode::encode(picture, format, order.encoding);
    if (!bytes) return bytes.error();
    times.encode = watch.lap();
    EncodedPicture made;
    made.bytes = std::make_shared<const Bytes>(std::move(*bytes));
    made.format = format;
    made.times = times;
    return doing_without(std::move(made), *values);
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
