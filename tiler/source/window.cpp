#include "tiler/source/window.hpp"

#include "tiler/source/cell_test.hpp"
#include "tiler/source/reduced_window.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <type_traits>
#include <utility>

namespace relief::source {
namespace {

/// Half-open ranges of a level's cells that a block and a window share, and where they lie in each.
struct Piece {
    BlockAddress block;
    int level_left, level_top;  ///< first cell, in the level
    int width, height;
    int shift;  ///< level column → column of the (possibly repeated) world that the window is in
};

int floor_div(int value, int divisor) noexcept {
    return value / divisor - (value % divisor != 0 && (value < 0) != (divisor < 0) ? 1 : 0);
}

/// Cells of the level that the window covers.
struct CellRange {
    int first, last;  ///< half open
};

CellRange covered(int first, int count, int length) noexcept {
    return {std::max(0, first), std::min(length, first + count)};
}

/// Every block that shares cells with the window, once for each turn of the world.
std::vector<Piece> pieces_of(const RasterFacts& facts, const WindowNeed& need) {
    const RasterLevel& level = facts.levels[static_cast<std::size_t>(need.level)];
    const int left = need.left;
    const int width = need.size.width;
    const CellRange rows = covered(need.top, need.size.height, level.size.height);
    std::vector<int> shifts{0};
    if (facts.placement.cyclic) {
        const int turn = level.size.width;
        shifts.clear();
        for (int k = floor_div(left, turn); k <= floor_div(left + width - 1, turn); ++k)
            shifts.push_back(k * turn);
    }
    std::vector<Piece> pieces;
    for (const int shift : shifts) {
        const CellRange columns = covered(left - shift, width, level.size.width);
        for (int y = rows.first / level.block.height; y * level.block.height < rows.last; ++y) {
            for (int x = columns.first / level.block.width; x * level.block.width < columns.last;
                 ++x) {
                const int from_x = std::max(columns.first, x * level.block.width);
                const int from_y = std::max(rows.first, y * level.block.height);
                pieces.push_back({{need.level, x, y},
                                  from_x,
                                  from_y,
                                  std::min(columns.last, (x + 1) * level.block.width) - from_x,
                                  std::min(rows.last, (y + 1) * level.block.height) - from_y,
                                  shift});
            }
        }
    }
    return pieces;
}

/// Rows of one piece in its block and in the window.
struct Strip {
    std::size_t from;
    std::size_t to;
};

Strip strip_of(const RasterLevel& level,
               const Piece& piece,
               const WindowNeed& need,
               int row) noexcept {
    const int block_left = piece.block.column * level.block.width;
    const int block_top = piece.block.row * level.block.height;
    const int block_width = std::min(level.block.width, level.size.width - block_left);
    const auto index = [](int y, int width, int x) {
        return static_cast<std::size_t>(y) * static_cast<std::size_t>(width) +
               static_cast<std::size_t>(x);
    };
    return {index(piece.level_top + row - block_top, block_width, piece.level_left - block_left),
            index(piece.level_top + row - need.top,
                  need.size.width,
                  piece.level_left + piece.shift - need.left)};
}

/// The blocks that are not in memory, with few questions instead of one for each.
void fetch_remote(const BlockSource& source,
                  const std::vector<int>& bands,
                  const std::vector<Piece>& pieces) {
    std::vector<BlockAddress> missing;
    for (const Piece& piece : pieces) {
        const bool all = std::all_of(bands.begin(), bands.end(), [&](int band) {
            return source.cache.holds({source.file, piece.block}, band);
        });
        if (!all) missing.push_back(piece.block);
    }
    source.raster.fetch_blocks(missing, bands);
}

/// Puts a window together, cell for cell.
class Assembler {
public:
    Assembler(const BlockSource& source, const WindowNeed& need)
        : source_(source),
          need_(need),
          level_(source.raster.facts().levels[static_cast<std::size_t>(need.level)]),
          stored_(need.bands) {
        if (source.raster.facts().has_mask) stored_.push_back(mask_band);
    }

    Result<Window> run() {
        const RasterFacts& facts = source_.raster.facts();
        const auto cells = static_cast<std::size_t>(need_.size.width) *
                           static_cast<std::size_t>(need_.size.height);
        window_ = {need_.left, need_.top, need_.size, {}, {}, true};
        for (const int band : need_.bands) {
            window_.bands.push_back(
                make_values(facts.bands[static_cast<std::size_t>(band - 1)].type, cells));
        }
        const std::vector<Piece> pieces = pieces_of(facts, need_);
        std::size_t filled = 0;
        for (const Piece& piece : pieces)
            filled +=
                static_cast<std::size_t>(piece.width) * static_cast<std::size_t>(piece.height);
        if (filled < cells) window_.weights.assign(cells, 0);
        if (source_.raster.remote() != nullptr) fetch_remote(source_, stored_, pieces);
        for (const Piece& piece : pieces) {
            if (need_.deadline.passed())
                return Error{Fault::out_of_time, "the tile took too long to read"};
            if (auto added = add(piece); !added) return added.error();
        }
        if (need_.fractions) std::for_each(window_.bands.begin(), window_.bands.end(), to_float);
        return std::move(window_);
    }

private:
    Result<void> add(const Piece& piece) {
        auto got = get_blocks(source_, piece.block, stored_, need_.deadline);
        if (!got) return got.error();
        std::vector<BlockPointer> blocks = std::move(*got);
        BlockPointer mask;
        if (source_.raster.facts().has_mask) {
            mask = std::move(blocks.back());
            blocks.pop_back();
        }
        for (std::size_t i = 0; i < blocks.size(); ++i)
            copy_values(piece, *blocks[i], window_.bands[i]);
        weigh(piece, blocks, mask);
        return {};
    }

    void copy_values(const Piece& piece, const Block& block, BandValues& band) const {
        std::visit(
            [&](auto& target) {
                using Cells = std::remove_reference_t<decltype(target)>;
                const auto& cells = std::get<Cells>(block.values);
                for (int row = 0; row < piece.height; ++row) {
                    const Strip strip = strip_of(level_, piece, need_, row);
                    std::memcpy(target.data() + strip.to,
                                cells.data() + strip.from,
                                static_cast<std::size_t>(piece.width) * sizeof(cells[0]));
                }
            },
            band);
    }

    /// The file's own nodata was judged when the block was decoded; another one asked for must be
    /// looked at.
    bool trivially_valid(const std::vector<BlockPointer>& blocks, const BlockPointer& mask) const {
        if (need_.nodata || (mask && !mask->all_valid)) return false;
        const auto valid = [](const BlockPointer& block) { return block->all_valid; };
        // One band that is data everywhere makes every cell data, but NaN of the others must still
        // be looked at.
        return std::all_of(blocks.begin(), blocks.end(), valid);
    }

    void weigh(const Piece& piece,
               const std::vector<BlockPointer>& blocks,
               const BlockPointer& mask) {
        const bool full = trivially_valid(blocks, mask);
        if (full && window_.weights.empty()) {
            window_.nothing = false;
            return;
        }
        if (window_.weights.empty()) {
            // The first piece with holes: all before it were full.
            window_.weights.assign(static_cast<std::size_t>(need_.size.width) *
                                       static_cast<std::size_t>(need_.size.height),
                                   255);
        }
        for (int row = 0; row < piece.height; ++row) {
            const Strip strip = strip_of(level_, piece, need_, row);
            std::uint8_t* weights = window_.weights.data() + strip.to;
            const auto width = static_cast<std::size_t>(piece.width);
            if (full) {
                std::memset(weights, 255, width);
            } else {
                weigh_row(weights, strip, width);
                if (mask)
                    apply_mask(
                        weights,
                        std::get<std::vector<std::uint8_t>>(mask->values).data() + strip.from,
                        width);
            }
            window_.nothing = window_.nothing &&
                              std::all_of(weights, weights + width, [](auto w) { return w == 0; });
        }
    }

    void weigh_row(std::uint8_t* weights, const Strip& strip, std::size_t width) {
        std::memset(weights, need_.any_band ? 0 : 255, width);
        for (std::size_t i = 0; i < window_.bands.size(); ++i) {
            const auto nodata = need_.nodata
                                    ? need_.nodata
                                    : source_.raster.facts()
                                          .bands[static_cast<std::size_t>(need_.bands[i] - 1)]
                                          .nodata;
            std::visit(
                [&](auto& cells) { weigh_cells(cells.data() + strip.to, nodata, weights, width); },
                window_.bands[i]);
        }
    }

    template <typename Cell>
    void weigh_cells(Cell* cells,
                     std::optional<double> nodata,
                     std::uint8_t* weights,
                     std::size_t width) const {
        const CellTest<Cell> test(nodata);
        for (std::size_t k = 0; k < width; ++k) {
            const bool valid = test.valid(cells[k]);
            const auto weight = static_cast<std::uint8_t>(valid ? 255 : 0);
            weights[k] =
                need_.any_band ? std::max(weights[k], weight) : std::min(weights[k], weight);
            // A cell that another band makes data must not bring NaN or a nodata number of 1e38
            // into a mean.
            if constexpr (std::is_floating_point_v<Cell>) {
                if (!valid) cells[k] = 0;
            }
        }
    }

    static void to_float(BandValues& band) {
        band = std::visit(
            [](const auto& cells) { return std::vector<float>(cells.begin(), cells.end()); }, band);
    }

    static void apply_mask(std::uint8_t* weights, const std::uint8_t* mask, std::size_t width) {
        for (std::size_t k = 0; k < width; ++k) {
            weights[k] = static_cast<std::uint8_t>((weights[k] * mask[k] + 127) / 255);
        }
    }

    const BlockSource& source_;
    const WindowNeed& need_;
    const RasterLevel& level_;
    std::vector<int> stored_;  ///< the bands, then the mask if there is one
    Window window_;
};

}  // namespace

PixelSize reduced_size(const RasterLevel& level, int reduce) noexcept {
    return {(level.size.width + reduce - 1) / reduce, (level.size.height + reduce - 1) / reduce};
}

Result<Window> read_window(const BlockSource& source, const WindowNeed& need) {
    if (need.reduce > 1) return read_reduced_window(source, need);
    return Assembler(source, need).run();
}

}  // namespace relief::source
