#pragma once
// VectorDescription as JSON, and either kind of description: in relief.db and from the converting
// child process.

#include "tiler/core/dataset_description.hpp"
#include "tiler/core/result.hpp"

#include <string>
#include <string_view>

namespace relief::workspace {

/// With "kind": "vector", by which it is told from a raster's.
std::string to_json(const VectorDescription& features);

/// Errors: source_broken naming the member that is missing or of the wrong type.
Result<VectorDescription> vector_description_from_json(std::string_view text);

std::string to_json(const DatasetDescription& dataset);

/// Errors: as those of the two kinds.
Result<DatasetDescription> dataset_description_from_json(std::string_view text);

}  // namespace relief::workspace
