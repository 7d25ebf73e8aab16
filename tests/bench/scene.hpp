#pragma once
// A scene with overviews, as `relief add` leaves one, for the steps that read files.

#include "tests/support/temporary_folder.hpp"
#include "tiler/core/boxes.hpp"

#include <gdal_priv.h>
#include <ogr_spatialref.h>

#include <array>
#include <cmath>
#include <cstdint>
#include <memory>
#include <random>
#include <string>
#include <vector>

namespace relief::bench {

/// 4096 × 4096 cells of 10 m, UTM zone 36N, blocks of 512, DEFLATE; forms of several sizes and the
/// noise of a sensor.
class Scene {
public:
    Scene(int bands, GDALDataType type) {
        GDALAllRegister();
        GDALDriver* memory = GetGDALDriverManager()->GetDriverByName("MEM");
        const std::unique_ptr<GDALDataset> dataset(
            memory->Create("", side, side, bands, type, nullptr));
        place(*dataset);
        for (int band = 1; band <= bands; ++band) fill(*dataset->GetRasterBand(band), band);
        char** options = nullptr;
        for (const char* option : {"COMPRESS=DEFLATE", "PREDICTOR=YES", "RESAMPLING=AVERAGE"})
            options = CSLAddString(options, option);
        GDALDriver* cog = GetGDALDriverManager()->GetDriverByName("COG");
        GDALClose(cog->CreateCopy(file().c_str(), dataset.get(), 0, options, nullptr, nullptr));
        CSLDestroy(options);
    }

    std::string file() const { return (folder_.path() / "scene.tif").string(); }

    static constexpr int side = 4096;

private:
    static void place(GDALDataset& dataset) {
        OGRSpatialReference crs;
        crs.importFromEPSG(32636);
        dataset.SetSpatialRef(&crs);
        std::array<double, 6> transform{700000, 10, 0, 3740000, 0, -10};
        dataset.SetGeoTransform(transform.data());
    }
    static void fill(GDALRasterBand& band, int number) {
        std::mt19937 random{2019};  // NOLINT(cert-msc32-c,cert-msc51-cpp): the same scene each time
        std::normal_distribution<float> noise(0, 2.2F);
        std::vector<float> line(side);
        for (int row = 0; row < side; ++row) {
            for (int column = 0; column < side; ++column) {
                const auto x = static_cast<float>(column);
                const auto y = static_cast<float>(row);
                const float form = std::sin(x / 300) * std::cos(y / 210) * 40 +
                                   std::sin((x + y) / 31) * 12 + std::cos((x - y) / 9) * 5;
                line[static_cast<std::size_t>(column)] =
                    110 + form / static_cast<float>(number) + noise(random);
            }
            static_cast<void>(band.RasterIO(
                GF_Write, 0, row, side, 1, line.data(), side, 1, GDT_Float32, 0, 0, nullptr));
        }
    }

    testing::TemporaryFolder folder_;
};

/// Tile 14/9801/6567, in the middle of the scene.
inline constexpr MercatorBox middle_tile{
    3'935'589.712'347, 3'972'279.485'924, 3'938'035.697'252, 3'974'725.470'829};

}  // namespace relief::bench
