#pragma once
// The files of the cache: 16 × 16 folders by the first two digits of the entry's name.

#include "server/cache/descriptor.hpp"
#include "server/cache/disk_entry.hpp"
#include "tiler/core/bytes.hpp"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <system_error>
#include <vector>

namespace relief::cache {

/// Below the root no link is followed, neither to read nor to write nor to delete.
class DiskFolder {
public:
    explicit DiskFolder(std::filesystem::path root);

    /// Makes the root if need be, and a file in it to see that this works.
    std::error_code prepare();

    struct Content {
        enum class State : std::uint8_t {
            absent,      ///< there is no such file
            foreign,     ///< something that this cache never writes: a link, a folder, a pipe …
            unreadable,  ///< the machine refused; the file may be good
            read,
        };
        State state = State::absent;
        Bytes bytes{};
    };
    /// Notes the use in the file's time, coarsely: other processes and the next start see it.
    Content read(const EntryName& name) const;

    /// Whole or not at all: written under another name, then renamed.
    std::error_code write(const EntryName& name, const Bytes& bytes);
    void remove(const EntryName& name) const;

    struct Listed {
        EntryName name;
        std::size_t bytes = 0;
        std::int64_t used = 0;  ///< seconds since 1970
    };
    /// Every entry, in no order; files of others are passed over, torn writes of the past deleted.
    /// Errors: nothing when stopped.
    std::optional<std::vector<Listed>> list(const std::stop_token& stop) const;

private:
    enum class Missing : std::uint8_t { fail, make };
    Descriptor open_leaf(unsigned leaf, Missing missing) const;
    void list_leaf(unsigned leaf, std::vector<Listed>& listed) const;
    std::string name_aside();

    std::filesystem::path root_;
    std::string mark_;  ///< of this object, among all processes that share the folder
    std::atomic<std::uint64_t> written_{0};
};

}  // namespace relief::cache
