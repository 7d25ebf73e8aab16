#pragma once
// gzip, of whole files in memory.

#include "tiler/core/bytes.hpp"
#include "tiler/core/result.hpp"

#include <cstddef>
#include <cstdint>
#include <span>

namespace relief::encode {

/// Equal bytes give equal files: neither a time nor a name is in them. Source: RFC 1952.
Bytes gzipped(std::span<const std::uint8_t> bytes);

/// Errors: source_broken when it is no gzip file, or holds more than `most` bytes.
Result<Bytes> gunzipped(std::span<const std::uint8_t> bytes, std::size_t most);

}  // namespace relief::encode
