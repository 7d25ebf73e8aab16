#pragma once
// Projectors kept for the next who needs the same: making one asks PROJ's database for
// milliseconds.

#include "tiler/geo/projector.hpp"

#include <cstddef>
#include <list>
#include <mutex>
#include <optional>
#include <string>

namespace relief::geo {

/// Any thread; what it lends belongs to one thread at a time. Must outlive what it lends.
class ProjectorPool {
public:
    /// A projector that returns to its pool, when it has one, as it goes.
    class Lease {
    public:
        Lease(Lease&& other) noexcept;
        Lease& operator=(Lease&&) = delete;
        Lease(const Lease&) = delete;
        Lease& operator=(const Lease&) = delete;
        ~Lease();

        const Projector& operator*() const noexcept { return *projector_; }
        const Projector* operator->() const noexcept { return &*projector_; }

    private:
        friend class ProjectorPool;
        Lease(ProjectorPool* pool, std::string key, Projector projector);

        ProjectorPool* pool_;
        std::string key_;
        std::optional<Projector> projector_;  ///< none: moved away
    };

    /// Names of reference systems, as of Projector::make.
    struct Way {
        std::string from;
        std::string to;
    };
    /// Of no pool (null) it is made anew. Errors: as Projector::make.
    static Result<Lease> borrow(ProjectorPool* pool, const Way& way);

private:
    static constexpr std::size_t most_idle = 64;  ///< about 100 kB each

    struct Idle {
        std::string key;
        Projector projector;
    };
    std::optional<Projector> take(const std::string& key);
    void give_back(std::string key, Projector projector);

    std::mutex mutex_;
    std::list<Idle> idle_;  ///< most recently used first
};

}  // namespace relief::geo
