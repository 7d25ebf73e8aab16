#pragma once
// The features of a file that the operator named, as OGR reads them.

#include "tiler/core/result.hpp"
#include "tiler/core/vector_description.hpp"
#include "tiler/ingest/place_geometry.hpp"
#include "tiler/vector/index_builder.hpp"

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

namespace relief::ingest {

/// One layer of an open file.
class FeatureFile {
public:
    /// `layer` may be empty when the file has one only. Errors: source_broken when no driver reads
    /// it; bad_request naming the layers when `layer` is not one of them or several could be meant.
    static Result<FeatureFile> open(const std::filesystem::path& path, const std::string& layer);

    FeatureFile(FeatureFile&&) noexcept;
    FeatureFile& operator=(FeatureFile&&) = delete;
    FeatureFile(const FeatureFile&) = delete;
    FeatureFile& operator=(const FeatureFile&) = delete;
    ~FeatureFile();

    /// crs, driver, layer and attributes are filled in; the rest only a reading of all knows.
    const VectorDescription& description() const noexcept { return description_; }

    /// Hands over every feature that can be shown, in the file's order. `take` is told the share
    /// read and may stop the work. Errors: source_broken when the file is damaged; out_of_time.
    Result<void> read(const std::function<bool(const vector::SourceFeature&, double)>& take,
                      Findings& findings);

private:
    struct Parts;
    explicit FeatureFile(std::unique_ptr<Parts> parts);

    std::unique_ptr<Parts> parts_;
    VectorDescription description_;
};

}  // namespace relief::ingest
