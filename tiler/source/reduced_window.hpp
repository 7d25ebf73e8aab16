#pragma once
// Windows of rasters without overviews: reduced while the blocks pass by.

#include "tiler/source/window.hpp"

namespace relief::source {

/// As read_window(), for need.reduce > 1: reads the level band of rows by band of rows, never more
/// than a strip of full-resolution cells at once.
Result<Window> read_reduced_window(const BlockSource& source, const WindowNeed& need);

}  // namespace relief::source
