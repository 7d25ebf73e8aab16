#include "tiler/postgis/window_boxes.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

namespace relief::postgis {
namespace {

/// By a net of places: an edge bends outwards between its ends, and a pole is in no corner. Nothing
/// where the coordinate system has no place for one of them.
Result<std::optional<DegreeBox>> placed_by_net(Connection& connection,
                                               std::int32_t srid,
                                               DegreeBox box,
                                               const Deadline& deadline) {
    constexpr int steps = 8;
    box.west = std::max(box.west, -180.0);
    box.east = std::min(box.east, 180.0);
    QuestionWriter writer;
    const std::string west = writer.number(box.west);
    const std::string south = writer.number(box.south);
    const std::string width = writer.number((box.east - box.west) / steps);
    const std::string height = writer.number((box.north - box.south) / steps);
    DegreeBox found{0, 0, 0, 0};
    const auto asked = connection.ask_one(
        writer.with("SELECT min(ST_X(p)), min(ST_Y(p)), max(ST_X(p)), max(ST_Y(p)) FROM "
                    "(SELECT ST_Transform(ST_SetSRID(ST_MakePoint(" +
                    west + " + i * " + width + ", " + south + " + j * " + height + "), 4326), " +
                    std::to_string(srid) +
                    ") AS p FROM generate_series(0, 8) i, generate_series(0, 8) j) net"),
        deadline,
        [&](const Row& row) {
            found = {row.number(0), row.number(1), row.number(2), row.number(3)};
        });
    if (!asked && !connection.alive()) return asked.error();
    const bool bounded = asked && std::isfinite(found.west) && std::isfinite(found.south) &&
                         std::isfinite(found.east) && std::isfinite(found.north);
    if (!bounded) return std::optional<DegreeBox>();
    // Web Mercator is what the net was laid in.
    const double bend = srid == 3857 ? 0 : 0.05;
    const double wider = (found.east - found.west) * bend;
    const double higher = (found.north - found.south) * bend;
    return std::optional(DegreeBox{
        found.west - wider, found.south - higher, found.east + wider, found.north + higher});
}

}  // namespace

DegreeBox degrees_of(const vector::WorldBox& box) {
    const auto longitude = [](std::int64_t x) {
        return static_cast<double>(x) / static_cast<double>(vector::world_side) * 360 - 180;
    };
    const auto latitude = [](std::int64_t y) {
        // What lies beyond the map's edge is drawn on it.
        if (y <= 0) return 90.0;
        if (y >= vector::world_side) return -90.0;
        return vector::lon_lat({0, y}).latitude;
    };
    return {longitude(box.left), latitude(box.bottom), longitude(box.right), latitude(box.top)};
}

Result<std::vector<DegreeBox>> window_boxes(Connection& connection,
                                            const TableFacts& facts,
                                            const vector::WorldBox& window,
                                            const Deadline& deadline) {
    std::vector<DegreeBox> boxes;
    const bool whole = window.left <= 0 && window.right >= vector::world_side && window.top <= 0 &&
                       window.bottom >= vector::world_side;
    if (whole) return boxes;
    const DegreeBox box = degrees_of(window);
    for (const double turn : {-360.0, 0.0, 360.0}) {
        if (turn != 0 && !facts.over_edge) continue;
        const DegreeBox turned{box.west + turn, box.south, box.east + turn, box.north};
        if (facts.srid == 4326) {
            boxes.push_back(turned);
            continue;
        }
        const auto placed = placed_by_net(connection, facts.srid, turned, deadline);
        if (!placed) return placed.error();
        if (!*placed) return std::vector<DegreeBox>();
        boxes.push_back(**placed);
    }
    return boxes;
}

std::string envelope(QuestionWriter& writer, const DegreeBox& box, std::int32_t srid) {
    return "ST_MakeEnvelope(" + writer.number(box.west) + ", " + writer.number(box.south) + ", " +
           writer.number(box.east) + ", " + writer.number(box.north) + ", " + std::to_string(srid) +
           ")";
}

}  // namespace relief::postgis
