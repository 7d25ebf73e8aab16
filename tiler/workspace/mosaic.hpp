#pragma once
// The scenes of one layer, in order, and which of them a place shows.

#include "tiler/core/instant.hpp"
#include "tiler/core/pick.hpp"
#include "tiler/core/version.hpp"
#include "tiler/geo/box_tree.hpp"
#include "tiler/workspace/scene.hpp"
#include "tiler/workspace/time_choice.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace relief::workspace {

/// The whole mosaic at a coarse resolution, in EPSG:3857: what low zooms are drawn from.
struct Pyramid {
    std::string file;  ///< absolute path; empty: none
    Version version;
    double cell = 0;  ///< metres of EPSG:3857
    int bands = 0;    ///< the first ones; scenes with fewer are not in it
};

struct MosaicParts {
    std::vector<Scene> scenes;  ///< in any order
    SceneOrder order = SceneOrder::newest;
    std::string folder;  ///< absolute; a scene's file is its version and ".tif"
    Pyramid pyramid;
    std::size_t depth = 1;  ///< most scenes over one place
};

/// Which scenes are looked at, and what is made of them.
struct MosaicChoice {
    Pick pick = Pick::first;
    /// Scenes whose time shares an instant with it; none: of every time. Its end may lie before its
    /// begin: then those that hold what lies between, ends included.
    std::optional<InstantRange> span;
    bool operator==(const MosaicChoice&) const = default;
};

/// Frozen; shared by all threads.
class Mosaic {
public:
    explicit Mosaic(MosaicParts parts);

    /// In the mosaic's order: what comes first covers what comes later.
    const std::vector<Scene>& scenes() const noexcept { return parts_.scenes; }
    SceneOrder order() const noexcept { return parts_.order; }
    const Pyramid& pyramid() const noexcept { return parts_.pyramid; }
    /// The overview shows every scene that has band number `band`, and has it itself.
    bool pyramid_suffices(int band) const noexcept {
        return least_band_ <= band && band <= parts_.pyramid.bands;
    }
    std::size_t depth() const noexcept { return parts_.depth; }
    std::string file_of(const Scene& scene) const;

    /// Of all versions, times and their order, and of the pyramid.
    const Version& version() const noexcept { return version_; }
    /// First and last; none when no scene has a time.
    const std::optional<InstantRange>& extent() const noexcept { return extent_; }
    /// The same of the scenes that are chosen.
    std::optional<InstantRange> extent_in(const MosaicChoice& choice) const;

    /// Indices into scenes() of those whose footprint touches the box (degrees, may reach beyond
    /// ±180), as they are picked. A mosaic without any time shows the same at every time; in one
    /// with times, a scene without is at none.
    std::vector<std::uint32_t> touching(const geo::PlaneBox& box, const MosaicChoice& choice) const;
    bool any_in(const MosaicChoice& choice) const;

private:
    bool in_span(const Scene& scene, const MosaicChoice& choice) const noexcept;

    MosaicParts parts_;
    std::optional<InstantRange> extent_;
    int least_band_ = 1;  ///< those below it are in scenes that the overview lacks
    Version version_;
    geo::BoxTree tree_;
};

/// The span of scenes that a text about time means: what the interval holds; of `nearest` the
/// moment of the scene that is closest; with a maximum age what is not further away. None: of every
/// time.
std::optional<InstantRange> span_of(const Mosaic& mosaic, const TimeChoice& time, Instant now);

/// True when the choice shows what the pyramid does.
bool is_default(const Mosaic& mosaic, const MosaicChoice& choice) noexcept;

/// Most scenes over one place, looked for in the middle of at most a thousand of them.
std::size_t depth_of(const Mosaic& mosaic);

}  // namespace relief::workspace
