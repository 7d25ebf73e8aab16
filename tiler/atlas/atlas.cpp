#include "tiler/atlas/atlas.hpp"

#include <utility>

namespace relief::atlas {

using stylesheet::SourceType;

Result<std::unique_ptr<Atlas>> Atlas::open(const stylesheet::StyleDocument& style,
                                           double ratio,
                                           const Access& access) {
    auto atlas = std::make_unique<Atlas>();
    atlas->given_fonts_ = access.fonts;
    Access narrowed = access;
    if (!style.keys.any()) narrowed.attributes = style.keys.names();
    atlas->sprites_.read(style, ratio, access, atlas->warnings_);
    for (const stylesheet::Layer& layer : style.layers) {
        const auto source = style.sources.find(layer.source);
        if (source == style.sources.end()) continue;
        if (auto added = atlas->add(layer.source, source->second, narrowed); !added)
            return added.error();
    }
    atlas->warnings_of_opening_ = atlas->warnings_.size();
    return atlas;
}

void Atlas::forget_tiles() {
    for (auto& [name, source] : features_) source.forget_tiles();
    for (auto& [name, source] : images_) source.forget_tiles();
    for (auto& [name, source] : heights_) source.forget_tiles();
    // Some thousand letters; languages that have more of them would fill what styles keep.
    constexpr std::size_t most_of_letters = std::size_t{4} << 20U;
    if (fonts_ && fonts_->forget_beyond(most_of_letters)) letters().forget();
    warnings_.resize(warnings_of_opening_);
}

Result<void> Atlas::add(const std::string& name,
                        const stylesheet::Source& source,
                        const Access& access) {
    if (features_.contains(name) || images_.contains(name) || heights_.contains(name)) return {};
    switch (source.type) {
        case SourceType::vector:
        case SourceType::geojson: {
            auto opened = FeatureSource::open(name, source, access, warnings_);
            if (!opened) return opened.error();
            features_.emplace(name, std::move(*opened));
            return {};
        }
        case SourceType::raster_dem: {
            auto opened = HeightSource::open(name, source, access);
            if (!opened) return opened.error();
            heights_.emplace(name, std::move(*opened));
            return {};
        }
        case SourceType::raster:
        case SourceType::image: {
            auto opened = ImageSource::open(name, source, access, warnings_);
            if (!opened) return opened.error();
            images_.emplace(name, std::move(*opened));
            return {};
        }
        case SourceType::video: break;
    }
    return bad_request("source \"" + name + "\": a video is not drawn");
}

std::vector<symbology::FeaturePiece> Atlas::features(const stylesheet::Layer& layer,
                                                     const symbology::ViewFrame& frame,
                                                     double margin) {
    const auto source = features_.find(layer.source);
    if (source == features_.end()) return {};
    return source->second.pieces({layer, frame, margin}, warnings_);
}

std::vector<symbology::ImagePiece> Atlas::images(const stylesheet::Layer& layer,
                                                 const symbology::ViewFrame& frame) {
    const auto source = images_.find(layer.source);
    if (source == images_.end()) return {};
    return source->second.pieces(frame, warnings_);
}

std::vector<symbology::HeightPiece> Atlas::heights(const stylesheet::Layer& layer,
                                                   const symbology::ViewFrame& frame) {
    const auto source = heights_.find(layer.source);
    if (source == heights_.end()) return {};
    return source->second.pieces(frame, warnings_);
}

text::OutlinedText* Atlas::fonts() {
    if (!fonts_tried_) {
        fonts_tried_ = true;
        auto fonts = given_fonts_ != nullptr ? Result(*given_fonts_) : text::Fonts::open();
        if (fonts)
            fonts_.emplace(std::move(*fonts));
        else
            warnings_.push_back("words: " + fonts.error().what);
    }
    return fonts_ ? &*fonts_ : nullptr;
}

}  // namespace relief::atlas
