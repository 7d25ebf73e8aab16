#include "tiler/report/cell.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace relief::report {
namespace {

constexpr double lattice_side = 4294967296.0;

std::uint32_t step_of(double share) noexcept {
    const double steps = std::floor(share * lattice_side);
    return static_cast<std::uint32_t>(std::clamp(steps, 0.0, lattice_side - 1));
}

/// Each bit of a number with a gap after it.
std::uint64_t spread(std::uint32_t number) noexcept {
    std::uint64_t bits = number;
    bits = (bits | (bits << 16U)) & 0x0000FFFF0000FFFFU;
    bits = (bits | (bits << 8U)) & 0x00FF00FF00FF00FFU;
    bits = (bits | (bits << 4U)) & 0x0F0F0F0F0F0F0F0FU;
    bits = (bits | (bits << 2U)) & 0x3333333333333333U;
    return (bits | (bits << 1U)) & 0x5555555555555555U;
}

std::uint32_t gathered(std::uint64_t bits) noexcept {
    bits &= 0x5555555555555555U;
    bits = (bits | (bits >> 1U)) & 0x3333333333333333U;
    bits = (bits | (bits >> 2U)) & 0x0F0F0F0F0F0F0F0FU;
    bits = (bits | (bits >> 4U)) & 0x00FF00FF00FF00FFU;
    bits = (bits | (bits >> 8U)) & 0x0000FFFF0000FFFFU;
    return static_cast<std::uint32_t>(bits | (bits >> 16U));
}

double longitude_at(double share) noexcept {
    return share * 360.0 - 180.0;
}

double latitude_at(double share) noexcept {
    return std::atan(std::sinh(std::numbers::pi * (1 - 2 * share))) * 180.0 / std::numbers::pi;
}

}  // namespace

Spot spot_of(const Place& place) noexcept {
    constexpr double most = 85.0511287798066;
    const double angle = std::clamp(place.latitude, -most, most) * std::numbers::pi / 180.0;
    const double northing = std::asinh(std::tan(angle)) / std::numbers::pi;
    return {step_of((place.longitude + 180.0) / 360.0), step_of((1 - northing) / 2)};
}

Place place_of(const Spot& spot) noexcept {
    // The middle of the step.
    return {longitude_at((spot.x + 0.5) / lattice_side),
            latitude_at((spot.y + 0.5) / lattice_side)};
}

std::uint64_t key_of(const Spot& spot) noexcept {
    return (spread(spot.y) << 1U) | spread(spot.x);
}

Spot spot_of(std::uint64_t key) noexcept {
    return {gathered(key), gathered(key >> 1U)};
}

Cell cell_of(std::uint64_t key, std::uint8_t zoom) noexcept {
    return {zoom, zoom == 0 ? 0 : key >> (64U - 2U * zoom)};
}

Cell cell_of(const Place& place, std::uint8_t zoom) noexcept {
    return cell_of(key_of(spot_of(place)), zoom);
}

LonLatBox box_of(const Cell& cell) noexcept {
    const Spot first = spot_of(cell.first_key());
    const double side = std::exp2(32.0 - cell.zoom);
    return {longitude_at(first.x / lattice_side),
            latitude_at((first.y + side) / lattice_side),
            longitude_at((first.x + side) / lattice_side),
            latitude_at(first.y / lattice_side)};
}

bool neighbour(const Cell& cell, const Steps& steps, Cell& found) noexcept {
    const auto column = static_cast<std::int64_t>(gathered(cell.path)) + steps.east;
    const auto row = static_cast<std::int64_t>(gathered(cell.path >> 1U)) + steps.south;
    const std::int64_t side = std::int64_t{1} << cell.zoom;
    if (row < 0 || row >= side) return false;
    // The world is round from east to west.
    const auto wrapped = static_cast<std::uint32_t>((column % side + side) % side);
    found = {cell.zoom, (spread(static_cast<std::uint32_t>(row)) << 1U) | spread(wrapped)};
    return true;
}

}  // namespace relief::report
