#pragma once
// Styles that analysts write into the workspace while it is served.

#include "server/service/style_shelf.hpp"
#include "tiler/core/audience.hpp"

#include <filesystem>
#include <mutex>
#include <string>
#include <string_view>

namespace relief::service {

/// Who does it, for the audit log.
struct StyleAuthor {
    std::string token;  ///< its id
    Role role = Role::analyst;
};

/// For any thread; blocks on the disk.
class StyleWriter {
public:
    StyleWriter(std::filesystem::path workspace, StyleShelf& shelf, ops::Log& log)
        : workspace_(std::move(workspace)), shelf_(shelf), log_(log) {}

    /// The file is written aside, synced and renamed: whoever reads meets the old text or the new.
    /// It is served when this returns. True: there was no style of that id before.
    /// Errors: those of read_served_style(); source_broken when the disk takes no file.
    Result<bool> put(std::string_view id, std::string_view text, const StyleAuthor& author);

    /// Errors: not_found for a style that is not the workspace's; conflict for one that came with
    ///         the program and stands in no file.
    Result<void> remove(std::string_view id, const StyleAuthor& author);

private:
    Result<void> write(const std::string& id, std::string_view text) const;
    void audit(const char* action, const std::string& id, const StyleAuthor& author) const;
    std::filesystem::path file_of(const std::string& id) const {
        return workspace_ / "styles" / (id + ".json");
    }

    std::filesystem::path workspace_;
    StyleShelf& shelf_;
    ops::Log& log_;
    std::mutex writing_;  ///< one at a time
};

}  // namespace relief::service
