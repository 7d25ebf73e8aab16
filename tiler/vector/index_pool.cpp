#include "tiler/vector/index_pool.hpp"

#include <algorithm>

namespace relief::vector {

Result<std::shared_ptr<const VectorIndex>> IndexPool::open(const Place& place) {
    const std::lock_guard lock(mutex_);
    const auto found = std::find_if(open_.begin(), open_.end(), [&](const Entry& entry) {
        return entry.first == place.version.text;
    });
    if (found != open_.end() && !found->second->intact()) {
        open_.erase(found);
    } else if (found != open_.end()) {
        open_.splice(open_.begin(), open_, found);
        return found->second;
    }
    // Opening reads the directory only: quick enough to be done while others wait.
    auto index = VectorIndex::open(place.file);
    if (!index) return index.error();
    auto shared = std::make_shared<const VectorIndex>(std::move(*index));
    open_.emplace_front(place.version.text, shared);
    if (open_.size() > limit_) open_.pop_back();
    return std::shared_ptr<const VectorIndex>(std::move(shared));
}

}  // namespace relief::vector
