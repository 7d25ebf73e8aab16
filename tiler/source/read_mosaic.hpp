#pragma once
// A frame filled from several files, one after the other.

#include "tiler/source/composition.hpp"
#include "tiler/source/raster_reader.hpp"
#include "tiler/source/source_file.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace relief::source {

/// One file, and how its bands become the mosaic's.
struct MosaicPart {
    SourceFile file;
    std::vector<BandFit> fits;  ///< one for each band that is read; empty: as they are
};

/// Files that one picture may open: at 2 ms each this is a second.
inline constexpr std::size_t most_parts = 500;
struct MosaicRequest {
    ReadRequest read;
    CompositionForm form;  ///< its size is the request's
    std::size_t most = most_parts;
};

/// Cells that a median may hold at once.
inline constexpr std::size_t most_median_bytes = std::size_t{256} << 20U;

struct BrokenPart {
    std::size_t part = 0;  ///< of the request's
    Error reason;
};

struct MosaicCells {
    Grid grid;
    std::vector<BrokenPart> broken;
    std::size_t opened = 0;
};

/// Reads the parts in their order until the frame is full (first, newest) or all are read. A part
/// that cannot be read is left out and told.
/// Errors: out_of_time; too_large when more files or cells would be needed than one picture may
/// take.
Result<MosaicCells> read_mosaic(const RasterReader& reader,
                                std::span<const MosaicPart> parts,
                                const MosaicRequest& request);

}  // namespace relief::source
