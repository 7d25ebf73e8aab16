#include "server/command/stored_house.hpp"

#include "server/command/remote_layer.hpp"
#include "tiler/ingest/place_geometry.hpp"
#include "tiler/source/gdal_runtime.hpp"

#include <filesystem>
#include <utility>

namespace relief::command {
namespace {

/// A configuration that cannot be read is told when a layer is asked for.
std::size_t block_bytes(const Context& context) {
    const auto configuration = configuration_of(context);
    return (configuration ? configuration->memory : workspace::Configuration{}.memory) / 2;
}

std::optional<text::Fonts> fonts_there() {
    auto fonts = text::Fonts::open();
    return fonts ? std::optional(std::move(*fonts)) : std::nullopt;
}

}  // namespace

StoredHouse::StoredHouse(const Context& context)
    : context_(context),
      reader_({.block_bytes = block_bytes(context)}),
      fonts_(fonts_there()),
      sources_(64, ingest::made_valid),
      sprites_({std::filesystem::path(context.workspace) / "styles" / "icons"}),
      house_({{reader_, empty_images_, fonts()}, sources_, {}, &sprites_},
             [this](const std::string& id) { return find(id); }) {}

Result<service::ServedHouse::LayerPointer> StoredHouse::find(const std::string& id) {
    const auto known = layers_.find(id);
    if (known != layers_.end()) return known->second;
    if (!stored_) {
        auto stored = stored_layers(context_);
        if (!stored) return stored.error();
        stored_ = std::move(*stored);
        source::start_gdal();
    }
    auto layer = stored_layer(*stored_, id);
    if (!layer) return layer.error();
    if (auto fresh = refresh(*layer, stored_->configuration); !fresh) return fresh.error();
    return layers_.emplace(id, std::make_shared<const workspace::Layer>(std::move(*layer)))
        .first->second;
}

}  // namespace relief::command
