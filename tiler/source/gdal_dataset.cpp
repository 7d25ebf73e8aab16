#include "tiler/source/gdal_dataset.hpp"

#include "tiler/source/gdal_runtime.hpp"

#include <gdal_priv.h>

namespace relief::source {

void DatasetCloser::operator()(GDALDataset* dataset) const noexcept {
    const GdalMessages quiet;
    GDALClose(dataset);
}

}  // namespace relief::source
