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
// Without overviews whole strips are read instead; this many cells decode in about a second.
constexpr double most_sampled_cells = 32e6;
constexpr int tile_pixels = 256;
constexpr std::size_t cache_bytes = std::size_t{64} << 20U;
// A band of small whole numbers with no more values than this is a class map, not a quantity.
constexpr std::uint64_t most_classes = 12;
constexpr double largest_class = 31;
// A palette without colours (they were lost on the way) still says that the numbers are classes.
constexpr std::uint64_t most_palette_classes = 256;

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

/// Yes/no or classes, when the numbers of a single band of integers say so.
std::optional<RasterKind> kind_of_numbers(const BandDescription& band, std::uint64_t distinct) {
    if (!band.statistics || distinct == 0) return std::nullopt;
    const double low = band.statistics->minimum;
    const double high = band.statistics->maximum;
    // Covered fractions are scaled to 1, which is not exact in binary.
    if (distinct <= 2 && low >= 0 && std::abs(high - 1) < 1e-9) return RasterKind::mask;
    const bool plain = band.scale == 1 && band.offset == 0;
    const bool classes =
        plain && distinct >= 2 && distinct <= most_classes && low >= -1 && high <= largest_class;
    const bool palette = band.role == BandRole::palette && distinct <= most_palette_classes;
    return classes || palette ? std::optional(RasterKind::categorical) : std::nullopt;
}

/// What the numbers mean, as far as the file itself tells; `relief add --kind` overrules it.
RasterKind kind_of(const RasterDescription& raster, std::uint64_t distinct) {
    if (!raster.palette.empty()) return RasterKind::categorical;
    if (raster.bands.size() >= 3) return RasterKind::imagery;
    if (names_heights(raster)) return RasterKind::elevation;
    if (raster.bands.size() == 1 && is_integer(raster.bands.front().type)) {
        if (const auto kind = kind_of_numbers(raster.bands.front(), distinct)) return *kind;
    }
    return raster.bands.front().type == ValueType::u8 ? RasterKind::imagery
                                                      : RasterKind::continuous;
}

/// Which level is looked at, and how many of its strips: 1 is all, n is one in n, evenly spread.
struct Sampling {
    int level = 0;
    int one_in = 1;
    bool approximate = false;
};

/// Rows read at once: whole blocks, but not more cells than stay cheap to hold.
int strip_rows(const RasterLevel& level) {
    const int fitting = std::max(1, (16 << 20) / std::max(1, level.size.width));
    return std::min(std::max(level.block.height, 64), fitting);
}

Sampling sampling_of(const RasterFacts& facts, StatisticsEffort effort) {
    Sampling choice;
    if (effort == StatisticsEffort::exact) return choice;
    const auto cells = [&](const RasterLevel& level) {
        return static_cast<double>(level.size.width) * level.size.height;
    };
    for (std::size_t i = 1; i < facts.levels.size(); ++i) {
        if (cells(facts.levels[i]) >= sample_cells) choice.level = static_cast<int>(i);
    }
    const RasterLevel& level = facts.levels[static_cast<std::size_t>(choice.level)];
    const double share = most_sampled_cells / cells(level);
    const int strips = (level.size.height + strip_rows(level) - 1) / strip_rows(level);
    if (share < 1)
        choice.one_in = std::max(1, static_cast<int>(strips / std::max(1.0, strips * share)));
    choice.approximate = choice.level > 0 || choice.one_in > 1;
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
        const int rows = strip_rows(level);
        const auto bands = static_cast<int>(collectors_.size());
        for (int band = 1; band <= bands; ++band) {
            // How opaque a cell is says nothing of what is seen there.
            if (source_.raster.facts().bands[static_cast<std::size_t>(band) - 1].alpha) continue;
            for (int top = 0; top < level.size.height; top += rows * sampling_.one_in) {
                const PixelSize size{level.size.width, std::min(rows, level.size.height - top)};
                if (auto done = collect({band, top, size}); !done) return done.error();
                const int next = std::min(top + rows * sampling_.one_in, level.size.height);
                const double share =
                    (band - 1 + static_cast<double>(next) / level.size.height) / bands;
                if (options_.progress && !options_.progress(share))
                    return Error{Fault::out_of_time, "interrupted"};
            }
        }
        return {};
    }

    std::optional<BandStatistics> result(std::size_t band) const {
        return collectors_[band].result(sampling_.approximate);
    }
    std::uint64_t distinct() const { return collectors_.front().distinct(); }

private:
    struct Strip {
        int band = 1;
        int top = 0;
        PixelSize size;
    };

    Result<void> collect(const Strip& strip) {
        WindowNeed need;
        need.level = sampling_.level;
        need.top = strip.top;
        need.size = strip.size;
        need.bands = {strip.band};
        const auto window = read_window(source_, need);
        if (!window) return window.error();
        StatisticsCollector& collector = collectors_[static_cast<std::size_t>(strip.band - 1)];
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
        for (std::size_t i = 0; i < description.bands.size(); ++i) {
            BandDescription& band = description.bands[i];
            if (const auto cells = walk.result(i))
                band.statistics = in_units(*cells, band.scale, band.offset);
        }
        distinct = walk.distinct();
    }
    description.kind = kind_of(description, distinct);
    return description;
}

}  // namespace relief::source
