#pragma once
// Files as an export writes them: each failure in words, a new name only for what is whole.

#include "tiler/core/bytes.hpp"
#include "tiler/core/result.hpp"

#include <filesystem>
#include <string>
#include <utility>

namespace relief::archive {

/// What an errno means to the one who asked. Errors: too_large for a full disk or a used-up quota,
/// else source_broken.
Error write_failure(int number, const std::string& what);

/// An open file or folder; closed when it goes.
class Descriptor {
public:
    explicit Descriptor(int number) noexcept : number_(number) {}
    ~Descriptor();
    Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    Descriptor& operator=(Descriptor&&) = delete;
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;

    int number() const noexcept { return number_; }

private:
    int number_;
};

/// Errors: source_broken when there is none.
Result<Descriptor> open_folder(const std::filesystem::path& folder);

/// Writes a file that takes the place of one of this name. `name` is relative to the folder;
/// folders on its way are made.
Result<void> write_file(const Descriptor& folder, const std::string& name, const Bytes& bytes);

enum class Linked { done, no_more_links, not_possible };
/// Gives the file `of` a second name in the same folder, in place of a file of that name.
/// no_more_links: it has as many names as it may; not_possible: it is gone, or the file system has
/// no hard links.
Result<Linked> link_file(const Descriptor& folder, const std::string& of, const std::string& name);

/// Everything written to the folder's file system is on the disk when it returns.
Result<void> sync_file_system(const Descriptor& folder);

/// `finished` appears under its name, in the same folder, at once. What bears the name before is
/// replaced: a file; a folder, which is deleted afterwards.
Result<void> publish(const std::filesystem::path& finished, const std::filesystem::path& name);

}  // namespace relief::archive
