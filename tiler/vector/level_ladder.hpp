#pragma once
// The generalised levels of an index, from the finest to the coarsest.

#include "tiler/vector/index_writer.hpp"
#include "tiler/vector/level_draft.hpp"
#include "tiler/vector/thinning.hpp"

#include <cstddef>
#include <cstdint>

namespace relief::vector {

/// The deepest zoom that gets a level of its own: one unit of it is 15 cm.
inline constexpr std::uint32_t deepest_generalised = 16;

void write_level(IndexWriter& writer, std::uint32_t number, const FinishedLevel& level);

/// Each level is written when the next coarser one is known. What it is made with outlives it.
class LevelLadder {
public:
    LevelLadder(IndexWriter& writer, LevelDraft full, Thinning& thinning, const Repair& repair);

    /// Zooms come one by one, from the deepest to 0.
    void step_to(std::uint32_t zoom);
    void end();

private:
    bool magnifies() const;
    bool seems_worthwhile(std::uint32_t zoom) const;
    Coarsening coarsening(const Repair& repair, std::size_t step) const;
    void close(std::uint32_t first_zoom);

    IndexWriter& writer_;
    LevelDraft current_;
    Thinning& thinning_;
    const Repair& repair_;
    std::uint32_t written_ = 0;
};

}  // namespace relief::vector
