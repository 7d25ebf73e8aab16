#pragma once
// Points of a tile told by their number: clusters, hexagons, squares.

#include "tiler/core/enum_names.hpp"
#include "tiler/core/features.hpp"
#include "tiler/core/result.hpp"
#include "tiler/core/tile_id.hpp"
#include "tiler/vector/tile_features.hpp"
#include "tiler/vector/vector_index.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>

namespace relief::vector {

enum class AggregateForm : std::uint8_t { cluster, hexagon, square };
inline constexpr EnumNames<3> aggregate_form_names{"cluster", "hexagon", "square"};

struct AggregateRule {
    AggregateForm form = AggregateForm::cluster;
    std::uint32_t cells = 8;           ///< across a tile: 4, 8, 16 or 32
    std::optional<std::size_t> by{};   ///< the attribute whose values are counted one by one
    std::optional<std::size_t> sum{};  ///< the attribute whose numbers are added up
};

/// Where the points lie that a tile's cells depend on.
WorldBox aggregate_reach(const TileId& tile, const AggregateRule& rule) noexcept;

/// All points that are wanted are counted, whatever small zooms leave out, each once; those of a
/// multipoint are one, at its middle. Cells lie on the world, not on the tile: neighbours agree on
/// what lies over their edge, and over all tiles of a zoom the counts are those of the layer.
///
/// Shape: hexagons and squares are areas with the attribute point_count; of squares those of one
/// zoom lie inside those of the zoom before. A cluster is a point at the mean of what it stands for
/// with the attributes cluster (true), cluster_id, point_count and point_count_abbreviated
/// ("1.2k"); it gathers what lies within about a cell of it. What has no others near is the point
/// itself with its attributes. `by`: "NAME:VALUE" for each of the 32 most frequent values,
/// "NAME:other" for the rest; `sum`: "NAME:sum". Errors: source_broken when the index is damaged;
/// out_of_time.
Result<FeatureTile> aggregated_features(const VectorIndex& index,
                                        const TileId& tile,
                                        const TileWish& wish,
                                        const AggregateRule& rule);

}  // namespace relief::vector
