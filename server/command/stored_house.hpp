#pragma once
// The workspace's layers, for styles that are drawn on the command line.

#include "server/command/stored_layer.hpp"
#include "server/service/served_house.hpp"
#include "tiler/encode/empty_images.hpp"
#include "tiler/pipeline/feature_sources.hpp"
#include "tiler/source/raster_reader.hpp"
#include "tiler/text/text.hpp"

#include <map>
#include <memory>
#include <optional>
#include <string>

namespace relief::command {

/// As the server gives them to styles.
class StoredHouse {
public:
    /// The workspace is read when a style first asks for a layer. The context outlives the house.
    explicit StoredHouse(const Context& context);

    atlas::HouseLayers& layers() noexcept { return house_; }
    /// Null when the machine has none.
    const text::Fonts* fonts() const noexcept { return fonts_ ? &*fonts_ : nullptr; }

private:
    Result<service::ServedHouse::LayerPointer> find(const std::string& id);

    const Context& context_;
    std::optional<Stored> stored_;
    std::map<std::string, service::ServedHouse::LayerPointer> layers_;
    source::RasterReader reader_;
    encode::EmptyImages empty_images_;
    std::optional<text::Fonts> fonts_;
    pipeline::FeatureSources sources_;
    service::SpriteService sprites_;
    service::ServedHouse house_;
};

}  // namespace relief::command
