#pragma once
// Remote files under names that GDAL can open: no other name leads to another machine.

#include "tiler/source/remote_file.hpp"

#include <memory>
#include <string>

namespace relief::source {

/// Makes the names known to GDAL; with start_gdal().
void install_remote_files();

/// A remote file and the name by which GDAL opens it for as long as this lives: nothing beside it,
/// nothing else on its server and no other address can be named. Outlives the data sets that were
/// opened by the name.
class LentRemoteFile {
public:
    /// Errors: those of RemoteFile::open.
    static Result<LentRemoteFile> open(const RemoteFile::Order& order, const Deadline& deadline);

    LentRemoteFile(LentRemoteFile&& other) noexcept;
    LentRemoteFile& operator=(LentRemoteFile&&) = delete;
    LentRemoteFile(const LentRemoteFile&) = delete;
    LentRemoteFile& operator=(const LentRemoteFile&) = delete;
    ~LentRemoteFile();

    const std::string& name() const noexcept { return name_; }
    RemoteFile& file() const noexcept { return *file_; }

private:
    explicit LentRemoteFile(std::unique_ptr<RemoteFile> file);

    std::unique_ptr<RemoteFile> file_;
    std::string name_;
};

}  // namespace relief::source
