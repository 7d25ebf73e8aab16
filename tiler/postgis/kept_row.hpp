#pragma once
// A row of a table's window, from the answer until it is taken.

#include "tiler/core/result.hpp"
#include "tiler/postgis/row.hpp"
#include "tiler/postgis/table_facts.hpp"
#include "tiler/postgis/table_window.hpp"
#include "tiler/vector/index_builder.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace relief::postgis {

/// Of a wide table most columns are null, or not asked for: a place for each would be most of the
/// memory.
struct KeptRow {
    vector::SourceFeature feature;       ///< with those values only that are there
    std::vector<std::uint32_t> columns;  ///< whose they are, ascending
};

/// Whether the column, by its place in the facts, is part of an answer.
bool is_read(const TableFacts& facts, const WindowWish& wish, std::size_t column);

/// A row of what TableWindow asks: the geometry, the place of the label where it was wished for,
/// the columns that are read. Nothing for one that lies at no place of the world.
/// Errors: source_broken when the geometry makes no sense.
Result<std::optional<KeptRow>> kept_row(const Row& row,
                                        const TableFacts& facts,
                                        const WindowWish& wish);

/// Bytes that it holds, and that its numbers take in the index of the window.
std::size_t memory_of(const KeptRow& row, std::size_t all_columns);

/// With a value for each of the columns.
vector::SourceFeature whole_feature(KeptRow row, std::size_t all_columns);

}  // namespace relief::postgis
