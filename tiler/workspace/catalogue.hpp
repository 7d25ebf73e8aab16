#pragma once
// All layers at one moment, frozen; a change makes a new one.

#include "tiler/workspace/layer.hpp"

#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace relief::workspace {

/// Something that could not be served, and why: shown in /layers?problems=1, the log and the
/// viewer.
struct Problem {
    std::string subject;                         ///< file name without its folder, or layer id
    std::string reason;                          ///< plain words, no path
    Sensitivity sensitivity = Sensitivity::low;  ///< of what it speaks of; who may hear it
    bool operator==(const Problem&) const = default;
};

/// Fingerprint of all that is said and shown of a layer.
Version version_of(const Layer& layer);

using LayerNames = std::set<std::string, std::less<>>;

/// A layer that changes all the time and that different askers see differently.
class LiveLayer {
public:
    virtual ~LiveLayer() = default;
    virtual const LayerName& name() const = 0;
    /// As it is now for that audience; null: there is nothing. For any thread.
    virtual std::shared_ptr<const Layer> seen_by(const Audience& audience) const = 0;
    /// Whether that audience's lists name it.
    virtual bool is_listed(const Audience& audience) const = 0;

protected:
    LiveLayer() = default;
    LiveLayer(const LiveLayer&) = default;
    LiveLayer& operator=(const LiveLayer&) = default;
    LiveLayer(LiveLayer&&) = default;
    LiveLayer& operator=(LiveLayer&&) = default;
};
using LiveLayerPointer = std::shared_ptr<const LiveLayer>;

class Catalogue {
public:
    Catalogue() = default;
    /// Layers in any order; of two with one name the first wins and the second becomes a problem.
    /// The name of the live one is reserved for it.
    Catalogue(std::vector<std::shared_ptr<const Layer>> layers,
              std::vector<Problem> problems,
              LiveLayerPointer live = nullptr);

    /// Null when there is none, or when the audience may not see it: the two look the same.
    std::shared_ptr<const Layer> find(std::string_view name, const Audience& audience) const;
    /// Whoever asks: for the log and for problems, which have a level of their own.
    bool has(std::string_view name) const;
    /// Sorted by name; only those that the audience may see.
    std::vector<std::shared_ptr<const Layer>> layers(const Audience& audience) const;
    /// All but the layers of these names, and what there is to say of them.
    std::shared_ptr<const Catalogue> without(const LayerNames& names) const;
    /// All of them: for the log.
    const std::vector<Problem>& problems() const noexcept { return problems_; }
    /// Those that the audience may hear of.
    std::vector<Problem> problems(const Audience& audience) const;
    /// Fingerprint of all that is inside but the live layer: tells one catalogue from the next.
    const Version& version() const noexcept { return version_; }
    /// Fingerprint of what the audience may see, for ETags of lists: a change of a hidden layer
    /// must not show.
    Version version(const Audience& audience) const;

private:
    bool is_live(std::string_view name) const;

    std::vector<std::shared_ptr<const Layer>> layers_;
    LiveLayerPointer live_;
    std::vector<Problem> problems_;
    Version version_;
};

}  // namespace relief::workspace
