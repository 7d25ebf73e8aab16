#include "tiler/source/gdal_dataset.hpp"

#include "tiler/source/gdal_runtime.hpp"

#include <gdal_priv.h>

namespace relief::source {

void DatasetCloser::operator()(GDALDataset* dataset) const noexcept {
    const GdalMessages quiet;
    GDALClose(dataset);
}

std::string item_of(GDALMajorObject& object, const std::string& name) {
    const char* text = object.GetMetadataItem(name.c_str());
    return text != nullptr ? text : "";
}

}  // namespace relief::source
