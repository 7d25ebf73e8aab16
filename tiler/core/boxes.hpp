#pragma once
// Places and extents, one type for each coordinate system so that they cannot meet by accident.

namespace relief {

/// Units: degrees, WGS 84; longitude first, always.
struct LonLat {
    double longitude = 0;
    double latitude = 0;
    bool operator==(const LonLat&) const = default;
};

/// Units: degrees, WGS 84. west > east means that the box crosses the antimeridian.
struct LonLatBox {
    double west = 0;
    double south = 0;
    double east = 0;
    double north = 0;
    bool operator==(const LonLatBox&) const = default;
};

/// Units: metres of EPSG:3857.
struct MercatorPoint {
    double x = 0;
    double y = 0;
    bool operator==(const MercatorPoint&) const = default;
};

/// Units: metres of EPSG:3857; left < right, bottom < top.
struct MercatorBox {
    double left = 0;
    double bottom = 0;
    double right = 0;
    double top = 0;
    bool operator==(const MercatorBox&) const = default;
};

/// Units: pixels.
struct PixelSize {
    int width = 0;
    int height = 0;
    bool operator==(const PixelSize&) const = default;
};

/// Units: pixels of some picture or raster; fractions allowed.
struct PixelPoint {
    double column = 0;
    double row = 0;
};

}  // namespace relief
