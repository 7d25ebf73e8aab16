#pragma once
// Whose pages may read answers; can be changed while answers are given.

#include "server/http/finish.hpp"

#include <memory>
#include <mutex>
#include <utility>

namespace relief::http {

/// For any thread.
class OriginList {
public:
    explicit OriginList(Origins origins) { change(std::move(origins)); }

    void change(Origins origins) {
        auto fresh = std::make_shared<const Origins>(std::move(origins));
        const std::lock_guard lock(mutex_);
        origins_ = std::move(fresh);
    }
    std::shared_ptr<const Origins> current() const {
        const std::lock_guard lock(mutex_);
        return origins_;
    }

private:
    mutable std::mutex mutex_;
    std::shared_ptr<const Origins> origins_;
};

}  // namespace relief::http
