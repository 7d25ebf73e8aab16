#include "tiler/workspace/vector_json.hpp"

#include "tiler/workspace/description_json.hpp"
#include "tiler/workspace/json_members.hpp"

#include <nlohmann/json.hpp>

#include <utility>

namespace relief::workspace {
namespace {

using nlohmann::json;

constexpr const char* vector_word = "vector";
// Bounds of what is read: beyond any dataset, near enough to stop a flood.
constexpr std::size_t most_vector_attributes = 4096;
constexpr std::size_t most_findings = 100;
constexpr std::size_t longest_vector_text = std::size_t{64} << 10U;
constexpr std::int64_t most_counted = std::int64_t{1} << 53U;
constexpr std::int64_t deepest_vector_zoom = 24;

template <typename Value, std::size_t count>
Value word_of(Members& from, const char* name, const EnumNames<count>& names) {
    const auto value = find_name<Value>(names, from.text(name, 64));
    if (!value) from.fail(name, "is not a known word");
    return value.value_or(Value{});
}

std::vector<GeometryKind> read_kinds(Members& from) {
    std::vector<GeometryKind> kinds;
    for (const json& entry : from.list("geometries", geometry_kind_names.size())) {
        const auto kind = entry.is_string() ? find_name<GeometryKind>(geometry_kind_names,
                                                                      entry.get<std::string>())
                                            : std::nullopt;
        if (!kind) from.fail("geometries", "holds an unknown word");
        kinds.push_back(kind.value_or(GeometryKind::point));
    }
    return kinds;
}

std::vector<AttributeDescription> read_attributes(Members& from) {
    std::vector<AttributeDescription> attributes;
    const json& list = from.list("attributes", most_vector_attributes);
    for (std::size_t i = 0; i < list.size() && from.good(); ++i) {
        Members entry = from.entry("attributes", i);
        attributes.push_back({entry.text("name", longest_vector_text),
                              word_of<AttributeType>(entry, "type", attribute_type_names)});
    }
    return attributes;
}

std::vector<std::string> read_findings(Members& from) {
    std::vector<std::string> findings;
    for (const json& entry : from.list("findings", most_findings)) {
        if (!entry.is_string()) from.fail("findings", "holds something that is no text");
        findings.push_back(entry.is_string() ? entry.get<std::string>() : std::string());
    }
    return findings;
}

json times_json(const FeatureTimes& times) {
    json moments = json::array();
    for (const InstantRange& moment : times.moments) moments.push_back(relief::to_text(moment));
    return {{"attribute", times.attribute},
            {"extent", relief::to_text(times.extent)},
            {"newest", relief::to_text(times.newest)},
            {"moments", std::move(moments)}};
}

InstantRange read_moment(Members& from, const char* name, const std::string& text) {
    const auto moment = parse_observed(text);
    if (!moment) from.fail(name, "holds something that is no time");
    return moment ? *moment : InstantRange();
}

/// Layers of releases before it have none.
std::optional<FeatureTimes> read_times(Members& from) {
    constexpr std::size_t longest = 100;
    if (!from.has("times")) return std::nullopt;
    Members entry = from.object("times");
    FeatureTimes times;
    times.attribute = entry.text("attribute", longest_vector_text);
    times.extent = read_moment(entry, "extent", entry.text("extent", longest));
    times.newest = read_moment(entry, "newest", entry.text("newest", longest));
    for (const json& moment : entry.list("moments", most_moments)) {
        const bool text =
            moment.is_string() && moment.get_ref<const std::string&>().size() < longest;
        times.moments.push_back(
            read_moment(entry, "moments", text ? moment.get<std::string>() : std::string()));
    }
    return times;
}

}  // namespace

std::string to_json(const VectorDescription& features) {
    json kinds = json::array();
    for (const GeometryKind kind : features.kinds)
        kinds.push_back(relief::name_of(geometry_kind_names, kind));
    json attributes = json::array();
    for (const AttributeDescription& attribute : features.attributes)
        attributes.push_back({{"name", attribute.name},
                              {"type", relief::name_of(attribute_type_names, attribute.type)}});
    json object{{"kind", vector_word},
                {"features", features.features},
                {"geometries", std::move(kinds)},
                {"attributes", std::move(attributes)},
                {"bounds", write_box(features.bounds)},
                {"minimum_zoom", features.minimum_zoom},
                {"maximum_zoom", features.maximum_zoom},
                {"thinned_tiles", features.thinned_tiles},
                {"crs", features.crs},
                {"crs_title", features.crs_title},
                {"driver", features.driver},
                {"layer", features.layer},
                {"findings", features.findings}};
    if (features.times) object["times"] = times_json(*features.times);
    return object.dump(-1, ' ', false, json::error_handler_t::replace);
}

Result<VectorDescription> vector_description_from_json(std::string_view text) {
    const json object = json::parse(text.begin(), text.end(), nullptr, false);
    std::optional<Error> problem;
    Members from(object, "", problem);
    const auto count = [&](const char* name, std::int64_t most) {
        return static_cast<std::uint64_t>(from.integer(name, {0, most}));
    };
    VectorDescription features;
    features.features = count("features", most_counted);
    features.kinds = read_kinds(from);
    features.attributes = read_attributes(from);
    features.bounds = read_box(from, "bounds");
    features.minimum_zoom = static_cast<std::uint32_t>(count("minimum_zoom", deepest_vector_zoom));
    features.maximum_zoom = static_cast<std::uint32_t>(count("maximum_zoom", deepest_vector_zoom));
    features.thinned_tiles = count("thinned_tiles", most_counted);
    features.crs = from.text("crs", longest_vector_text);
    features.crs_title = from.text("crs_title", longest_vector_text);
    features.driver = from.text("driver", longest_vector_text);
    features.layer = from.text("layer", longest_vector_text);
    features.findings = read_findings(from);
    features.times = read_times(from);
    if (features.minimum_zoom > features.maximum_zoom)
        from.fail("minimum_zoom", "is above maximum_zoom");
    if (problem) return *std::move(problem);
    return features;
}

std::string to_json(const DatasetDescription& dataset) {
    return std::visit([](const auto& description) { return to_json(description); }, dataset);
}

Result<DatasetDescription> dataset_description_from_json(std::string_view text) {
    // Quotes inside a JSON text are escaped, so this stands for the member only; a raster's long
    // description is not parsed twice for it.
    if (text.find(R"("kind":"vector")") != std::string_view::npos) {
        auto features = vector_description_from_json(text);
        if (!features) return features.error();
        return DatasetDescription(*std::move(features));
    }
    auto raster = raster_description_from_json(text);
    if (!raster) return raster.error();
    return DatasetDescription(*std::move(raster));
}

}  // namespace relief::workspace
