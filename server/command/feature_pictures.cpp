#include "server/command/feature_pictures.hpp"

#include "server/route/parameters.hpp"
#include "tiler/source/gdal_runtime.hpp"

#include <algorithm>
#include <filesystem>
#include <future>
#include <iostream>
#include <string_view>
#include <utility>
#include <vector>

namespace relief::command {
namespace {

/// What a picture lacks is for who draws it; styles that are not asked for are not.
class PictureLog final : public ops::Log {
public:
    void write(ops::Level,
               std::string_view event,
               std::initializer_list<ops::Field> fields) override {
        if (event != "style-incomplete") return;
        for (const auto& [name, value] : fields)
            if (name == "what")
                std::cerr << "relief: warning: " + value.text + "; drawn without it\n";
    }
};

std::filesystem::path styles_of(const Context& context) {
    return std::filesystem::path(context.workspace) / "styles";
}

std::optional<text::Fonts> picture_fonts() {
    auto fonts = text::Fonts::open();
    return fonts ? std::optional(std::move(*fonts)) : std::nullopt;
}

/// As the server has them: neighbours are drawn together and kept for who asks next.
service::TileCaches picture_cache(std::size_t bytes) {
    service::TileCaches caches;
    caches.memory = std::make_unique<cache::MemoryCache>(bytes);
    return caches;
}

}  // namespace

FeaturePictures::FeaturePictures(const Context& context,
                                 const workspace::Configuration& configuration,
                                 workspace::Layer layer,
                                 unsigned threads)
    : layer_(std::make_shared<const workspace::Layer>(std::move(layer))),
      log_(std::make_unique<PictureLog>()),
      reader_({.block_bytes = configuration.memory / 2}),
      fonts_(picture_fonts()),
      // As many wait as draw: none is ever turned away.
      pool_(threads, std::size_t{4} * threads),
      tiles_({reader_, empty_images_, fonts_ ? &*fonts_ : nullptr},
             picture_cache(configuration.memory / 4),
             pool_,
             *log_),
      shelf_({styles_of(context)}, configuration.layers_sensitivity, *log_),
      styles_(shelf_,
              [catalogue = std::make_shared<const workspace::Catalogue>(
                   std::vector{layer_}, std::vector<workspace::Problem>{})] { return catalogue; }),
      sprites_({styles_of(context) / "icons"}),
      drawing_(tiles_,
               {tiles_.workshop(), tiles_.features(), expression_limits(configuration), &sprites_},
               fonts_ ? &*fonts_ : nullptr,
               *log_) {
    source::start_gdal();
    shelf_.look();
}

Result<service::StyleWish> FeaturePictures::wish(const PictureWish& wish) {
    const Audience operators = Audience::of(Role::admin);
    const auto form = std::find_if(wish.words.begin(), wish.words.end(), [](const auto& word) {
        return word.first == "aggregate";
    });
    const std::string aggregate = form == wish.words.end() ? std::string() : form->second;
    const auto style = styles_.of_layer({layer_, wish.style, aggregate}, operators);
    if (!style) return style.error();
    return service::StyleWish{*style, wish.format, operators, {}, {wish.words, present_moment()}};
}

Result<cache::TilePointer> FeaturePictures::draw(const service::StyleTileOrder& order) {
    const auto drawn = std::make_shared<std::promise<Result<cache::TilePointer>>>();
    auto waiting = drawn->get_future();
    drawing_.get(order,
                 [drawn](const service::TileAnswer& answer) { drawn->set_value(answer.tile); });
    return waiting.get();
}

}  // namespace relief::command
