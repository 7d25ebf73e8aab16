#pragma once
// An open data set of GDAL that closes itself.

#include <memory>
#include <string>

class GDALDataset;
class GDALMajorObject;

namespace relief::source {

struct DatasetCloser {
    /// What GDAL has to say then is not told.
    void operator()(GDALDataset* dataset) const noexcept;
};
using Dataset = std::unique_ptr<GDALDataset, DatasetCloser>;

/// What a data set or a band says of itself under the name; empty when it says nothing.
std::string item_of(GDALMajorObject& object, const std::string& name);

}  // namespace relief::source
