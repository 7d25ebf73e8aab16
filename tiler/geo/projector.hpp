#pragma once
// Coordinates from one reference system to another, by PROJ.

#include "tiler/core/boxes.hpp"
#include "tiler/core/result.hpp"

#include <memory>
#include <span>
#include <string>

namespace relief::geo {

/// Owned by one thread at a time (a PROJ context is). Longitude or easting first, always.
class Projector {
public:
    /// `from`, `to`: "EPSG:n", "OGC:CRS84" or WKT that GDAL wrote. Text from outside goes through
    /// parse_crs() first. Errors: bad_request when PROJ knows no way.
    static Result<Projector> make(const std::string& from, const std::string& to);

    Projector(Projector&&) noexcept;
    Projector& operator=(Projector&&) noexcept;
    Projector(const Projector&) = delete;
    Projector& operator=(const Projector&) = delete;
    ~Projector();

    /// In place; a point that has no image becomes infinite in both.
    void forward(std::span<double> x, std::span<double> y) const noexcept;
    void inverse(std::span<double> x, std::span<double> y) const noexcept;

private:
    struct Machine;
    explicit Projector(std::unique_ptr<Machine> machine);
    std::unique_ptr<Machine> machine_;
};

}  // namespace relief::geo
