// within, distance.

#include "tiler/expression/distance.hpp"
#include "tiler/expression/grammar.hpp"
#include "tiler/expression/plane.hpp"
#include "tiler/expression/tile_plane.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace relief::expression {
namespace {

/// The feature in the plane of one zoom, moved by whole worlds to where the polygons are.
struct Placed {
    std::vector<Line> lines;
    Extent extent;
};

/// By how much to move a position that lies about a world away from the polygons.
double shift_of(double x, const Extent& polygons, double world) {
    if (x >= polygons.left && x <= polygons.right) return 0;
    for (const double border : {polygons.left, polygons.right}) {
        if (x - border > world / 2) return -world;
        if (border - x > world / 2) return world;
    }
    return 0;
}

Extent extent_of(const std::vector<Line>& lines) {
    Extent extent;
    for (const Line& line : lines) extent.add(line);
    return extent;
}

void move(std::vector<Line>& lines, const Extent& polygons, double world) {
    for (Line& line : lines) {
        for (Position& position : line) position.x += shift_of(position.x, polygons, world);
    }
}

class Within final : public Node {
public:
    Within(Facts facts, const std::vector<Rings>& polygons) : Node(std::move(facts)) {
        for (const Rings& polygon : polygons) {
            Rings rings;
            for (const Line& ring : polygon) rings.push_back(in_world(ring));
            world_extent_.add(rings);
            polygons_.push_back(std::move(rings));
        }
    }

    Value evaluate(const Run& run) const override {
        const FeatureView* const feature = run.with.feature;
        if (feature == nullptr || !run.with.tile) return Value::boolean(false);
        const std::string_view type = feature->geometry_type();
        if (type != "Point" && type != "LineString") return Value::boolean(false);
        const auto geometry = feature->geometry(run.scratch());
        if (!geometry) return Value::boolean(false);
        const std::vector<Line> lines = paths_in_plane(*geometry, *run.with.tile);
        return Value::boolean(holds(lines, type == "LineString", run.with.tile->zoom()));
    }

private:
    static Line in_world(const Line& ring) {
        Line line;
        std::transform(ring.begin(), ring.end(), std::back_inserter(line), to_world);
        return line;
    }

    Extent extent_at(std::uint32_t zoom) const {
        Extent extent;
        extent.add(rounded({world_extent_.left, world_extent_.top}, zoom));
        extent.add(rounded({world_extent_.right, world_extent_.bottom}, zoom));
        return extent;
    }

    bool holds(std::vector<Line> lines, bool joined, std::uint32_t zoom) const {
        const Extent around = extent_at(zoom);
        const Extent before = extent_of(lines);
        if (before.empty()) return false;
        const double world = world_size(zoom);
        // A line across more than half of the world is not moved: who knows which way round it is.
        if (!joined || before.right - before.left <= world / 2) move(lines, around, world);
        if (!extent_of(lines).lies_in(around)) return false;
        const std::vector<Rings> polygons = polygons_at(zoom);
        return std::all_of(lines.begin(), lines.end(), [&](const Line& line) {
            return joined ? holds_line(polygons, line) : holds_points(polygons, line);
        });
    }

    std::vector<Rings> polygons_at(std::uint32_t zoom) const {
        std::vector<Rings> polygons = polygons_;
        for (Rings& rings : polygons) {
            for (Line& ring : rings) {
                for (Position& position : ring) position = rounded(position, zoom);
            }
        }
        return polygons;
    }

    static bool holds_points(const std::vector<Rings>& polygons, const Line& points) {
        return std::all_of(points.begin(), points.end(), [&](const Position& point) {
            return std::any_of(polygons.begin(), polygons.end(), [&](const Rings& polygon) {
                return side_of(point, polygon) == Side::inside;
            });
        });
    }

    static bool holds_line(const std::vector<Rings>& polygons, const Line& line) {
        return std::any_of(polygons.begin(), polygons.end(), [&](const Rings& polygon) {
            return std::all_of(line.begin(),
                               line.end(),
                               [&](const Position& point) {
                                   return side_of(point, polygon) == Side::inside;
                               }) &&
                   !leaves(polygon, line);
        });
    }

    static bool leaves(const Rings& polygon, const Line& line) {
        for (std::size_t i = 0; i + 1 < line.size(); ++i) {
            for (const Line& ring : polygon) {
                for (std::size_t j = 0; j + 1 < ring.size(); ++j)
                    if (cross({line[i], line[i + 1]}, {ring[j], ring[j + 1]})) return true;
            }
        }
        return false;
    }

    std::vector<Rings> polygons_;  ///< the world is 1 wide
    Extent world_extent_;
};

class Distance final : public Node {
public:
    Distance(Facts facts, Measured shape) : Node(std::move(facts)), shape_(std::move(shape)) {}

    Value evaluate(const Run& run) const override {
        const FeatureView* const feature = run.with.feature;
        if (feature == nullptr || !run.with.tile) return nowhere();
        const auto geometry = feature->geometry(run.scratch());
        if (!geometry) return nowhere();
        const Shape shape =
            shape_of_paths(paths_on_globe(*geometry, *run.with.tile), feature->geometry_type());
        return Value::number(distance_between(measured(shape), shape_));
    }

private:
    static Value nowhere() { return Value::number(std::numeric_limits<double>::quiet_NaN()); }

    static Shape shape_of_paths(std::vector<Line> paths, std::string_view type) {
        Shape shape;
        if (type == "LineString") {
            shape.lines = std::move(paths);
        } else if (type == "Point") {
            for (const Line& path : paths)
                shape.points.insert(shape.points.end(), path.begin(), path.end());
        } else if (type == "Polygon") {
            // All rings under the even-odd rule: inside is the same as polygon by polygon.
            for (Line& ring : paths)
                if (!ring.empty()) ring.push_back(ring.front());
            if (!paths.empty()) shape.polygons.push_back(std::move(paths));
        }
        return shape;
    }

    Measured shape_;
};

std::string one_geojson(const Json& json) {
    return "'" + json[0].get<std::string>() +
           "' expression requires exactly one argument, but found " +
           std::to_string(json.size() - 1) + " instead.";
}

NodePointer parse_within(Parser& parser, const Json& json) {
    if (json.size() != 2) return parser.fail(one_geojson(json));
    const auto shape = shape_of(json[1]);
    if (!shape || shape->polygons.empty())
        return parser.fail(
            "'within' expression requires valid geojson object that contains polygon geometry "
            "type.");
    return std::make_shared<Within>(
        Node::Facts{.type = Kind::boolean,
                    .key = parser.key(),
                    .reads = reads_feature | reads_geometry | reads_surroundings},
        shape->polygons);
}

NodePointer parse_distance(Parser& parser, const Json& json) {
    if (json.size() != 2) return parser.fail(one_geojson(json));
    const auto shape = shape_of(json[1]);
    if (!shape)
        return parser.fail(
            "'distance' expression requires a valid geojson geometry, feature or feature "
            "collection.");
    return std::make_shared<Distance>(
        Node::Facts{.type = Kind::number,
                    .key = parser.key(),
                    .reads = reads_feature | reads_geometry | reads_surroundings},
        measured(*shape));
}

constexpr std::array<Rule, 2> place_table{{
    {"within", parse_within},
    {"distance", parse_distance},
}};

}  // namespace

std::span<const Rule> place_rules() {
    return place_table;
}

}  // namespace relief::expression
