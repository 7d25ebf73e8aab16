#include "tiler/atlas/feature_source.hpp"

#include "tiler/atlas/cluster.hpp"
#include "tiler/atlas/world_feature_view.hpp"
#include "tiler/decode/mvt_reader.hpp"
#include "tiler/expression/json_document.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <string_view>
#include <utility>

namespace relief::atlas {
namespace {

constexpr std::size_t most_geojson_bytes = std::size_t{512} << 20U;

GeoJsonWish wish_of(const stylesheet::Source& source) {
    GeoJsonWish wish;
    wish.number_features = source.generate_id;
    wish.id_property = source.promote_id;
    return wish;
}

ClusterRule rule_of(const stylesheet::Source& source) {
    const double deepest = std::max(source.cluster_maxzoom.value_or(source.maxzoom - 1), 0.0);
    return {source.cluster_radius,
            static_cast<std::uint32_t>(std::min(deepest, 24.0)),
            source.cluster_least_points,
            source.rules->cluster_properties};
}

/// Leaves the features that the source wants. It knows no view: zoom is unknown to its filter.
void keep_wanted(WorldFeatures& features, const expression::Expression& filter) {
    WorldFeatureView view(features);
    expression::Scratch scratch;
    expression::Evaluation with;
    with.scratch = &scratch;
    with.feature = &view;
    std::erase_if(features.features, [&](const WorldFeature& feature) {
        scratch.clear();
        view.look_at(feature);
        return !filter.evaluate(with).as_boolean();
    });
}

/// Errors: bad_request where the document may not be read, whatever is in it.
Result<WorldFeatures> read_geojson(const stylesheet::Source& source, const Access& access) {
    if (source.document) return world_features(*source.document, wish_of(source));
    const auto bytes = read_address(source.document_url, access, most_geojson_bytes);
    if (!bytes) return bytes.error();
    const auto json = expression::parse_json(
        {reinterpret_cast<const char*>(bytes->data()), bytes->size()}, {most_geojson_bytes, 64});
    if (!json) return json.error();
    return world_features(*json, wish_of(source));
}

/// What a dash, a gradient or a word along a line is like depends on where the line begins, and
/// where an area's word stands on all of the area; and geometry may be asked for as it is.
bool cuts_freely(const stylesheet::Layer& layer) {
    using stylesheet::LayerType;
    if (layer.type == LayerType::symbol) return false;
    for (const char* const along : {"line-dasharray", "line-gradient", "line-pattern"})
        if (std::find(layer.stated.begin(), layer.stated.end(), along) != layer.stated.end())
            return false;
    const auto reads_geometry = [](const expression::Expression& one) {
        return (one.reads() & expression::reads_geometry) != 0;
    };
    if (layer.filter && reads_geometry(*layer.filter)) return false;
    return std::none_of(layer.properties.begin(), layer.properties.end(), [&](const auto& one) {
        return reads_geometry(one.second.stated());
    });
}

/// What of the tile may show in the picture, `margin` pixels around it counted, on a coarse grid:
/// layers that reach differently far look at the same.
TileWindow window_of(const symbology::ViewFrame& frame,
                     const symbology::TileSquare& square,
                     double margin) {
    constexpr double least_margin = 8;  // strokes of usual widths
    constexpr std::int32_t step = 128;  // of 4,096: 16 style pixels of a tile's 512
    const auto& view = frame.view();
    const auto around = static_cast<float>(std::max(margin, least_margin * view.ratio) + 1);
    const auto right = static_cast<float>(view.size.width) + around;
    const auto bottom = static_cast<float>(view.size.height) + around;
    const double tiles = std::exp2(static_cast<double>(square.tile.zoom()));
    double west = tile_extent;
    double north = tile_extent;
    double east = 0;
    double south = 0;
    for (const canvas::Point corner : {canvas::Point{-around, -around},
                                       canvas::Point{right, -around},
                                       canvas::Point{right, bottom},
                                       canvas::Point{-around, bottom}}) {
        const auto place = frame.place_of(corner);
        const double x = ((place.x - square.world) * tiles - square.tile.column()) * tile_extent;
        const double y = (place.y * tiles - square.tile.row()) * tile_extent;
        west = std::min(west, x);
        north = std::min(north, y);
        east = std::max(east, x);
        south = std::max(south, y);
    }
    constexpr TileWindow whole{};
    const auto edge = [&](double at, bool up) {
        const double steps = up ? std::ceil(at / step) : std::floor(at / step);
        const double held = std::clamp(steps * step, double{whole.left}, double{whole.right});
        return static_cast<std::int32_t>(held);
    };
    return {edge(west, false), edge(north, false), edge(east, true), edge(south, true)};
}

std::shared_ptr<const FeatureTile> shared(FeatureTile tile) {
    return std::make_shared<const FeatureTile>(std::move(tile));
}

}  // namespace

Result<FeatureSource> FeatureSource::open(const std::string& name,
                                          const stylesheet::Source& stated,
                                          const Access& access,
                                          Warnings& warnings) {
    if (stated.type == stylesheet::SourceType::geojson) {
        FeatureSource source(PlainSource{name, stated, {}, {}, access});
        auto features = read_geojson(stated, access);
        if (!features) warnings.push_back(warning_of(name, features.error()));
        source.geojson_ = features ? std::move(*features) : WorldFeatures{};
        if (stated.rules->filter) keep_wanted(*source.geojson_, *stated.rules->filter);
        source.deepest_ = static_cast<std::uint32_t>(stated.maxzoom);
        if (!stated.cluster) return source;
        auto clusters = clustered(*source.geojson_, rule_of(stated));
        if (!clusters) warnings.push_back(warning_of(name, clusters.error()));
        if (clusters) source.clusters_ = std::move(*clusters);
        return source;
    }
    auto plain = plain_source(name, stated, access);
    if (!plain) return plain.error();
    FeatureSource source(std::move(*plain));
    source.deepest_ = static_cast<std::uint32_t>(source.source_.stated.maxzoom);
    return source;
}

symbology::TileLevels FeatureSource::levels() const {
    return {.lowest = static_cast<std::uint32_t>(source_.stated.minzoom),
            .deepest = deepest_,
            .side = 512};
}

std::vector<symbology::FeaturePiece> FeatureSource::pieces(const Wish& wish, Warnings& warnings) {
    std::vector<symbology::FeaturePiece> pieces;
    // One layer of the house is the source, whatever the style calls it within.
    const auto* const house = house_layer(source_);
    const bool any_layer = geojson_ || (house != nullptr && parts_of(house->layer).size() == 1);
    const bool windows = house != nullptr && cuts_freely(wish.layer);
    for (const auto& square : tiles_of(source_, {wish.frame, levels(), wish.margin}, warnings)) {
        const TileWindow window =
            windows ? window_of(wish.frame, square, wish.margin) : TileWindow{};
        const bool labels = house != nullptr && wish.layer.type == stylesheet::LayerType::symbol;
        for (const auto& layer : tile({square.tile, window, labels}, warnings))
            if ((any_layer || layer->name == wish.layer.source_layer) && !layer->features.empty())
                pieces.push_back({layer, square, source_.stated.line_metrics});
    }
    return pieces;
}

std::size_t FeatureSource::PartHash::operator()(const Part& part) const noexcept {
    const TileWindow& window = part.window;
    std::size_t hash = std::hash<TileId>{}(part.tile) + (part.labels ? 1 : 0);
    for (const std::int32_t edge : {window.left, window.top, window.right, window.bottom})
        hash = hash * 31 + static_cast<std::size_t>(edge + tile_buffer);
    return hash;
}

const FeatureSource::Tile& FeatureSource::tile(const Part& part, Warnings& warnings) {
    // Symbols, which ask for labels, are looked at first: what was read for them serves all.
    for (const bool labels : {true, part.labels})
        if (const auto known = tiles_.find({part.tile, part.window, labels}); known != tiles_.end())
            return known->second;
    auto made = read(part);
    if (!made && made.error().fault != Fault::not_found)
        warnings.push_back(warning_of(source_.name, made.error()));
    return tiles_.emplace(part, made ? std::move(*made) : Tile{}).first->second;
}

Result<FeatureSource::Tile> FeatureSource::read(const Part& part) const {
    const TileId& id = part.tile;
    Tile tile;
    if (geojson_) {
        const stylesheet::Source& stated = source_.stated;
        const bool finest = id.zoom() >= deepest_;
        const WorldFeatures& world =
            id.zoom() < clusters_.size() ? clusters_[id.zoom()] : *geojson_;
        tile.push_back(shared(geojson_tile(
            world, id, {stated.buffer, finest ? 0 : stated.tolerance, stated.line_metrics})));
        return tile;
    }
    if (const auto* const house = house_layer(source_)) {
        for (const std::string_view layer : parts_of(house->layer)) {
            auto features = source_.access.layers->features(
                std::string(layer),
                {id, part.window, house->words, part.labels, source_.access.attributes});
            if (!features) return features.error();
            tile.push_back(shared(std::move(*features)));
        }
        return tile;
    }
    const auto bytes = read_tile(source_, id, 1);
    if (!bytes) return bytes.error();
    auto layers = decode::decode_mvt(*bytes);
    if (!layers) return layers.error();
    for (FeatureTile& layer : *layers) tile.push_back(shared(std::move(layer)));
    return tile;
}

}  // namespace relief::atlas
