#include "tiler/decode/mvt_reader.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <protozero/exception.hpp>
#include <protozero/pbf_reader.hpp>

namespace relief::decode {
namespace {

/// Broken or too much: caught where the tile was asked for.
struct Refusal {
    Error error;
};

[[noreturn]] void refuse(const std::string& what) {
    throw Refusal{bad_request("this is no vector tile: " + what)};
}

[[noreturn]] void refuse_size(const std::string& what, std::size_t most) {
    throw Refusal{
        {Fault::too_large, "the vector tile has more than " + std::to_string(most) + " " + what}};
}

/// A field by its number and by how it is written: one that is written otherwise than it should be
/// is none of those that are known, and is skipped.
constexpr auto text_or_part = protozero::pbf_wire_type::length_delimited;
constexpr auto whole_number = protozero::pbf_wire_type::varint;
constexpr std::uint32_t field(protozero::pbf_tag_type number, protozero::pbf_wire_type type) {
    return protozero::tag_and_type(number, type);
}

AttributeValue value_from(protozero::pbf_reader message) {
    AttributeValue value = false;
    while (message.next()) {
        switch (message.tag_and_type()) {
            case field(1, text_or_part): value = message.get_string(); break;
            case field(2, protozero::pbf_wire_type::fixed32):
                value = static_cast<double>(message.get_float());
                break;
            case field(3, protozero::pbf_wire_type::fixed64): value = message.get_double(); break;
            case field(4, whole_number): value = std::int64_t{message.get_int64()}; break;
            case field(5, whole_number): {
                const std::uint64_t whole = message.get_uint64();
                constexpr auto most =
                    static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
                if (whole <= most)
                    value = static_cast<std::int64_t>(whole);
                else
                    value = static_cast<double>(whole);
                break;
            }
            case field(6, whole_number): value = std::int64_t{message.get_sint64()}; break;
            // protozero's get_bool() reads its byte without asking whether the message has one
            // left.
            case field(7, whole_number): value = message.get_uint64() != 0; break;
            default: message.skip();
        }
    }
    return value;
}

/// What a feature says before its layer's extent and keys are all known.
struct RawFeature {
    std::uint64_t id = 0;
    std::uint64_t kind = 0;
    protozero::pbf_reader::const_uint32_iterator geometry{};
    protozero::pbf_reader::const_uint32_iterator geometry_end{};
    protozero::pbf_reader::const_uint32_iterator tags{};
    protozero::pbf_reader::const_uint32_iterator tags_end{};
};

RawFeature feature_from(protozero::pbf_reader message) {
    RawFeature feature;
    while (message.next()) {
        switch (message.tag_and_type()) {
            case field(1, whole_number): feature.id = message.get_uint64(); break;
            case field(2, text_or_part): {
                const auto tags = message.get_packed_uint32();
                feature.tags = tags.begin();
                feature.tags_end = tags.end();
                break;
            }
            case field(3, whole_number): feature.kind = message.get_uint32(); break;
            case field(4, text_or_part): {
                const auto geometry = message.get_packed_uint32();
                feature.geometry = geometry.begin();
                feature.geometry_end = geometry.end();
                break;
            }
            default: message.skip();
        }
    }
    return feature;
}

/// Of a feature's geometry, one after the other: commands and the ways between points.
struct GeometryNumbers {
    protozero::pbf_reader::const_uint32_iterator at;
    protozero::pbf_reader::const_uint32_iterator end;

    bool ended() const noexcept { return at == end; }
    std::uint32_t next() {
        if (ended()) refuse("a geometry ends within a command");
        return *at++;
    }
};

double twice_area(const TilePoint* ring, std::size_t count) noexcept {
    double sum = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const TilePoint& a = ring[i];
        const TilePoint& b = ring[i + 1 == count ? 0 : i + 1];
        sum += static_cast<double>(a.x) * b.y - static_cast<double>(b.x) * a.y;
    }
    return sum;
}

class LayerReader {
public:
    struct Room {
        std::size_t features;
        std::size_t points;
    };

    LayerReader(const MvtLimits& limits, Room& room) : limits_(limits), room_(room) {}

    FeatureTile read(protozero::pbf_reader message) {
        std::vector<protozero::data_view> features;
        std::uint32_t extent = 4096;
        while (message.next()) {
            switch (message.tag_and_type()) {
                case field(1, text_or_part): tile_.name = message.get_string(); break;
                case field(2, text_or_part): features.push_back(message.get_view()); break;
                case field(3, text_or_part): tile_.keys.push_back(message.get_string()); break;
                case field(4, text_or_part):
                    tile_.values.push_back(value_from(message.get_message()));
                    break;
                case field(5, whole_number): extent = message.get_uint32(); break;
                default: message.skip();
            }
        }
        if (extent == 0) refuse("the layer \"" + tile_.name + "\" has extent 0");
        if (features.size() > room_.features) refuse_size("features", limits_.features);
        room_.features -= features.size();
        scale_ = static_cast<double>(tile_extent) / extent;
        for (const auto& view : features) add(feature_from(protozero::pbf_reader(view)));
        return std::move(tile_);
    }

private:
    void add(const RawFeature& raw) {
        if (raw.kind < 1 || raw.kind > 3) return;
        TileFeature feature;
        feature.id = raw.id;
        feature.kind = static_cast<GeometryKind>(raw.kind - 1);
        feature.first_path = first_ = static_cast<std::uint32_t>(tile_.paths.size());
        feature.first_tag = static_cast<std::uint32_t>(tile_.tags.size());
        read_geometry(raw, feature.kind);
        if (feature.kind == GeometryKind::area) finish_rings(feature.first_path);
        feature.paths = static_cast<std::uint32_t>(tile_.paths.size()) - feature.first_path;
        if (feature.paths == 0) return;
        read_tags(raw);
        feature.tags = static_cast<std::uint32_t>(tile_.tags.size()) - feature.first_tag;
        tile_.features.push_back(feature);
    }

    void read_tags(const RawFeature& raw) {
        for (auto at = raw.tags; at != raw.tags_end;) {
            const std::uint32_t key = *at++;
            if (at == raw.tags_end) refuse("a feature has a key without a value");
            const std::uint32_t value = *at++;
            if (key >= tile_.keys.size() || value >= tile_.values.size())
                refuse("a feature names a key or value that the layer does not have");
            tile_.tags.push_back(key);
            tile_.tags.push_back(value);
        }
    }

    /// Which of a command's points begin a path.
    enum class Beginning : std::uint8_t { none, first, each };

    void read_geometry(const RawFeature& raw, GeometryKind kind) {
        constexpr std::uint32_t move = 1;
        constexpr std::uint32_t line = 2;
        constexpr std::uint32_t close = 7;
        x_ = y_ = 0;
        GeometryNumbers numbers{raw.geometry, raw.geometry_end};
        for (bool fresh = true; !numbers.ended(); fresh = false) {
            const std::uint32_t word = numbers.next();
            const std::uint32_t command = word & 7U;
            if (command == close) continue;
            if (command != move && command != line) refuse("a geometry has an unknown command");
            auto beginning = Beginning::none;
            // Many points are one path; a line or ring begins with each move.
            if (command == move && kind != GeometryKind::point) beginning = Beginning::each;
            if (command == move && kind == GeometryKind::point && fresh)
                beginning = Beginning::first;
            read_points(numbers, word >> 3U, beginning);
        }
    }

    void read_points(GeometryNumbers& numbers, std::uint32_t count, Beginning beginning) {
        for (std::uint32_t i = 0; i < count; ++i) {
            x_ += protozero::decode_zigzag32(numbers.next());
            y_ += protozero::decode_zigzag32(numbers.next());
            if (beginning == Beginning::each || (beginning == Beginning::first && i == 0))
                begin_path();
            put();
        }
    }

    void begin_path() {
        tile_.paths.push_back({static_cast<std::uint32_t>(tile_.points.size()), 0});
    }

    void put() {
        if (tile_.paths.size() <= first_) refuse("a geometry begins with a line");
        if (room_.points-- == 0) refuse_size("points", limits_.points);
        const auto held = [&](std::int64_t value) {
            constexpr double far = 256.0 * tile_extent;
            const double scaled = static_cast<double>(value) * scale_;
            return static_cast<std::int32_t>(std::lround(std::clamp(scaled, -far, far)));
        };
        tile_.points.push_back({held(x_), held(y_)});
        ++tile_.paths.back().count;
    }

    /// Leaves out what is no ring, and turns all rings when the first runs the wrong way.
    void finish_rings(std::uint32_t first) {
        const auto begin = tile_.paths.begin() + first;
        tile_.paths.erase(
            std::remove_if(
                begin, tile_.paths.end(), [](const TilePath& path) { return path.count < 3; }),
            tile_.paths.end());
        if (tile_.paths.size() <= first) return;
        const TilePath& outer = tile_.paths[first];
        if (twice_area(tile_.points.data() + outer.first, outer.count) >= 0) return;
        for (std::size_t i = first; i < tile_.paths.size(); ++i) {
            const auto ring = tile_.points.begin() + tile_.paths[i].first;
            std::reverse(ring, ring + tile_.paths[i].count);
        }
    }

    const MvtLimits& limits_;
    Room& room_;
    FeatureTile tile_;
    double scale_ = 1;
    std::uint32_t first_ = 0;  ///< path of the feature at hand
    std::int64_t x_ = 0;
    std::int64_t y_ = 0;
};

std::vector<FeatureTile> layers_from(std::span<const std::uint8_t> bytes, const MvtLimits& limits) {
    std::vector<FeatureTile> layers;
    LayerReader::Room room{limits.features, limits.points};
    protozero::pbf_reader message(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    while (message.next()) {
        if (message.tag_and_type() != field(3, text_or_part)) {
            message.skip();
            continue;
        }
        if (layers.size() >= limits.layers) refuse_size("layers", limits.layers);
        layers.push_back(LayerReader(limits, room).read(message.get_message()));
    }
    return layers;
}

}  // namespace

Result<std::vector<FeatureTile>> decode_mvt(std::span<const std::uint8_t> bytes,
                                            const MvtLimits& limits) {
    if (bytes.size() > limits.bytes)
        return Error{Fault::too_large,
                     "the vector tile has " + std::to_string(bytes.size()) + " bytes; at most " +
                         std::to_string(limits.bytes) + " are read"};
    try {
        return layers_from(bytes, limits);
    } catch (const Refusal& refusal) {
        return refusal.error;
    } catch (const protozero::exception& broken) {
        return bad_request("this is no vector tile", broken.what());
    }
}

}  // namespace relief::decode
