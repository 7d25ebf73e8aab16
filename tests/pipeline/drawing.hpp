#pragma once
// A raster file drawn as a server would draw it.

#include "tests/support/golden.hpp"
#include "tiler/pipeline/make_tile.hpp"
#include "tiler/source/describe.hpp"
#include "tiler/source/gdal_runtime.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace relief::pipeline {

using Words = std::vector<std::pair<std::string, std::string>>;

class Drawing {
public:
    explicit Drawing(const std::string& file, std::optional<RasterKind> kind = {}) {
        source::start_gdal();
        observation_.file = file;
        observation_.version = {file};
        auto raster = source::describe({file, {file}, source::Trust::workspace},
                                       {source::StatisticsEffort::exact, {}});
        if (!raster) return;
        observation_.raster() = std::move(*raster);
        if (kind) observation_.raster().kind = *kind;
    }

    const RasterDescription& raster() const { return observation_.raster(); }

    const workspace::Observation& observation() const noexcept { return observation_; }

    Result<EncodedPicture> draw(const PictureOrder& order, const Words& words = {}) const {
        const auto style = style::style_of({words}, raster());
        if (!style) return style.error();
        return make_picture({reader_, empty_images_}, observation_, *style, order);
    }

    /// The pixels of a PNG; of no size when it could not be made.
    test::PlainImage pixels(const PictureOrder& order, const Words& words = {}) const {
        const auto picture = draw(order, words);
        return picture ? test::read_png(*picture->bytes) : test::PlainImage{};
    }

private:
    workspace::Observation observation_;
    source::RasterReader reader_{{}};
    encode::EmptyImages empty_images_;
};

}  // namespace relief::pipeline
