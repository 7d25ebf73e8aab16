#pragma once
// All layers at one moment, frozen; a change makes a new one.

#include "tiler/workspace/layer.hpp"

#include <memory>
#include <string>
#include <vector>

namespace relief::workspace {

/// Something that could not be served, and why: shown in /layers?problems=1, the log and the
/// viewer.
struct Problem {
    std::string subject;  ///< file name without its folder, or layer id
    std::string reason;   ///< plain words, no path
    bool operator==(const Problem&) const = default;
};

class Catalogue {
public:
    Catalogue() = default;
    /// Layers in any order; of two with one name the first wins and the second becomes a problem.
    Catalogue(std::vector<std::shared_ptr<const Layer>> layers, std::vector<Problem> problems);

    /// Null when there is none, or when the audience may not see it: the two look the same.
    std::shared_ptr<const Layer> find(std::string_view name, const Audience& audience) const;
    /// Sorted by name; only those that the audience may see.
    std::vector<std::shared_ptr<const Layer>> layers(const Audience& audience) const;
    const std::vector<Problem>& problems() const noexcept { return problems_; }
    /// Fingerprint of all that is inside: for ETags of lists.
    const Version& version() const noexcept { return version_; }

private:
    std::vector<std::shared_ptr<const Layer>> layers_;
    std::vector<Problem> problems_;
    Version version_;
};

}  // namespace relief::workspace
