#include "tiler/source/raster_reader.hpp"

#include "tiler/geo/mercator.hpp"
#include "tiler/source/block_cache.hpp"
#include "tiler/source/cell_test.hpp"
#include "tiler/source/dataset_pool.hpp"
#include "tiler/source/read_plan.hpp"
#include "tiler/source/window.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace relief::source {
namespace {

std::shared_ptr<const std::string> cache_name(const SourceFile& file) {
    return std::make_shared<const std::string>(file.version.text + '\n' + file.name);
}

/// One footprint box of one request.
class Reading {
public:
    Reading(const BlockSource& source, const ReadRequest& request, Grid& grid)
        : source_(source), request_(request), grid_(grid), facts_(source.raster.facts()) {}

    /// True when every cell of the rectangle has the full weight.
    Result<bool> fill(const PixelRect& rect) {
        const TransformGrid transform =
            transform_of(source_.raster, {request_.box, request_.size}, rect);
        if (!transform.extent()) return false;
        LevelChoice choice = level_for(facts_, transform);
        auto filled = fill_from(choice, transform);
        // What is damaged in one overview is often whole in the next.
        while (!filled && filled.error().fault == Fault::source_broken &&
               !source_.raster.is_spoiled() &&
               choice.level + 1 < static_cast<int>(facts_.levels.size())) {
            choice = {choice.level + 1, 1};
            auto coarser = fill_from(choice, transform);
            if (!coarser) continue;
            grid_.coarser = true;
            return coarser;
        }
        return filled;
    }

private:
    Result<bool> fill_from(const LevelChoice& choice, const TransformGrid& transform) {
        const PlannedWindow plan = plan_window(facts_, request_, transform, choice);
        if (plan.empty()) return false;
        if (auto fits = check_cost(plan.need); !fits) return fits.error();
        auto window = read_window(source_, plan.need);
        if (!window) return window.error();
        if (window->nothing) return false;
        if (request_.deadline.passed())
            return Error{Fault::out_of_time, "the tile took too long to read"};
        return resample(*window, {transform, plan.scale, request_.resampling}, grid_);
    }

    const BlockSource& source_;
    const ReadRequest& request_;
    Grid& grid_;
    const RasterFacts& facts_;
};

/// The bands as the dataset counts them.
Result<std::vector<int>> bands_in_file(const std::vector<int>& bands,
                                       const SourceFile& file,
                                       const RasterFacts& facts) {
    const int all = static_cast<int>(facts.bands.size());
    const int count = file.band == 0 ? all : 1;
    std::vector<int> found;
    for (const int band : bands) {
        if (band < 1 || band > count) {
            return bad_request("band " + std::to_string(band) + " does not exist; the raster has " +
                               std::to_string(count));
        }
        found.push_back(file.band == 0 ? band : file.band);
    }
    if (file.band > all) return source_broken("the file has fewer slices than it had");
    return found;
}

Grid::Coverage coverage_of(const std::vector<float>& weights) {
    const auto data = [](float weight) { return weight > 0; };
    return std::any_of(weights.begin(), weights.end(), data) ? Grid::Coverage::partial
                                                             : Grid::Coverage::none;
}

struct CellPlace {
    BlockAddress block;
    std::size_t index = 0;
};

CellPlace place_of(const RasterFacts& facts, int column, int row) noexcept {
    const RasterLevel& level = facts.levels.front();
    const BlockAddress block{0, column / level.block.width, row / level.block.height};
    const PixelSize size = OpenRaster::extent(level, block);
    const int x = column - block.column * level.block.width;
    const int y = row - block.row * level.block.height;
    return {block,
            static_cast<std::size_t>(y) * static_cast<std::size_t>(size.width) +
                static_cast<std::size_t>(x)};
}

/// The value of one cell, or none when it is not data.
std::optional<double> value_of(const Block& block, std::size_t cell, std::optional<double> nodata) {
    return std::visit(
        [&](const auto& cells) {
            const auto value = cells[cell];
            const CellTest<std::remove_cv_t<decltype(value)>> test(nodata);
            return test.valid(value) ? std::optional(static_cast<double>(value)) : std::nullopt;
        },
        block.values);
}

}  // namespace

RasterReader::RasterReader(MemoryBudget budget)
    : datasets_(std::make_unique<DatasetPool>(budget.open_files)),
      blocks_(std::make_unique<BlockCache>(budget.block_bytes, &datasets_->remote_memory())) {}
RasterReader::~RasterReader() = default;

Result<Grid> RasterReader::read(const SourceFile& file, const ReadRequest& asked) const {
    auto raster = datasets_->borrow(file, asked.deadline);
    if (!raster) return raster.error();
    const RasterFacts& facts = (*raster)->facts();
    auto bands = bands_in_file(asked.bands, file, facts);
    if (!bands) return bands.error();
    ReadRequest request = asked;
    request.bands = std::move(*bands);

    Grid grid{.size = request.size, .bands = {}, .coverage = Grid::Coverage::none, .weight = {}};
    const std::vector<PixelRect> rects = touched_rects(facts, {request.box, request.size});
    for (const int band : request.bands) {
        const ValueType own = facts.bands[static_cast<std::size_t>(band - 1)].type;
        grid.bands.push_back(make_values(request.fractions ? ValueType::f32 : own,
                                         rects.empty() ? 0 : grid.cells()));
    }
    if (rects.empty()) return grid;

    grid.weight.assign(grid.cells(), 0);
    const BlockSource source{**raster, cache_name(file), *blocks_};
    bool full = rects.size() == 1 && rects[0].width() == request.size.width &&
                rects[0].height() == request.size.height;
    for (const PixelRect& rect : rects) {
        const auto filled = Reading(source, request, grid).fill(rect);
        if (!filled) return filled.error();
        full = full && *filled;
    }
    grid.coverage = full ? Grid::Coverage::full : coverage_of(grid.weight);
    if (grid.coverage != Grid::Coverage::partial) grid.weight.clear();
    return grid;
}

Result<std::vector<PlannedRead>> RasterReader::plan(const SourceFile& file,
                                                    const ReadRequest& asked) const {
    auto raster = datasets_->borrow(file, asked.deadline);
    if (!raster) return raster.error();
    const RasterFacts& facts = (*raster)->facts();
    auto bands = bands_in_file(asked.bands, file, facts);
    if (!bands) return bands.error();
    ReadRequest request = asked;
    request.bands = std::move(*bands);
    const PictureFrame frame{request.box, request.size};
    std::vector<PlannedRead> reads;
    for (const PixelRect& rect : touched_rects(facts, frame)) {
        const TransformGrid transform = transform_of(**raster, frame, rect);
        if (!transform.extent()) continue;
        const auto window = plan_window(facts, request, transform, level_for(facts, transform));
        if (!window.empty()) reads.push_back(account_of(facts, window.need));
    }
    return reads;
}

Result<std::vector<std::optional<double>>> RasterReader::values_at(
    const SourceFile& file, const PointRequest& request) const {
    auto raster = datasets_->borrow(file, request.deadline);
    if (!raster) return raster.error();
    const RasterFacts& facts = (*raster)->facts();
    const auto bands = bands_in_file(request.bands, file, facts);
    if (!bands) return bands.error();

    std::vector<std::optional<double>> values(bands->size());
    MercatorPoint point = geo::to_mercator(request.place);
    (*raster)->mapper().to_pixels({&point.x, 1}, {&point.y, 1}, facts.placement.size.width / 2.0);
    const double column = std::floor(point.x);
    const double row = std::floor(point.y);
    const bool inside = column >= 0 && row >= 0 && column < facts.placement.size.width &&
                        row < facts.placement.size.height;
    if (!inside) return values;

    const BlockSource source{**raster, cache_name(file), *blocks_};
    const CellPlace place = place_of(facts, static_cast<int>(column), static_cast<int>(row));
    std::vector<int> stored = *bands;
    if (facts.has_mask) stored.push_back(mask_band);
    const auto blocks = get_blocks(source, place.block, stored, request.deadline);
    if (!blocks) return blocks.error();
    if (facts.has_mask && value_of(*blocks->back(), place.index, std::nullopt) == 0.0)
        return values;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const auto own = facts.bands[static_cast<std::size_t>((*bands)[i] - 1)].nodata;
        values[i] = value_of(*(*blocks)[i], place.index, request.nodata ? request.nodata : own);
    }
    return values;
}

MemoryUse RasterReader::memory_use() const {
    const BlockCache::Use blocks = blocks_->use();
    return {blocks.bytes,
            blocks.blocks,
            datasets_->open_files(),
            blocks.hits,
            blocks.misses,
            datasets_->remote_memory().bytes()};
}

}  // namespace relief::source
