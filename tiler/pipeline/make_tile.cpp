#include "tiler/pipeline/make_tile.hpp"

#include "tiler/geo/mercator.hpp"
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

source::ReadRequest read_request(const style::RasterStyle& style, const PictureOrder& order) {
    source::ReadRequest request;
    request.box = order.box;
    request.size = order.size;
    request.bands = style.bands;
    request.resampling = style.resampling;
    request.nodata = style.nodata;
    request.fractions = style.kind == RasterKind::mask && style.resampling != Resampling::nearest &&
                        style.resampling != Resampling::mode;
    // A colour picture shows a cell that has data in one of its bands; a formula needs all of them.
    request.any_band = !style.expression;
    request.deadline = order.deadline;
    return request;
}

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
    picture->incomplete = cells.incomplete();
    picture->skipped = std::move(cells.skipped);
    return picture;
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
    return observation.mosaic && pick == Pick::count ? counted(observation) : observation.raster;
}

Result<EncodedPicture> make_picture(const Workshop& workshop,
                                    const workspace::Observation& observation,
                                    const style::RasterStyle& style,
                                    const PictureOrder& order) {
    Stopwatch watch;
    StepTimes times;
    auto values =
        read_cells(workshop.reader, observation, read_request(style, order), order.mosaic);
    if (!values) return values.error();
    times.read = watch.lap();
    if (values->grid.coverage == Grid::Coverage::none)
        return doing_without(nothing(workshop, order), *values);
    if (order.deadline.passed()) return late();

    const Picture picture = render::paint(values->grid, style);
    times.paint = watch.lap();
    if (picture.empty) return doing_without(nothing(workshop, order), *values);
    if (order.deadline.passed()) return late();

    const encode::ImageFormat format = encode::resolve(order.format, picture);
    auto bytes = encode::encode(picture, format);
    if (!bytes) return bytes.error();
    times.encode = watch.lap();
    return doing_without(
        EncodedPicture{
            std::make_shared<const Bytes>(std::move(*bytes)), format, false, times, {}, false},
        *values);
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
