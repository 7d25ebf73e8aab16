#pragma once
// Where in a table's coordinates the rows of a window lie.

#include "tiler/core/deadline.hpp"
#include "tiler/core/result.hpp"
#include "tiler/postgis/connection.hpp"
#include "tiler/postgis/question_writer.hpp"
#include "tiler/postgis/table_facts.hpp"
#include "tiler/vector/world.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace relief::postgis {

/// Units: degrees, or those of the table. Not within the world: a window reaches over the
/// antimeridian.
struct DegreeBox {
    double west, south, east, north;
};

/// In longitude and latitude, up to the poles where the window ends at the map's edge.
DegreeBox degrees_of(const vector::WorldBox& box);

/// The window in the table's own coordinates, so that its index finds the rows. None where every
/// row is to be looked at: the window is the world, or the table's system has no place for some of
/// it. Errors: those of Connection::ask() when the connection is lost.
Result<std::vector<DegreeBox>> window_boxes(Connection& connection,
                                            const TableFacts& facts,
                                            const vector::WorldBox& window,
                                            const Deadline& deadline);

/// The box as a geometry of SQL.
std::string envelope(QuestionWriter& writer, const DegreeBox& box, std::int32_t srid);

}  // namespace relief::postgis
