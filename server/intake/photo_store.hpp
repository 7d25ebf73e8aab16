#pragma once
// Photos of reports: files of the workspace that only its owner reads, named by their content.

#include "server/intake/photo_worker.hpp"
#include "tiler/core/bytes.hpp"
#include "tiler/core/result.hpp"

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

namespace relief::intake {

enum class PhotoSize : bool { whole, thumbnail };

/// For any thread; each call blocks on the disk.
class PhotoStore {
public:
    explicit PhotoStore(const std::filesystem::path& workspace) : folder_(workspace / "photos") {}

    /// The sha-256 of the photo, under which it is found.
    static std::string name_of(const CleanPhoto& photo);
    /// Durable when it returns. Errors: source_broken.
    Result<void> keep(const CleanPhoto& photo) const;
    /// Errors: not_found.
    Result<Bytes> read(const std::string& sha256, PhotoSize size) const;
    /// What is not there is gone already.
    void remove(const std::vector<std::string>& photos) const;
    /// Those kept before `age` ago: what no report has of them was left by a crash.
    std::vector<std::string> older_than(std::chrono::seconds age) const;
    /// Takes away what was being written before `age` ago, and never got its name.
    void remove_unfinished(std::chrono::seconds age) const;

private:
    std::filesystem::path file_of(const std::string& sha256, PhotoSize size) const;

    std::filesystem::path folder_;
};

}  // namespace relief::intake
