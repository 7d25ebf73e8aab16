#include "tiler/ingest/pyramid.hpp"

#include "tiler/geo/mercator.hpp"
#include "tiler/pipeline/mosaic_parts.hpp"
#include "tiler/source/describe.hpp"
#include "tiler/source/gdal_dataset.hpp"
#include "tiler/source/gdal_runtime.hpp"
#include "tiler/source/read_mosaic.hpp"

#include <cpl_conv.h>
#include <gdal_priv.h>
#include <ogr_spatialref.h>

#include <algorithm>
#include <array>
#include <limits>
#include <numeric>
#include <utility>

namespace relief::ingest {
namespace {

using source::Dataset;

namespace fs = std::filesystem;
using workspace::Observation;

constexpr int block_side = 256;
/// Shares of the work that drawing, compressing and counting take.
constexpr double drawn = 0.7;
constexpr double compressed = 0.9;

Error drawing_stopped() {
    return {Fault::out_of_time, "stopped"};
}
Error unwritable(const std::string& detail) {
    return source_broken("the mosaic's overview cannot be written; is the disk full?", detail);
}

GDALDataType gdal_type_of(ValueType type) noexcept {
    constexpr std::array<GDALDataType, 7> types{
        GDT_Byte, GDT_UInt16, GDT_Int16, GDT_UInt32, GDT_Int32, GDT_Float32, GDT_Float64};
    return types.at(static_cast<std::size_t>(type));
}

std::size_t bytes_of_cell(const PyramidOrder& order) {
    std::size_t bytes = 1;
    for (int band = 0; band < order.bands; ++band) {
        const auto type = order.observation.raster().bands[static_cast<std::size_t>(band)].type;
        bytes += static_cast<std::size_t>(GDALGetDataTypeSizeBytes(gdal_type_of(type)));
    }
    return bytes;
}

/// A file holds one type of cells: the one that holds those of all bands.
ValueType file_type(const PyramidOrder& order) {
    const auto& bands = order.observation.raster().bands;
    const bool same =
        std::all_of(bands.begin(), bands.begin() + order.bands, [&](const auto& band) {
            return band.type == bands.front().type;
        });
    return same ? bands.front().type : ValueType::f64;
}

/// Internal masks, for this thread and as long as it lives.
class InternalMask {
public:
    InternalMask() { CPLSetThreadLocalConfigOption("GDAL_TIFF_INTERNAL_MASK", "YES"); }
    ~InternalMask() { CPLSetThreadLocalConfigOption("GDAL_TIFF_INTERNAL_MASK", nullptr); }
    InternalMask(const InternalMask&) = delete;
    InternalMask& operator=(const InternalMask&) = delete;
    InternalMask(InternalMask&&) = delete;
    InternalMask& operator=(InternalMask&&) = delete;
};

CPLStringList words(std::initializer_list<const char*> list) {
    CPLStringList result;
    for (const char* word : list) result.AddString(word);
    return result;
}

Dataset make_draft(const PyramidOrder& order, const PyramidPlan& plan, const fs::path& file) {
    GDALDriver* driver = GetGDALDriverManager()->GetDriverByName("GTiff");
    const CPLStringList options = words({"TILED=YES",
                                         "BLOCKXSIZE=256",
                                         "BLOCKYSIZE=256",
                                         "SPARSE_OK=TRUE",
                                         "COMPRESS=ZSTD",
                                         "ZSTD_LEVEL=1",
                                         "BIGTIFF=IF_SAFER",
                                         "INTERLEAVE=BAND",
                                         // Else four bands of bytes become colours and their alpha.
                                         "PHOTOMETRIC=MINISBLACK",
                                         "ALPHA=NO"});
    Dataset draft(driver->Create(file.c_str(),
                                 static_cast<int>(plan.columns) * block_side,
                                 static_cast<int>(plan.rows) * block_side,
                                 order.bands,
                                 gdal_type_of(file_type(order)),
                                 options.List()));
    if (!draft) return draft;
    OGRSpatialReference mercator;
    mercator.importFromEPSG(3857);
    draft->SetSpatialRef(&mercator);
    const double cell = geo::metres_per_pixel(plan.zoom);
    std::array<double, 6> transform{-geo::mercator_half + plan.left * cell * block_side,
                                    cell,
                                    0,
                                    geo::mercator_half - plan.top * cell * block_side,
                                    0,
                                    -cell};
    draft->SetGeoTransform(transform.data());
    for (int band = 1; band <= order.bands; ++band) {
        const auto& form = order.observation.raster().bands[static_cast<std::size_t>(band - 1)];
        draft->GetRasterBand(band)->SetScale(form.scale);
        draft->GetRasterBand(band)->SetOffset(form.offset);
    }
    if (draft->CreateMaskBand(GMF_PER_DATASET) != CE_None) draft.reset();
    return draft;
}

/// Draws the scenes block by block into the draft.
class Painter {
public:
    Painter(const PyramidOrder& order, const PyramidPlan& plan, GDALDataset& draft)
        : order_(order), plan_(plan), draft_(draft) {
        request_.read.size = {block_side, block_side};
        request_.read.bands.resize(static_cast<std::size_t>(order.bands));
        std::iota(request_.read.bands.begin(), request_.read.bands.end(), 1);
        const RasterKind kind = order.observation.raster().kind;
        const bool classes = kind == RasterKind::categorical;
        request_.read.resampling = classes ? Resampling::mode : Resampling::average;
        request_.form = {request_.read.size, {}, Pick::first, !classes};
        request_.read.fractions = kind == RasterKind::mask;
        for (int band = 0; band < order.bands; ++band) {
            const auto index = static_cast<std::size_t>(band);
            request_.form.types.push_back(request_.read.fractions
                                              ? ValueType::f32
                                              : order.observation.raster().bands[index].type);
        }
        request_.most = std::numeric_limits<std::size_t>::max();
    }

    Result<void> paint() {
        std::size_t done = 0;
        for (const std::uint64_t block : plan_.blocks) {
            if (auto painted = paint(block); !painted) return painted;
            ++done;
            const double share =
                static_cast<double>(done) / static_cast<double>(plan_.blocks.size());
            if (order_.progress && !order_.progress(drawn * share)) return drawing_stopped();
        }
        return {};
    }

private:
    Result<void> paint(std::uint64_t block) {
        const auto column = static_cast<std::uint32_t>(block % plan_.columns);
        const auto row = static_cast<std::uint32_t>(block / plan_.columns);
        const auto tile = TileId::make(
            {.zoom = plan_.zoom, .column = plan_.left + column, .row = plan_.top + row});
        if (!tile) return tile.error();
        request_.read.box = geo::mercator_box_of(*tile);
        const LonLatBox box = geo::lon_lat_box_of(*tile);
        const auto touching =
            order_.observation.mosaic->touching({box.west, box.south, box.east, box.north}, {});
        const auto chosen = pipeline::parts_of(order_.observation, touching, request_.read.bands);
        const auto cells = source::read_mosaic(reader_, chosen.parts, request_);
        if (!cells) return cells.error();
        if (cells->grid.coverage == Grid::Coverage::none) return {};
        return write(cells->grid,
                     {static_cast<int>(column) * block_side, static_cast<int>(row) * block_side});
    }

    struct Corner {
        int x, y;
    };
    Result<void> write(const Grid& grid, Corner at) {
        const source::GdalMessages messages;
        bool good = true;
        for (std::size_t i = 0; i < grid.bands.size(); ++i) {
            GDALRasterBand* band = draft_.GetRasterBand(static_cast<int>(i) + 1);
            const GDALDataType type = gdal_type_of(request_.form.types[i]);
            // RasterIO takes what it writes from by a pointer that is not const.
            BandValues values = grid.bands[i];
            void* cells = std::visit([](auto& list) -> void* { return list.data(); }, values);
            good = good && write(*band, at, {cells, type});
        }
        std::vector<std::uint8_t> mask(grid.cells());
        for (std::size_t cell = 0; cell < mask.size(); ++cell)
            mask[cell] = grid.weight_at(cell) > 0 ? 255 : 0;
        good = good && write(*draft_.GetRasterBand(1)->GetMaskBand(), at, {mask.data(), GDT_Byte});
        if (!good) return unwritable(messages.last());
        return {};
    }

    struct Cells {
        void* cells;
        GDALDataType type;
    };
    static bool write(GDALRasterBand& band, Corner at, Cells from) {
        return band.RasterIO(GF_Write,
                             at.x,
                             at.y,
                             block_side,
                             block_side,
                             from.cells,
                             block_side,
                             block_side,
                             from.type,
                             0,
                             0,
                             nullptr) == CE_None;
    }

    const PyramidOrder& order_;
    const PyramidPlan& plan_;
    GDALDataset& draft_;
    source::RasterReader reader_{{}};
    source::MosaicRequest request_;
};

int tell(double share, const char*, void* handler) {
    return (*static_cast<std::function<bool(double)>*>(handler))(share) ? 1 : 0;
}

std::function<bool(double)> part(const PyramidOrder& order, double from, double to) {
    return [&order, from, to](double share) {
        return !order.progress || order.progress(from + (to - from) * share);
    };
}

Result<void> compress(const PyramidOrder& order, const fs::path& draft, const fs::path& target) {
    const source::GdalMessages messages;
    const Dataset from(GDALDataset::Open(draft.c_str(), GDAL_OF_RASTER));
    if (!from) return unwritable(messages.last());
    const bool classes = order.observation.raster().kind == RasterKind::categorical;
    CPLStringList options = words({"COMPRESS=ZSTD",
                                   "LEVEL=9",
                                   "PREDICTOR=YES",
                                   "BLOCKSIZE=256",
                                   "BIGTIFF=IF_SAFER",
                                   "OVERVIEWS=IGNORE_EXISTING",
                                   "SPARSE_OK=YES",
                                   "NUM_THREADS=2"});
    options.SetNameValue("OVERVIEW_RESAMPLING", classes ? "MODE" : "AVERAGE");
    GDALDriver* driver = GetGDALDriverManager()->GetDriverByName("COG");
    auto progress = part(order, drawn, compressed);
    const Dataset copy(
        driver->CreateCopy(target.c_str(), from.get(), 0, options.List(), tell, &progress));
    if (copy) return {};
    if (order.progress && !order.progress(compressed)) return drawing_stopped();
    return unwritable(messages.last());
}

}  // namespace

Result<RasterDescription> write_pyramid(const PyramidOrder& order, const IncomingFolder& folder) {
    const InternalMask internal;
    const PyramidPlan plan = plan_pyramid(*order.observation.mosaic, bytes_of_cell(order));
    Dataset draft = make_draft(order, plan, folder.draft());
    if (!draft) return unwritable("draft");
    if (auto painted = Painter(order, plan, *draft).paint(); !painted) return painted.error();
    draft.reset();
    if (auto done = compress(order, folder.draft(), folder.file()); !done) return done.error();
    return source::describe({folder.file().string(), {"overview"}, source::Trust::workspace},
                            {source::StatisticsEffort::exact, part(order, compressed, 1)});
}

}  // namespace relief::ingest
