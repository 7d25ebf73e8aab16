#pragma once
// Which entries the folder holds, in the order of their last use, and how many bytes that makes.

#include "server/cache/disk_entry.hpp"
#include "server/cache/disk_folder.hpp"

#include <cstddef>
#include <cstdint>
#include <list>
#include <mutex>
#include <unordered_map>
#include <vector>

namespace relief::cache {

/// Some 130 bytes of memory an entry. May count a file that is gone until it is asked for, never
/// overlooks one that this process wrote. Safe in many threads.
class DiskIndex {
public:
    /// Units: bytes of whole blocks, here and below.
    explicit DiskIndex(std::size_t capacity);

    /// What a file of that size takes from the disk.
    static std::size_t charge(std::size_t file_size) noexcept;

    /// A moment in the order of changes.
    using Moment = std::uint64_t;
    Moment now() const;

    void touch(const EntryName& name);
    /// Unless it was put after `moment`.
    void forget(const EntryName& name, Moment moment);

    /// Takes out the entries used longest ago until `bytes` fit, and reserves these.
    /// The caller deletes the files before it writes its own.
    std::vector<EntryName> make_room(std::size_t bytes);
    /// What make_room() reserved has been written …
    void put(const EntryName& name, std::size_t bytes);
    /// … or has not.
    void cancel(std::size_t bytes);

    /// Takes over a listing of the folder that was begun at `begun`.
    void merge(std::vector<DiskFolder::Listed> listed, Moment begun);

    struct Use {
        std::size_t bytes = 0;
        std::size_t entries = 0;
        std::uint64_t evictions = 0;
    };
    Use use() const;

private:
    struct Item {
        EntryName name;
        std::size_t bytes = 0;
        Moment put = 0;
        std::uint64_t listing = 0;
    };
    using Items = std::list<Item>;  // the latest used first

    void erase(Items::iterator item);

    std::size_t capacity_;
    mutable std::mutex mutex_;
    Items items_;
    std::unordered_map<EntryName, Items::iterator> places_;
    std::size_t bytes_ = 0;
    std::size_t reserved_ = 0;
    Moment moment_ = 0;
    std::uint64_t listing_ = 0;
    std::uint64_t evictions_ = 0;
};

}  // namespace relief::cache
