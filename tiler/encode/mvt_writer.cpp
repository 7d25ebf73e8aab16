#include "tiler/encode/mvt_writer.hpp"

#include <protozero/pbf_builder.hpp>
#include <string>

namespace relief::encode {
namespace {

// Field numbers of vector_tile.proto 2.1.
enum class MvtTile : protozero::pbf_tag_type { layers = 3 };
enum class MvtLayer : protozero::pbf_tag_type {
    name = 1,
    features = 2,
    keys = 3,
    values = 4,
    extent = 5,
    version = 15,
};
enum class MvtFeature : protozero::pbf_tag_type { id = 1, tags = 2, type = 3, geometry = 4 };
enum class MvtValue : protozero::pbf_tag_type {
    text = 1,
    number = 3,
    integer = 6,  // sint64: negative numbers stay short
    boolean = 7,
};

constexpr std::uint32_t mvt_version = 2;
constexpr std::uint32_t move_to = 1;
constexpr std::uint32_t line_to = 2;
constexpr std::uint32_t close_path = 7;

constexpr std::uint32_t command(std::uint32_t id, std::uint32_t count) noexcept {
    return (id & 0x7U) | (count << 3U);
}

std::uint32_t zigzag_of(std::int32_t value) noexcept {
    return (static_cast<std::uint32_t>(value) << 1U) ^ static_cast<std::uint32_t>(value >> 31);
}

/// The commands of one feature; the cursor goes on from path to path.
class GeometryCommands {
public:
    GeometryCommands(const FeatureTile& tile, std::vector<std::uint32_t>& numbers)
        : tile_(tile), numbers_(numbers) {
        numbers_.clear();
    }

    void add(const TileFeature& feature) {
        for (std::uint32_t i = 0; i < feature.paths; ++i) {
            const TilePath& path = tile_.paths[feature.first_path + i];
            if (feature.kind == GeometryKind::point) {
                numbers_.push_back(command(move_to, path.count));
                step_all(path, 0);
                continue;
            }
            numbers_.push_back(command(move_to, 1));
            step(tile_.points[path.first]);
            numbers_.push_back(command(line_to, path.count - 1));
            step_all(path, 1);
            if (feature.kind == GeometryKind::area) numbers_.push_back(command(close_path, 1));
        }
    }

private:
    void step_all(const TilePath& path, std::uint32_t from) {
        for (std::uint32_t i = from; i < path.count; ++i) step(tile_.points[path.first + i]);
    }
    void step(const TilePoint& point) {
        numbers_.push_back(zigzag_of(point.x - cursor_.x));
        numbers_.push_back(zigzag_of(point.y - cursor_.y));
        cursor_ = point;
    }

    const FeatureTile& tile_;
    std::vector<std::uint32_t>& numbers_;
    TilePoint cursor_;
};

using LayerBuilder = protozero::pbf_builder<MvtLayer>;

struct ValueMessage {
    protozero::pbf_builder<MvtValue>& message;

    void operator()(bool value) const { message.add_bool(MvtValue::boolean, value); }
    void operator()(std::int64_t value) const { message.add_sint64(MvtValue::integer, value); }
    void operator()(double value) const { message.add_double(MvtValue::number, value); }
    void operator()(const std::string& value) const { message.add_string(MvtValue::text, value); }
};

/// UNKNOWN is 0, POINT 1, LINESTRING 2, POLYGON 3.
std::int32_t type_number(GeometryKind kind) noexcept {
    return static_cast<std::int32_t>(kind) + 1;
}

void add_features(LayerBuilder& layer, const FeatureTile& tile) {
    std::vector<std::uint32_t> numbers;
    for (const TileFeature& feature : tile.features) {
        protozero::pbf_builder<MvtFeature> message(layer, MvtLayer::features);
        message.add_uint64(MvtFeature::id, feature.id);
        const std::uint32_t* tags = tile.tags.data() + feature.first_tag;
        message.add_packed_uint32(MvtFeature::tags, tags, tags + feature.tags);
        message.add_enum(MvtFeature::type, type_number(feature.kind));
        GeometryCommands(tile, numbers).add(feature);
        message.add_packed_uint32(MvtFeature::geometry, numbers.begin(), numbers.end());
    }
}

void add_layer(protozero::pbf_builder<MvtTile>& out, const FeatureTile& tile) {
    LayerBuilder layer(out, MvtTile::layers);
    layer.add_uint32(MvtLayer::version, mvt_version);
    layer.add_string(MvtLayer::name, tile.name);
    add_features(layer, tile);
    for (const std::string& key : tile.keys) layer.add_string(MvtLayer::keys, key);
    for (const AttributeValue& value : tile.values) {
        protozero::pbf_builder<MvtValue> message(layer, MvtLayer::values);
        std::visit(ValueMessage{message}, value);
    }
    layer.add_uint32(MvtLayer::extent, static_cast<std::uint32_t>(tile_extent));
}

}  // namespace

Bytes encode_mvt(std::span<const FeatureTile> layers) {
    std::string bytes;
    protozero::pbf_builder<MvtTile> tile(bytes);
    for (const FeatureTile& layer : layers)
        if (!layer.features.empty()) add_layer(tile, layer);
    return {bytes.begin(), bytes.end()};
}

}  // namespace relief::encode
