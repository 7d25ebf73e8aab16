#include "server/cache/disk_index.hpp"

#include <algorithm>
#include <iterator>

namespace relief::cache {
namespace {

constexpr std::size_t block = 4096;

}  // namespace

DiskIndex::DiskIndex(std::size_t capacity) : capacity_(capacity) {}

std::size_t DiskIndex::charge(std::size_t file_size) noexcept {
    return (file_size + block - 1) / block * block;
}

DiskIndex::Moment DiskIndex::now() const {
    const std::scoped_lock lock(mutex_);
    return moment_;
}

void DiskIndex::touch(const EntryName& name) {
    const std::scoped_lock lock(mutex_);
    const auto place = places_.find(name);
    if (place != places_.end()) items_.splice(items_.begin(), items_, place->second);
}

void DiskIndex::forget(const EntryName& name, Moment moment) {
    const std::scoped_lock lock(mutex_);
    const auto place = places_.find(name);
    if (place != places_.end() && place->second->put <= moment) erase(place->second);
}

std::vector<EntryName> DiskIndex::make_room(std::size_t bytes) {
    const std::scoped_lock lock(mutex_);
    std::vector<EntryName> leaving;
    while (!items_.empty() && bytes_ + reserved_ + bytes > capacity_) {
        const auto last = std::prev(items_.end());
        leaving.push_back(last->name);
        erase(last);
        ++evictions_;
    }
    reserved_ += bytes;
    return leaving;
}

void DiskIndex::put(const EntryName& name, std::size_t bytes) {
    const std::scoped_lock lock(mutex_);
    const auto place = places_.find(name);
    if (place != places_.end()) erase(place->second);
    items_.push_front({.name = name, .bytes = bytes, .put = ++moment_, .listing = 0});
    places_[name] = items_.begin();
    bytes_ += bytes;
    reserved_ -= bytes;
}

void DiskIndex::cancel(std::size_t bytes) {
    const std::scoped_lock lock(mutex_);
    reserved_ -= bytes;
}

void DiskIndex::merge(std::vector<DiskFolder::Listed> listed, Moment begun) {
    std::sort(listed.begin(), listed.end(), [](const auto& one, const auto& other) {
        return one.used > other.used;
    });
    const std::scoped_lock lock(mutex_);
    ++listing_;
    for (const auto& file : listed) {
        const auto [place, unknown] = places_.try_emplace(file.name);
        if (unknown) {
            const std::size_t bytes = charge(file.bytes);
            place->second = items_.insert(items_.end(), {.name = file.name, .bytes = bytes});
            bytes_ += bytes;
        }
        place->second->listing = listing_;
    }
    for (auto item = items_.begin(); item != items_.end();) {
        const auto next = std::next(item);
        if (item->listing != listing_ && item->put <= begun) erase(item);
        item = next;
    }
}

DiskIndex::Use DiskIndex::use() const {
    const std::scoped_lock lock(mutex_);
    return {.bytes = bytes_ + reserved_, .entries = items_.size(), .evictions = evictions_};
}

void DiskIndex::erase(Items::iterator item) {
    bytes_ -= item->bytes;
    places_.erase(item->name);
    items_.erase(item);
}

}  // namespace relief::cache
