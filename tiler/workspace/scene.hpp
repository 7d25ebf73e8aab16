#pragma once
// One scene of a mosaic: as little as choosing it and reading it needs, for there are thousands.

#include "tiler/core/instant.hpp"
#include "tiler/core/raster_description.hpp"
#include "tiler/core/version.hpp"
#include "tiler/geo/footprint.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace relief::workspace {

/// About 400 bytes with a footprint of a dozen corners.
struct Scene {
    std::string name;  ///< of the file or the STAC item; letters, digits and "._-" only
    Version version;   ///< sha-256 of its file
    std::optional<InstantRange> time;   ///< as of an observation
    std::optional<std::int32_t> cloud;  ///< covered share, hundredths of a percent
    std::int32_t priority = 0;          ///< larger comes first
    std::uint32_t minimum_zoom = 0;
    std::uint32_t maximum_zoom = 0;
    geo::Footprint footprint;
    /// Bands, palette and kind, shared by all scenes that agree in them; no statistics, no
    /// geometry.
    std::shared_ptr<const RasterDescription> form;
};

/// The description without what belongs to one scene alone.
RasterDescription form_of(const RasterDescription& raster);

/// A name as the outside gives it, made one that addresses, headers and logs can carry: other
/// characters become "-", 100 at most, never empty.
std::string scene_name_of(std::string_view text);

}  // namespace relief::workspace
