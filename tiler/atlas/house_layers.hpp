#pragma once
// The layers that this house serves, as a style may ask for them.

#include "tiler/canvas/surface.hpp"
#include "tiler/core/bytes.hpp"
#include "tiler/core/features.hpp"
#include "tiler/core/result.hpp"
#include "tiler/core/tile_id.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace relief::atlas {

/// Names and values of an address's query, decoded, in order.
using LayerWords = std::vector<std::pair<std::string, std::string>>;

class HouseLayers {
public:
    HouseLayers() = default;
    HouseLayers(const HouseLayers&) = delete;
    HouseLayers& operator=(const HouseLayers&) = delete;
    HouseLayers(HouseLayers&&) = delete;
    HouseLayers& operator=(HouseLayers&&) = delete;
    virtual ~HouseLayers() = default;

    struct Facts {
        bool features = false;      ///< else a raster
        std::uint32_t deepest = 0;  ///< zoom that has more to show than those before
    };
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init): there is no TileId without numbers
    struct FeatureWish {
        TileId tile;
        TileWindow window{};  ///< what is looked at of it
        LayerWords words{};   ///< which features, as in tile addresses
        bool labels = false;  ///< areas are told with the places of their names
        /// Names of the attributes that are looked at; all when not given.
        std::optional<std::vector<std::string>> attributes{};
    };
    /// Errors: not_found naming the layer.
    virtual Result<Facts> facts(const std::string& layer) = 0;
    /// Errors: those of reading.
    virtual Result<FeatureTile> features(const std::string& layer, const FeatureWish& wish) = 0;
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init): there is no TileId without numbers
    struct PictureWish {
        TileId tile;
        int side = 256;      ///< pixels
        double ratio = 1;    ///< pixels for each style pixel
        LayerWords words{};  ///< how it is to be drawn, as in tile addresses
    };
    virtual Result<canvas::Surface> picture(const std::string& layer, const PictureWish& wish) = 0;
    /// What this house answers at a path of its styles: "/styles/incidents/sprite@2x.png".
    /// Errors: not_found where there is nothing.
    virtual Result<Bytes> file(const std::string& path) {
        return not_found("there is no file of a style at " + path.substr(0, 200));
    }
};

}  // namespace relief::atlas
