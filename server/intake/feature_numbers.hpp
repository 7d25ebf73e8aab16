#pragma once
// The numbers that reports have in tiles.

#include "server/access/key_file.hpp"
#include "tiler/core/result.hpp"

#include <cstdint>
#include <filesystem>
#include <mutex>
#include <optional>
#include <string_view>

namespace relief::intake {

/// A keyed hash of a report's id, of 53 bits, which a double holds: it tells nothing of the order
/// in which reports came, and leads to none. The key is a file of the workspace. For any thread.
class FeatureNumbers {
public:
    explicit FeatureNumbers(std::filesystem::path workspace) : workspace_(std::move(workspace)) {}

    /// Errors: those of access::ensure_key().
    Result<std::uint64_t> of(std::string_view id);

private:
    Result<access::SecretKey> key();

    std::filesystem::path workspace_;
    std::mutex mutex_;
    std::optional<access::SecretKey> key_;
};

}  // namespace relief::intake
