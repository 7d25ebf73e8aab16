#pragma once
// Scenes that could not be read when somebody looked: for /layers?problems=1 and the log.

#include "tiler/pipeline/read_cells.hpp"
#include "tiler/workspace/catalogue.hpp"

#include <chrono>
#include <map>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace relief::service {

/// Any thread. At most a thousand are kept, each for an hour after it was last met.
class SceneProblems {
public:
    /// True when it was not known.
    bool note(const workspace::Layer& layer, const pipeline::SkippedScene& scene);

    /// Those of layers that are still there.
    std::vector<workspace::Problem> of(const workspace::Catalogue& catalogue) const;

private:
    struct Entry {
        workspace::Problem problem;
        std::chrono::steady_clock::time_point met;
    };
    using Key = std::pair<std::string, std::string>;  ///< layer, version of the scene

    mutable std::mutex mutex_;
    std::map<Key, Entry> entries_;
};

}  // namespace relief::service
