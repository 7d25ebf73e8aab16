#include "server/service/scene_problems.hpp"

#include <algorithm>

namespace relief::service {
namespace {

constexpr std::size_t most = 1000;
constexpr std::chrono::hours memory{1};

}  // namespace

bool SceneProblems::note(const workspace::Layer& layer, const pipeline::SkippedScene& scene) {
    const auto now = std::chrono::steady_clock::now();
    const std::lock_guard lock(mutex_);
    const auto [entry, is_new] = entries_.try_emplace(Key{layer.name.text(), scene.version.text});
    entry->second.met = now;
    if (!is_new) return false;
    entry->second.problem = {layer.name.text(),
                             "scene " + scene.name + " is left out: " +
                                 (scene.reason ? scene.reason->what : std::string()),
                             layer.sensitivity};
    if (entries_.size() <= most) return true;
    const auto oldest =
        std::min_element(entries_.begin(), entries_.end(), [](const auto& a, const auto& b) {
            return a.second.met < b.second.met;
        });
    entries_.erase(oldest);
    return true;
}

std::vector<workspace::Problem> SceneProblems::of(const workspace::Catalogue& catalogue) const {
    const auto now = std::chrono::steady_clock::now();
    std::vector<workspace::Problem> problems;
    const std::lock_guard lock(mutex_);
    for (const auto& [key, entry] : entries_) {
        const bool there = catalogue.has(key.first);
        if (there && now - entry.met < memory) problems.push_back(entry.problem);
    }
    return problems;
}

}  // namespace relief::service
