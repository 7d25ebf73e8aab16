#pragma once
// What the catalogue of a database says of a table, as questions for its rows need it.

#include "tiler/core/vector_description.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace relief::postgis {

/// A column that becomes an attribute. Its type says how it is read.
struct Column {
    std::string name;
    std::string type;  ///< base type in pg_type: "int4", "timestamptz", "_text"
    AttributeDescription attribute;

    bool is_time() const noexcept {
        return type == "date" || type == "timestamp" || type == "timestamptz";
    }
};

struct TableFacts {
    std::string id;  ///< its OID
    bool is_view = false;
    std::vector<std::string> names;  ///< of the schema, the table and its column of geometries
    std::string relation;            ///< quoted, with its schema
    std::string geometry;            ///< column, quoted
    std::string declared;  ///< type of its geometries: "Point", "MultiPolygon", "Geometry", …
    std::int32_t srid = 0;
    std::vector<Column> columns;             ///< those that become attributes, in their order
    std::optional<std::size_t> key;          ///< the one whose values name rows
    std::optional<std::size_t> time_column;  ///< the one that says when
    bool indexed = false;                    ///< an index finds rows by place
    bool over_edge = false;                  ///< longitudes beyond 180 may be met
};

/// Of the attributes, for filters and for the layer's description.
inline std::vector<AttributeDescription> attributes_of(const TableFacts& facts) {
    std::vector<AttributeDescription> attributes;
    attributes.reserve(facts.columns.size());
    for (const Column& column : facts.columns) attributes.push_back(column.attribute);
    return attributes;
}

}  // namespace relief::postgis
