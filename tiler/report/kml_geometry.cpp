#include "tiler/report/kml_geometry.hpp"

#include "tiler/report/number_text.hpp"
#include "tiler/report/public_view.hpp"

namespace relief::report {
namespace {

std::string coordinates(const Place& place) {
    return number_text(place.longitude) + ',' + number_text(place.latitude);
}

}  // namespace

std::string kml_geometry(const Draft& said) {
    const auto area = own_area(said);
    if (!area) return "<Point><coordinates>" + coordinates(said.place) + "</coordinates></Point>";
    const LonLatBox box = box_of(*area);
    std::string ring;
    for (const Place& corner : {Place{box.west, box.south},
                                Place{box.east, box.south},
                                Place{box.east, box.north},
                                Place{box.west, box.north},
                                Place{box.west, box.south}})
        ring += (ring.empty() ? "" : " ") + coordinates(corner);
    return "<Polygon><outerBoundaryIs><LinearRing><coordinates>" + ring +
           "</coordinates></LinearRing></outerBoundaryIs></Polygon>";
}

}  // namespace relief::report
