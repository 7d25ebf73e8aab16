#include "server/service/style_writer.hpp"

#include "server/access/audit_log.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace relief::service {
namespace {

/// A descriptor that is closed at the end.
class OpenFile {
public:
    OpenFile(const std::filesystem::path& path, int flags)
        : descriptor_(::open(path.c_str(), flags | O_CLOEXEC | O_NOFOLLOW, 0644)) {}
    ~OpenFile() {
        if (descriptor_ >= 0) ::close(descriptor_);
    }
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;
    OpenFile(OpenFile&&) = delete;
    OpenFile& operator=(OpenFile&&) = delete;

    bool write(std::string_view text) const {
        while (!text.empty()) {
            const ssize_t written = ::write(descriptor_, text.data(), text.size());
            if (written < 0 && errno == EINTR) continue;
            if (written <= 0) return false;
            text.remove_prefix(static_cast<std::size_t>(written));
        }
        return true;
    }
    bool sync() const { return descriptor_ >= 0 && ::fsync(descriptor_) == 0; }
    bool is_open() const noexcept { return descriptor_ >= 0; }

private:
    int descriptor_;
};

Error not_written() {
    return source_broken("the style cannot be written into the workspace",
                         std::generic_category().message(errno));
}

}  // namespace

Result<void> StyleWriter::write(const std::string& id, std::string_view text) const {
    const auto folder = workspace_ / "styles";
    std::error_code failed;
    std::filesystem::create_directories(folder, failed);
    if (failed) return source_broken("the workspace takes no styles", failed.message());
    // A hidden name: whoever looks for styles meanwhile passes it over.
    const auto aside = folder / ("." + id + ".json.new");
    std::filesystem::remove(aside, failed);
    {
        const OpenFile file(aside, O_WRONLY | O_CREAT | O_EXCL);
        if (!file.is_open() || !file.write(text) || !file.sync()) return not_written();
    }
    std::filesystem::rename(aside, file_of(id), failed);
    if (failed) return source_broken("the style cannot be written", failed.message());
    if (!OpenFile(folder, O_RDONLY | O_DIRECTORY).sync()) return not_written();
    return {};
}

Result<bool> StyleWriter::put(std::string_view id,
                              std::string_view text,
                              const StyleAuthor& author) {
    const auto style = read_served_style(id, text);
    if (!style) return style.error();
    const std::lock_guard one(writing_);
    const bool is_new = shelf_.current()->find(id) == nullptr;
    if (auto written = write(style->id, text); !written) return written.error();
    audit("style-put", style->id, author);
    shelf_.look();
    return is_new;
}

Result<void> StyleWriter::remove(std::string_view id, const StyleAuthor& author) {
    const std::lock_guard one(writing_);
    const StylePointer style = shelf_.current()->find(id);
    const Error none =
        not_found("the workspace has no style \"" + std::string(id.substr(0, 100)) + "\"");
    if (!style) return none;
    if (style->shipped)
        return Error{Fault::conflict,
                     "style \"" + style->id + "\" came with the program and is not removed"};
    std::error_code failed;
    if (!std::filesystem::remove(file_of(style->id), failed)) {
        if (failed) return source_broken("the style cannot be removed", failed.message());
        return none;
    }
    audit("style-delete", style->id, author);
    shelf_.look();
    return {};
}

void StyleWriter::audit(const char* action,
                        const std::string& id,
                        const StyleAuthor& author) const {
    auto log = access::AuditLog::open(workspace_);
    const auto done = log ? log->append({.actor = author.token,
                                         .role = std::string(name_of(role_names, author.role)),
                                         .action = action,
                                         .object = id},
                                        present_moment())
                          : Result<void>(log.error());
    if (done) return;
    // The deed is done already: that the log has no entry of it is told, and nothing undone.
    log_.write(ops::Level::error,
               "audit",
               {{"action", action}, {"object", id}, {"reason", done.error().what}});
}

}  // namespace relief::service
