#pragma once
// An open data set of GDAL that closes itself.

#include <memory>

class GDALDataset;

namespace relief::source {

struct DatasetCloser {
    /// What GDAL has to say then is not told.
    void operator()(GDALDataset* dataset) const noexcept;
};
using Dataset = std::unique_ptr<GDALDataset, DatasetCloser>;

}  // namespace relief::source
