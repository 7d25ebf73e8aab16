#include "tiler/ingest/rectify.hpp"

#include "tiler/source/gdal_dataset.hpp"
#include "tiler/source/gdal_runtime.hpp"

#include <gdal_priv.h>
#include <gdal_utils.h>

#include <array>
#include <vector>

namespace relief::ingest {
namespace {

using source::Dataset;
using source::SourceFile;
using source::Trust;

/// Fewer points do not hold a thin plate spline down.
constexpr int enough_for_splines = 10;
/// A plane needs three.
constexpr int fewest_points = 3;

bool has_geotransform(GDALDataset& dataset) {
    std::array<double, 6> transform{};
    return dataset.GetGeoTransform(transform.data()) == CE_None;
}

bool has_points(GDALDataset& dataset) {
    const OGRSpatialReference* crs = dataset.GetGCPSpatialRef();
    return dataset.GetGCPCount() >= fewest_points && crs != nullptr && !crs->IsEmpty();
}

bool has_own_mask(GDALDataset& dataset) {
    GDALRasterBand& band = *dataset.GetRasterBand(1);
    int has_nodata = 0;
    band.GetNoDataValue(&has_nodata);
    return has_nodata != 0 ||
           dataset.GetRasterBand(dataset.GetRasterCount())->GetColorInterpretation() ==
               GCI_AlphaBand;
}

std::vector<const char*> warp_words(GDALDataset& dataset) {
    std::vector<const char*> words{"-of", "VRT", "-r", "near", "-et", "0.125"};
    if (has_points(dataset)) {
        if (dataset.GetGCPCount() >= enough_for_splines) words.push_back("-tps");
    } else {
        words.insert(words.end(), {"-rpc", "-t_srs", "EPSG:4326"});
    }
    if (!has_own_mask(dataset)) words.push_back("-dstalpha");
    return words;
}

}  // namespace

Result<SourceFile> rectified(const std::string& source, const std::string& view) {
    const SourceFile plain{source, {"incoming"}, source::trust_of_operated(source)};
    const source::GdalMessages messages;
    const Dataset dataset(static_cast<GDALDataset*>(GDALOpenEx(source.c_str(),
                                                               GDAL_OF_RASTER | GDAL_OF_READONLY,
                                                               source::allowed_drivers(plain.trust),
                                                               nullptr,
                                                               nullptr)));
    // What cannot be opened, or lies nowhere, is told by those who read it next.
    if (!dataset || dataset->GetRasterCount() == 0 || has_geotransform(*dataset)) return plain;
    if (!has_points(*dataset) && dataset->GetMetadata("RPC") == nullptr) return plain;

    CPLStringList words;
    for (const char* word : warp_words(*dataset)) words.AddString(word);
    GDALWarpAppOptions* options = GDALWarpAppOptionsNew(words.List(), nullptr);
    GDALDatasetH from = GDALDataset::ToHandle(dataset.get());
    const Dataset warped(
        GDALDataset::FromHandle(GDALWarp(view.c_str(), nullptr, 1, &from, options, nullptr)));
    GDALWarpAppOptionsFree(options);
    if (!warped)
        return source_broken("its ground control points do not fit together", messages.last());
    return SourceFile{view, {"incoming"}, Trust::own_view};
}

}  // namespace relief::ingest
