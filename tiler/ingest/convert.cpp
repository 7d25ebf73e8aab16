#include "tiler/ingest/convert.hpp"

#include "tiler/ingest/rectify.hpp"
#include "tiler/source/describe.hpp"
#include "tiler/source/gdal_dataset.hpp"
#include "tiler/source/gdal_runtime.hpp"

#include <gdal_priv.h>
#include <gdal_utils.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <utility>

namespace relief::ingest {
namespace {

using source::Dataset;
using source::SourceFile;
using source::StatisticsEffort;
using source::Trust;

/// Shares of the whole that reading, writing and counting take, as measured on a 12000 × 12000 RGB
/// scene.
constexpr double looked = 0.1;
constexpr double written = 0.8;

std::function<bool(double)> part(const ConvertOrder& order, double from, double to) {
    return [&order, from, to](double share) {
        return !order.progress || order.progress(from + (to - from) * share);
    };
}

int gdal_progress(double share, const char*, void* handler) {
    return (*static_cast<std::function<bool(double)>*>(handler))(share) ? 1 : 0;
}

bool hints_heights(const std::string& stem) {
    std::string words = stem;
    std::transform(words.begin(), words.end(), words.begin(), [](unsigned char c) {
        return static_cast<char>(std::tolower(c));
    });
    constexpr std::array<std::string_view, 6> hints{
        "dem", "dtm", "dsm", "elevation", "srtm", "height"};
    return std::any_of(hints.begin(), hints.end(), [&](std::string_view hint) {
        return words.find(hint) != std::string::npos;
    });
}

RasterKind kind_of(const ConvertOrder& order, const RasterDescription& raster) {
    if (order.kind) return *order.kind;
    const bool quantity = raster.bands.size() == 1 && raster.kind == RasterKind::continuous;
    return quantity && hints_heights(order.stem) ? RasterKind::elevation : raster.kind;
}

const char* overview_method(RasterKind kind) noexcept {
    return kind == RasterKind::categorical ? "MODE" : "AVERAGE";
}

/// Values 0 and 1 as 0 and 65534, 65535 without data: a mean of them keeps the covered fraction
/// through as many overviews as a country needs.
Dataset stretched_mask(GDALDataset& dataset, bool has_nodata) {
    CPLStringList words;
    for (const char* word : {"-of", "VRT", "-ot", "UInt16", "-scale", "0", "1", "0", "65534"})
        words.AddString(word);
    if (has_nodata) {
        words.AddString("-a_nodata");
        words.AddString("65535");
    }
    GDALTranslateOptions* options = GDALTranslateOptionsNew(words.List(), nullptr);
    Dataset result(GDALDataset::FromHandle(
        GDALTranslate("", GDALDataset::ToHandle(&dataset), options, nullptr)));
    GDALTranslateOptionsFree(options);
    if (result) {
        result->GetRasterBand(1)->SetScale(1.0 / 65534);
        result->GetRasterBand(1)->SetOffset(0);
    }
    return result;
}

/// The dataset as it is to be written: of one band only where one is meant, and with the place that
/// was found where the file says it in its own way. None: as it is.
Dataset narrowed(GDALDataset& dataset, int band, const std::string& crs) {
    CPLStringList words;
    for (const char* word : {"-of", "VRT"}) words.AddString(word);
    if (band > 0) {
        words.AddString("-b");
        words.AddString(std::to_string(band).c_str());
    }
    const bool unplaced = dataset.GetSpatialRef() == nullptr;
    if (unplaced) {
        words.AddString("-a_srs");
        words.AddString(crs.c_str());
    }
    if (band == 0 && !unplaced) return nullptr;
    GDALTranslateOptions* options = GDALTranslateOptionsNew(words.List(), nullptr);
    Dataset result(GDALDataset::FromHandle(
        GDALTranslate("", GDALDataset::ToHandle(&dataset), options, nullptr)));
    GDALTranslateOptionsFree(options);
    return result;
}

bool writes_as_mask(RasterKind kind, const RasterDescription& raster) {
    if (kind != RasterKind::mask || raster.bands.size() != 1 || !raster.bands[0].statistics)
        return false;
    // A mask that says 1 for yes; one that already says 255 stays as it is.
    const BandDescription& band = raster.bands[0];
    return band.scale == 1 && band.offset == 0 && band.statistics->maximum == 1 &&
           band.statistics->minimum >= 0;
}

Result<void> write_cog(GDALDataset& from, const ConvertOrder& order, RasterKind kind) {
    const source::GdalMessages messages;
    CPLStringList options;
    for (const char* option : {"COMPRESS=ZSTD",
                               "LEVEL=9",
                               "PREDICTOR=YES",
                               "BLOCKSIZE=256",
                               "BIGTIFF=IF_SAFER",
                               "OVERVIEWS=IGNORE_EXISTING",
                               "NUM_THREADS=2",
                               "GEOTIFF_VERSION=1.1"}) {
        options.AddString(option);
    }
    options.SetNameValue("OVERVIEW_RESAMPLING", overview_method(kind));
    GDALDriver* driver = GetGDALDriverManager()->GetDriverByName("COG");
    std::function<bool(double)> progress = part(order, looked, written);
    const Dataset copy(driver->CreateCopy(
        order.target.c_str(), &from, 0, options.List(), gdal_progress, &progress));
    if (!copy)
        return source_broken("it cannot be converted: a part of it is damaged, or the disk is full",
                             messages.last());
    return {};
}

/// Half a pixel: a coordinate system that GeoTIFF cannot hold would show here.
Result<void> check_place(const RasterDescription& before, const RasterDescription& after) {
    const double width = std::abs(before.bounds.east - before.bounds.west) / before.size.width;
    const double height = std::abs(before.bounds.north - before.bounds.south) / before.size.height;
    const auto moved = [](double a, double b, double by) {
        return std::abs(a - b) > 0.5 * by + 1e-9;
    };
    if (moved(before.bounds.west, after.bounds.west, width) ||
        moved(before.bounds.east, after.bounds.east, width) ||
        moved(before.bounds.south, after.bounds.south, height) ||
        moved(before.bounds.north, after.bounds.north, height)) {
        return source_broken(
            "its coordinate reference system cannot be stored in a GeoTIFF; reproject it first, "
            "for instance with gdalwarp");
    }
    return {};
}

/// A view may show more than any disk holds; what is known of it does not say how well it would
/// compress.
Result<void> check_room(const SourceFile& file,
                        const RasterDescription& raster,
                        const std::string& target) {
    if (file.trust != Trust::operated_view) return {};
    constexpr std::array<double, 7> bytes_of_type{1, 2, 2, 4, 4, 4, 8};  // as ValueType counts
    double bytes = 0;
    for (const BandDescription& band : raster.bands)
        bytes += static_cast<double>(raster.size.width) * raster.size.height *
                 bytes_of_type.at(static_cast<std::size_t>(band.type));
    std::error_code error;
    const auto space = std::filesystem::space(std::filesystem::path(target).parent_path(), error);
    if (error || bytes <= static_cast<double>(space.available)) return {};
    const auto gigabytes = [](double count) {
        return std::to_string(static_cast<long long>(count / 1e9)) + " GB";
    };
    return bad_request("a copy of what this view shows could take " + gigabytes(bytes) + ", and " +
                       gigabytes(static_cast<double>(space.available)) +
                       " are free; serve it in place: relief serve FILE");
}

/// A yes/no raster is known from all cells only: one 2 in a corner makes it a class map.
Result<RasterDescription> look(const ConvertOrder& order, const SourceFile& file) {
    auto raster = source::describe(file, {StatisticsEffort::sampled, part(order, 0, looked / 2)});
    if (!raster) return raster;
    if (auto room = check_room(file, *raster, order.target); !room) return room.error();
    const bool sure = raster->kind != RasterKind::mask ||
                      (raster->bands[0].statistics && !raster->bands[0].statistics->approximate);
    if (sure) return raster;
    return source::describe(file, {StatisticsEffort::exact, part(order, looked / 2, looked)});
}

}  // namespace

Result<RasterDescription> convert(const ConvertOrder& order) {
    auto file = rectified(order.source, order.target + ".vrt");
    if (!file) return file.error();
    file->band = order.band;
    auto seen = look(order, *file);
    if (!seen) return seen;
    const RasterKind kind = kind_of(order, *seen);

    Dataset dataset(static_cast<GDALDataset*>(GDALOpenEx(file->name.c_str(),
                                                         GDAL_OF_RASTER | GDAL_OF_READONLY,
                                                         source::allowed_drivers(file->trust),
                                                         nullptr,
                                                         nullptr)));
    if (!dataset) return source_broken("it cannot be opened again");
    const Dataset narrow = narrowed(*dataset, order.band, seen->crs);
    GDALDataset& meant = narrow ? *narrow : *dataset;
    Dataset mask;
    if (writes_as_mask(kind, *seen)) {
        mask = stretched_mask(meant, seen->bands[0].nodata.has_value());
        if (!mask) return source_broken("it cannot be converted to covered fractions");
    }
    if (auto done = write_cog(mask ? *mask : meant, order, kind); !done) return done.error();

    auto result = source::describe({order.target, {"converted"}, Trust::workspace},
                                   {StatisticsEffort::exact, part(order, written, 1)});
    if (!result) return result;
    if (auto same = check_place(*seen, *result); !same) return same.error();
    result->kind = kind;
    result->driver = seen->driver;
    return result;
}

}  // namespace relief::ingest
