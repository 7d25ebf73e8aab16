#include "tiler/source/describe.hpp"

#include "tiler/geo/mercator.hpp"
#include "tiler/source/band_statistics.hpp"
#include "tiler/source/gdal_runtime.hpp"
#include "tiler/source/open_raster.hpp"
#include "tiler/source/window.hpp"

#include <gdal_priv.h>

#include <algorithm>
#include <cmath>
#include <string_view>
#include <utility>

namespace relief::source {
namespace {

constexpr double sample_cells = 1e6;
constexpr int tile_pixels = 256;
constexpr std::size_t cache_bytes = std::size_t{64} << 20U;
// More classes than this and a small-integer raster is a quantity, not a class map.
constexpr std::uint64_t most_classes = 2;

BandRole role_of(GDALColorInterp meaning) noexcept {
    switch (meaning) {
        case GCI_GrayIndex: return BandRole::grey;
        case GCI_RedBand: return BandRole::red;
        case GCI_GreenBand: return BandRole::green;
        case GCI_BlueBand: return BandRole::blue;
        case GCI_AlphaBand: return BandRole::alpha;
        case GCI_PaletteIndex: return BandRole::palette;
        default: return BandRole::other;
    }
}

/// Words of a file are shown to people: bounded and without control characters.
std::string clean(const char* text) {
    std::string result;
    for (const char* c = text != nullptr ? text : ""; *c != 0 && result.size() < 200; ++c) {
        if (static_cast<unsigned char>(*c) >= 0x20 && *c != 0x7f) result.push_back(*c);
    }
    return result;
}

Palette palette_of(GDALDataset& dataset) {
    Palette palette;
    GDALColorTable* table = dataset.GetRasterBand(1)->GetColorTable();
    if (table == nullptr || dataset.GetRasterBand(1)->GetColorInterpretation() != GCI_PaletteIndex)
        return palette;
    const auto byte = [](short value) {
        return static_cast<std::uint8_t>(std::clamp<int>(value, 0, 255));
    };
    for (int i = 0; i < std::min(256, table->GetColorEntryCount()); ++i) {
        const GDALColorEntry* entry = table->GetColorEntry(i);
        palette.push_back({byte(entry->c1), byte(entry->c2), byte(entry->c3), byte(entry->c4)});
    }
    return palette;
}

BandDescription band_of(GDALRasterBand& band, const BandFacts& facts) {
    BandDescription description;
    description.type = facts.type;
    description.role = role_of(band.GetColorInterpretation());
    description.nodata = facts.nodata;
    description.scale = band.GetScale();
    description.offset = band.GetOffset();
    description.unit = clean(band.GetUnitType());
    description.title = clean(band.GetDescription());
    return description;
}

/// The zoom at which a cell is about a pixel, and the one at which the whole raster is one tile.
void set_zooms(RasterDescription& raster, const RasterPlacement& placement) {
    double width = 0;
    double height = 0;
    for (const MercatorBox& box : placement.footprint) {
        width += box.right - box.left;
        height = std::max(height, box.top - box.bottom);
    }
    // The footprint is 4 % larger than the data along each axis.
    const double per_cell =
        std::min(width / 1.04 / raster.size.width, height / 1.04 / raster.size.height);
    const double longest = std::max(width, height) / tile_pixels;
    raster.maximum_zoom = geo::zoom_for(per_cell);
    raster.minimum_zoom = std::min(raster.maximum_zoom, geo::zoom_for(longest));
    if (raster.minimum_zoom > 0) --raster.minimum_zoom;
}

RasterDescription geometry_of(const OpenRaster& raster) {
    GDALDataset& dataset = raster.dataset();
    const RasterFacts& facts = raster.facts();
    RasterDescription result;
    result.size = facts.placement.size;
    result.transform = facts.placement.to_crs;
    result.crs = facts.placement.crs;
    result.crs_title = clean(dataset.GetSpatialRef()->GetName());
    result.bounds = facts.placement.bounds;
    result.block = facts.levels.front().block;
    for (std::size_t i = 1; i < facts.levels.size(); ++i)
        result.overviews.push_back(facts.levels[i].size);
    result.has_mask = facts.has_mask;
    result.driver = dataset.GetDriver()->GetDescription();
    const auto structure = [&](const char* name) {
        return clean(dataset.GetMetadataItem(name, "IMAGE_STRUCTURE"));
    };
    result.compression = structure("COMPRESSION");
    result.interleave = structure("INTERLEAVE");
    for (std::size_t i = 0; i < facts.bands.size(); ++i) {
        result.bands.push_back(
            band_of(*dataset.GetRasterBand(static_cast<int>(i) + 1), facts.bands[i]));
    }
    result.palette = palette_of(dataset);
    set_zooms(result, facts.placement);
    return result;
}

bool names_heights(const RasterDescription& raster) {
    const BandDescription& band = raster.bands.front();
    const std::string_view unit = band.unit;
    const bool metric =
        unit == "m" || unit == "metre" || unit == "meter" || unit == "ft" || unit.empty();
    std::string words = band.title;
    std::transform(words.begin(), words.end(), words.begin(), [](unsigned char c) {
        return static_cast<char>(std::tolower(c));
    });
    const bool said = words.find("elevation") != std::string::npos ||
                      words.find("height") != std::string::npos ||
                      words.find("dem") != std::string::npos;
    return metric && said;
}

bool is_integer(ValueType type) noexcept {
    return type != ValueType::f32 && type != ValueType::f64;
}

/// What the numbers mean, as far as the file itself tells; `relief add --kind` overrules it.
RasterKind kind_of(const RasterDescription& raster, std::uint64_t distinct) {
    if (!raster.palette.empty()) return RasterKind::categorical;
    if (raster.bands.size() >= 3) return RasterKind::imagery;
    if (names_heights(raster)) return RasterKind::elevation;
    const auto& statistics = raster.bands.front().statistics;
    const bool single = raster.bands.size() == 1 && is_integer(raster.bands.front().type);
    if (single && statistics && distinct > 0 && distinct <= most_classes &&
        statistics->minimum >= 0 && statistics->maximum == 1) {
        return RasterKind::mask;
    }
    return raster.bands.front().type == ValueType::u8 ? RasterKind::imagery
                                                      : RasterKind::continuous;
}

struct Sampling {
    int level = 0;
    int reduce = 1;
    bool approximate = false;
};

Sampling sampling_of(const RasterFacts& facts, StatisticsEffort effort) {
    Sampling choice;
    if (effort == StatisticsEffort::exact) return choice;
    const auto cells = [&](std::size_t level) {
        return static_cast<double>(facts.levels[level].size.width) *
               facts.levels[level].size.height;
    };
    for (std::size_t i = 1; i < facts.levels.size(); ++i) {
        if (cells(i) >= sample_cells) choice.level = static_cast<int>(i);
    }
    const double left = cells(static_cast<std::size_t>(choice.level)) / sample_cells;
    choice.reduce = left > 4 ? static_cast<int>(std::sqrt(left)) : 1;
    choice.approximate = choice.level > 0 || choice.reduce > 1;
    return choice;
}

/// Walks the raster strip by strip and hands every cell of every band to its collector.
class StatisticsWalk {
public:
    StatisticsWalk(const OpenRaster& raster, const DescribeOptions& options)
        : source_{raster, std::make_shared<const std::string>("statistics"), cache_},
          options_(options),
          sampling_(sampling_of(raster.facts(), options.effort)) {
        for (const BandFacts& band : raster.facts().bands) collectors_.emplace_back(band.type);
    }

    Result<void> run() {
        const RasterLevel& level =
            source_.raster.facts().levels[static_cast<std::size_t>(sampling_.level)];
        const PixelSize size = reduced_size(level, sampling_.reduce);
        const auto bands = static_cast<int>(collectors_.size());
        const int of_block = std::max(1, level.block.height / sampling_.reduce);
        const int fitting =
            std::max(1, (8 << 20) / std::max(1, size.width * sampling_.reduce * sampling_.reduce));
        const int rows = std::min(std::max(of_block, 64), std::max(fitting, 1));
        for (int band = 1; band <= bands; ++band) {
            for (int top = 0; top < size.height; top += rows) {
                const double share = (band - 1 + static_cast<double>(top) / size.height) / bands;
                if (options_.progress && !options_.progress(share))
                    return Error{Fault::out_of_time, "interrupted"};
                if (auto done = strip(band, top, {size.width, std::min(rows, size.height - top)});
                    !done)
                    return done.error();
            }
        }
        return {};
    }

    std::optional<BandStatistics> result(std::size_t band) const {
        return collectors_[band].result(sampling_.approximate);
    }
    std::uint64_t distinct() const { return collectors_.front().distinct(); }

private:
    Result<void> strip(int band, int top, PixelSize size) {
        WindowNeed need;
        need.level = sampling_.level;
        need.reduce = sampling_.reduce;
        need.average = false;
        need.top = top;
        need.size = size;
        need.bands = {band};
        const auto window = read_window(source_, need);
        if (!window) return window.error();
        StatisticsCollector& collector = collectors_[static_cast<std::size_t>(band - 1)];
        std::visit(
            [&](const auto& cells) {
                for (std::size_t i = 0; i < cells.size(); ++i) {
                    const bool valid =
                        !window->nothing && (window->weights.empty() || window->weights[i] != 0);
                    if (valid) {
                        collector.add(static_cast<double>(cells[i]));
                    } else {
                        collector.skip();
                    }
                }
            },
            window->bands.front());
        return {};
    }

    BlockCache cache_{cache_bytes};
    BlockSource source_;
    const DescribeOptions& options_;
    Sampling sampling_;
    std::vector<StatisticsCollector> collectors_;
};

}  // namespace

Result<RasterDescription> describe(const SourceFile& file, const DescribeOptions& options) {
    const auto raster = OpenRaster::open(file);
    if (!raster) return raster.error();
    RasterDescription description = geometry_of(**raster);
    std::uint64_t distinct = 0;
    if (options.effort != StatisticsEffort::none) {
        StatisticsWalk walk(**raster, options);
        if (auto done = walk.run(); !done) return done.error();
        for (std::size_t i = 0; i < description.bands.size(); ++i)
            description.bands[i].statistics = walk.result(i);
        distinct = walk.distinct();
    }
    description.kind = kind_of(description, distinct);
    return description;
}

}  // namespace relief::source
