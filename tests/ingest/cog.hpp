#pragma once
// What a converted file is made of, as GDAL itself sees it.

#include "tests/support/raster_fixture.hpp"

#include <gdal_priv.h>

#include <cmath>
#include <memory>
#include <string>
#include <vector>

namespace relief::ingest {

class Cog {
public:
    explicit Cog(const std::string& file)
        : dataset_(GDALDataset::Open(file.c_str(), GDAL_OF_RASTER | GDAL_OF_READONLY)) {}

    explicit operator bool() const noexcept { return dataset_ != nullptr; }
    GDALDataset& dataset() const noexcept { return *dataset_; }
    GDALRasterBand& band(int number = 1) const { return *dataset_->GetRasterBand(number); }
    std::string layout() const {
        const char* layout = dataset_->GetMetadataItem("LAYOUT", "IMAGE_STRUCTURE");
        return layout == nullptr ? "" : layout;
    }
    int block_side() const {
        int width = 0;
        int height = 0;
        band().GetBlockSize(&width, &height);
        return width == height ? width : -1;
    }
    /// Cells as they are stored; overview −1 is the raster itself.
    std::vector<double> cells(int overview = -1, int number = 1) const {
        GDALRasterBand* from = overview < 0 ? &band(number) : band(number).GetOverview(overview);
        const int width = from->GetXSize();
        const int height = from->GetYSize();
        std::vector<double> values(static_cast<std::size_t>(width) *
                                   static_cast<std::size_t>(height));
        const CPLErr read = from->RasterIO(
            GF_Read, 0, 0, width, height, values.data(), width, height, GDT_Float64, 0, 0, nullptr);
        return read == CE_None ? values : std::vector<double>{};
    }
    double mean(int overview = -1) const {
        double sum = 0;
        const auto all = cells(overview);
        for (const double cell : all) sum += cell;
        return sum / static_cast<double>(all.size());
    }

private:
    std::unique_ptr<GDALDataset> dataset_;
};

}  // namespace relief::ingest
