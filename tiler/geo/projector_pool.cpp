#include "tiler/geo/projector_pool.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace relief::geo {

ProjectorPool::Lease::Lease(ProjectorPool* pool, std::string key, Projector projector)
    : pool_(pool), key_(std::move(key)), projector_(std::move(projector)) {}

ProjectorPool::Lease::Lease(Lease&& other) noexcept
    : pool_(other.pool_),
      key_(std::move(other.key_)),
      projector_(std::exchange(other.projector_, std::nullopt)) {}

ProjectorPool::Lease::~Lease() {
    if (pool_ != nullptr && projector_) pool_->give_back(std::move(key_), std::move(*projector_));
}

Result<ProjectorPool::Lease> ProjectorPool::borrow(ProjectorPool* pool, const Way& way) {
    // No name of a reference system holds a line break that could make two pairs one.
    std::string key = way.from + '\n' + way.to;
    if (pool != nullptr) {
        if (auto idle = pool->take(key)) return Lease(pool, std::move(key), *std::move(idle));
    }
    auto made = Projector::make(way.from, way.to);
    if (!made) return made.error();
    return Lease(pool, std::move(key), *std::move(made));
}

std::optional<Projector> ProjectorPool::take(const std::string& key) {
    const std::lock_guard lock(mutex_);
    const auto found =
        std::find_if(idle_.begin(), idle_.end(), [&](const Idle& one) { return one.key == key; });
    if (found == idle_.end()) return std::nullopt;
    std::optional<Projector> projector(std::move(found->projector));
    idle_.erase(found);
    return projector;
}

void ProjectorPool::give_back(std::string key, Projector projector) {
    std::list<Idle> gone;  // closed outside the lock
    const std::lock_guard lock(mutex_);
    idle_.push_front({std::move(key), std::move(projector)});
    if (idle_.size() > most_idle) gone.splice(gone.begin(), idle_, std::prev(idle_.end()));
}

}  // namespace relief::geo
