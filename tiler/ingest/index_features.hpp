#pragma once
// Features of any kind to Relief's own form: an index file.

#include "tiler/core/result.hpp"
#include "tiler/core/vector_description.hpp"

#include <functional>
#include <string>

namespace relief::ingest {

struct IndexOrder {
    std::string source;  ///< path of any file that the drivers for features read
    std::string layer;   ///< of the file; empty: the only one
    std::string target;  ///< path to write
    /// Told the share done, 0 to 1; false stops the work.
    std::function<bool(double)> progress;
    std::string time_attribute{};  ///< says when features were; empty: found out, where one does
};

/// Reads, repairs, reprojects and writes the index. Gives the description of what was written, with
/// what was found in sentences. Errors: as FeatureFile and vector::IndexBuilder.
Result<VectorDescription> index_features(const IndexOrder& order);

/// The same without writing: what the index would hold of the file's layer, its only one when none
/// is named.
// NOLINTNEXTLINE(bugprone-easily-swappable-parameters): the larger thing comes first
Result<VectorDescription> describe_features(const std::string& path, const std::string& layer = {});

}  // namespace relief::ingest
