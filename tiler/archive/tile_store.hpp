#pragma once
// Where the tiles of one export go, and how far it has come.

#include "tiler/core/bytes.hpp"
#include "tiler/core/result.hpp"
#include "tiler/core/tile_id.hpp"

#include <cstdint>

namespace relief::archive {

struct Ledger {
    std::uint64_t next = 0;      ///< number of the first tile of the area not dealt with
    std::uint64_t tiles = 0;     ///< with something to show
    std::uint64_t distinct = 0;  ///< of these, different from all before
    std::uint64_t bytes = 0;     ///< of the distinct ones
    bool operator==(const Ledger&) const = default;
};

/// Work in progress under a name of its own. Belongs to one thread at a time.
/// Errors of all: too_large when the disk is full; source_broken when it cannot be written.
class TileStore {
public:
    TileStore() = default;
    virtual ~TileStore() = default;
    TileStore(const TileStore&) = delete;
    TileStore& operator=(const TileStore&) = delete;
    TileStore(TileStore&&) = delete;
    TileStore& operator=(TileStore&&) = delete;

    virtual const Ledger& ledger() const noexcept = 0;

    /// An export that ended without warning had put all tiles: only finish() may be asked.
    virtual bool only_unnamed() const noexcept = 0;

    /// A tile that shows something; bytes that were put before are not stored again.
    virtual Result<void> put(const TileId& tile, const Bytes& bytes) = 0;

    /// All tiles with numbers below `next` are dealt with: from here the export goes on, whatever
    /// ends the process or the machine. What was put since the last keep() may be put once more.
    virtual Result<void> keep(std::uint64_t next) = 0;

    /// The package is whole and appears under its name. Nothing may be asked afterwards but
    /// ledger().
    virtual Result<void> finish() = 0;
};

}  // namespace relief::archive
