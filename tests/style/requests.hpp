#pragma once
// Requests for styles of known rasters, and what is refused.

#include "tests/style/rasters.hpp"
#include "tiler/style/raster_style.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace relief::style {

using Words = std::vector<std::pair<std::string, std::string>>;

inline RasterDescription scene() {  // four bands of reflectance
    return raster_of(RasterKind::imagery,
                     {band_of(ValueType::u16, {0, 1000}),
                      band_of(ValueType::u16, {0, 2000}),
                      band_of(ValueType::u16, {0, 3000}),
                      band_of(ValueType::u16, {0, 4000})});
}

inline RasterDescription single(RasterKind kind, ValueType type, Extent extent) {
    return raster_of(kind, {band_of(type, extent)});
}

inline RasterStyle styled(const RasterDescription& raster, const Words& words = {}) {
    auto style = style_of({words}, raster);
    EXPECT_TRUE(style) << (style ? "" : style.error().what);
    return style ? *style : RasterStyle{};
}

inline std::string refusal_of(const RasterDescription& raster, const Words& words) {
    const auto style = style_of({words}, raster);
    EXPECT_FALSE(style) << words.front().second;
    if (style) return {};
    EXPECT_EQ(style.error().fault, Fault::bad_request);
    return style.error().what;
}

inline bool holds(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

}  // namespace relief::style
