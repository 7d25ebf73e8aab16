#include "tiler/source/cell_test.hpp"
#include "tiler/source/window.hpp"

#include <utility>

namespace relief::source {
namespace {

struct Validity {
    bool all = true;
    bool none = true;
};

template <typename Cell>
Validity judge(const std::vector<Cell>& cells, std::optional<double> nodata) noexcept {
    if constexpr (!std::is_floating_point_v<Cell>) {
        if (!nodata) return {true, false};
    }
    const CellTest<Cell> test(nodata);
    std::size_t valid = 0;
    for (const Cell cell : cells) valid += test.valid(cell) ? 1 : 0;
    return {valid == cells.size(), valid == 0};
}

Validity judge_weights(const BandValues& values) {
    Validity result;
    for (const std::uint8_t weight : std::get<std::vector<std::uint8_t>>(values)) {
        result.all = result.all && weight == 255;
        result.none = result.none && weight == 0;
    }
    return result;
}

Result<BlockPointer> decode(const BlockSource& source, const BlockAddress& address, int band) {
    auto values = source.raster.read_block(address, band);
    if (!values) return values.error();
    const RasterFacts& facts = source.raster.facts();
    const Validity validity =
        band == mask_band
            ? judge_weights(*values)
            : std::visit(
                  [&](const auto& cells) {
                      return judge(cells, facts.bands[static_cast<std::size_t>(band - 1)].nodata);
                  },
                  *values);
    auto block = std::make_shared<Block>();
    block->size =
        OpenRaster::extent(facts.levels[static_cast<std::size_t>(address.level)], address);
    block->values = std::move(*values);
    block->all_valid = validity.all;
    block->none_valid = validity.none;
    return BlockPointer(std::move(block));
}

}  // namespace

Result<std::vector<BlockPointer>> get_blocks(const BlockSource& source,
                                             const BlockAddress& address,
                                             std::span<const int> bands,
                                             const Deadline& deadline) {
    return source.cache.get(
        {source.file, address},
        bands,
        [&](int band) { return decode(source, address, band); },
        deadline);
}

}  // namespace relief::source
