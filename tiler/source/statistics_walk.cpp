#include "tiler/source/statistics_walk.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <string>
#include <variant>

namespace relief::source {
namespace {

constexpr double sample_cells = 1e6;
// Without overviews patches are read instead; this many cells decode in about a second.
constexpr double most_sampled_cells = 32e6;
constexpr double few_sampled_cells = 4e6;  // from afar
constexpr int patch_width = 16384;
constexpr int most_patch_cells = 1 << 24;
constexpr double fewest_rows = 16;
constexpr std::size_t cache_bytes = std::size_t{64} << 20U;

double cells_of(PixelSize size) {
    return static_cast<double>(size.width) * size.height;
}

int times_in(int length, int part) {
    return static_cast<int>((std::int64_t{length} + part - 1) / part);
}

/// Whole blocks, but not more cells than stay cheap to hold.
PixelSize patch_of(const RasterLevel& level) {
    const int block = std::max(1, level.block.width);
    const std::int64_t whole_blocks = std::int64_t{times_in(patch_width, block)} * block;
    const int width =
        static_cast<int>(std::clamp<std::int64_t>(whole_blocks, 1, std::max(1, level.size.width)));
    const int fitting = std::max(1, most_patch_cells / width);
    return {width, std::min(std::max(level.block.height, 64), fitting)};
}

/// Rows of patches are left out first, then columns, so that what is read stays spread over both.
void leave_out(Sampling& choice, const RasterLevel& level, double most) {
    const double rows = times_in(level.size.height, choice.patch.height);
    const double columns = times_in(level.size.width, choice.patch.width);
    const double wanted = std::max(1.0, rows * columns * most / cells_of(level.size));
    const double one_in = std::max(1.0, rows * columns / wanted);
    const double most_rows_in = std::max(1.0, rows / std::min(fewest_rows, wanted));
    choice.one_row_in = static_cast<int>(std::min(one_in, most_rows_in));
    choice.one_column_in = static_cast<int>(std::min(columns, one_in / choice.one_row_in));
}

}  // namespace

Sampling sampling_of(const std::vector<RasterLevel>& levels, StatisticsEffort effort) {
    Sampling choice;
    const bool exact = effort == StatisticsEffort::exact;
    for (std::size_t i = 1; i < levels.size() && !exact; ++i) {
        if (cells_of(levels[i].size) >= sample_cells) choice.level = static_cast<int>(i);
    }
    const RasterLevel& level = levels[static_cast<std::size_t>(choice.level)];
    choice.patch = patch_of(level);
    if (exact) return choice;
    const double most =
        effort == StatisticsEffort::sparing ? few_sampled_cells : most_sampled_cells;
    if (most < cells_of(level.size)) leave_out(choice, level, most);
    choice.approximate = choice.level > 0 || choice.one_row_in > 1 || choice.one_column_in > 1;
    return choice;
}

StatisticsWalk::StatisticsWalk(const OpenRaster& raster,
                               const std::vector<int>& bands,
                               const DescribeOptions& options)
    : cache_(cache_bytes),
      source_{raster, std::make_shared<const std::string>("statistics"), cache_},
      options_(options),
      bands_(bands),
      sampling_(sampling_of(raster.facts().levels, options.effort)) {
    begin();
}

void StatisticsWalk::begin() {
    collectors_.clear();
    for (const int band : bands_)
        collectors_.emplace_back(
            source_.raster.facts().bands[static_cast<std::size_t>(band) - 1].type);
}

Result<void> StatisticsWalk::run() {
    const auto& levels = source_.raster.facts().levels;
    auto done = walk();
    // A tile too is drawn from the next overview then; who wants every cell wants them whole.
    while (!done && done.error().fault == Fault::source_broken &&
           options_.effort != StatisticsEffort::exact && !source_.raster.is_spoiled() &&
           sampling_.level + 1 < static_cast<int>(levels.size())) {
        const int next = sampling_.level + 1;
        sampling_ = {};
        sampling_.level = next;
        sampling_.patch = patch_of(levels[static_cast<std::size_t>(next)]);
        sampling_.approximate = true;
        begin();
        if (auto coarser = walk()) done = coarser;
    }
    return done;
}

Result<void> StatisticsWalk::walk() {
    const int height =
        source_.raster.facts().levels[static_cast<std::size_t>(sampling_.level)].size.height;
    const std::int64_t rows = times_in(height, sampling_.patch.height);
    for (std::int64_t row = 0; row < rows; row += sampling_.one_row_in) {
        if (auto done = walk_row(row); !done) return done;
        const std::int64_t next = std::min(row + sampling_.one_row_in, rows);
        if (options_.progress &&
            !options_.progress(static_cast<double>(next) / static_cast<double>(rows)))
            return Error{Fault::out_of_time, "interrupted"};
    }
    return {};
}

/// Patch by patch: bands that lie in one block are then decoded, and brought from afar, once.
Result<void> StatisticsWalk::walk_row(std::int64_t row) {
    const RasterFacts& facts = source_.raster.facts();
    const PixelSize size = facts.levels[static_cast<std::size_t>(sampling_.level)].size;
    const auto top = static_cast<int>(row * sampling_.patch.height);
    const std::int64_t columns = times_in(size.width, sampling_.patch.width);
    // Where columns are left out, the next row begins elsewhere: no meridian is missed throughout.
    const std::int64_t shift = row / sampling_.one_row_in * 5 * sampling_.one_column_in / 8;
    for (std::int64_t column = shift % sampling_.one_column_in; column < columns;
         column += sampling_.one_column_in) {
        WindowNeed need;
        need.level = sampling_.level;
        need.left = static_cast<int>(column * sampling_.patch.width);
        need.top = top;
        need.size = {std::min(sampling_.patch.width, size.width - need.left),
                     std::min(sampling_.patch.height, size.height - top)};
        if (auto done = collect(need); !done) return done;
    }
    return {};
}

Result<void> StatisticsWalk::collect(const WindowNeed& patch) {
    for (std::size_t i = 0; i < bands_.size(); ++i) {
        // How opaque a cell is says nothing of what is seen there.
        if (source_.raster.facts().bands[static_cast<std::size_t>(bands_[i]) - 1].alpha) continue;
        WindowNeed need = patch;
        need.bands = {bands_[i]};
        const auto window = read_window(source_, need);
        if (!window) return window.error();
        StatisticsCollector& collector = collectors_[i];
        const auto take = [&](const auto& cells) {
            for (std::size_t cell = 0; cell < cells.size(); ++cell) {
                const bool valid =
                    !window->nothing && (window->weights.empty() || window->weights[cell] != 0);
                if (valid)
                    collector.add(static_cast<double>(cells[cell]));
                else
                    collector.skip();
            }
        };
        std::visit(take, window->bands.front());
    }
    return {};
}

std::optional<BandStatistics> StatisticsWalk::result(std::size_t band) const {
    return collectors_[band].result(sampling_.approximate);
}

std::uint64_t StatisticsWalk::distinct() const {
    return collectors_.front().distinct();
}

}  // namespace relief::source
