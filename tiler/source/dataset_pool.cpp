#include "tiler/source/dataset_pool.hpp"

#include <utility>

namespace relief::source {

DatasetPool::Lease::~Lease() {
    if (raster_) pool_->give_back(std::move(key_), std::move(raster_));
}

Result<DatasetPool::Lease> DatasetPool::borrow(const SourceFile& file, const Deadline& deadline) {
    std::string key = file.version.text + '\n' + file.name;
    {
        const std::lock_guard lock(mutex_);
        if (const auto found = by_key_.find(key); found != by_key_.end()) {
            std::unique_ptr<OpenRaster> raster = std::move(found->second->raster);
            idle_.erase(found->second);
            by_key_.erase(found);
            ++lent_;
            if (RemoteFile* remote = raster->remote()) remote->set_deadline(deadline);
            return Lease(*this, std::move(key), std::move(raster));
        }
    }
    auto raster = OpenRaster::open(file, &projectors_, deadline, &remote_memory_);
    if (!raster) return raster.error();
    {
        const std::lock_guard lock(mutex_);
        ++lent_;
    }
    return Lease(*this, std::move(key), std::move(*raster));
}

void DatasetPool::give_back(std::string key, std::unique_ptr<OpenRaster> raster) {
    std::unique_ptr<OpenRaster>
        closing;  // closed after the lock is released: closing may touch the disk
    const std::lock_guard lock(mutex_);
    --lent_;
    if (raster->is_spoiled()) {
        closing = std::move(raster);
        return;
    }
    // The deadline may ask something that goes with its request.
    if (RemoteFile* remote = raster->remote()) {
        remote->set_deadline({});
        remote->drop_fetched();
    }
    idle_.push_front({key, std::move(raster)});
    by_key_.emplace(std::move(key), idle_.begin());
    if (idle_.size() <= limit_) return;
    const auto oldest = std::prev(idle_.end());
    const auto [first, last] = by_key_.equal_range(oldest->key);
    for (auto entry = first; entry != last; ++entry) {
        if (entry->second != oldest) continue;
        by_key_.erase(entry);
        break;
    }
    closing = std::move(oldest->raster);
    idle_.pop_back();
}

std::size_t DatasetPool::open_files() const {
    const std::lock_guard lock(mutex_);
    return idle_.size() + lent_;
}

}  // namespace relief::source
