#include "tiler/stylesheet/layer_reader.hpp"

#include "tiler/stylesheet/suggestion.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <limits>

namespace relief::stylesheet {
namespace {

constexpr double deepest_layer = 24;

constexpr std::array<std::string_view, 10> layer_members{"id",
                                                         "type",
                                                         "metadata",
                                                         "source",
                                                         "source-layer",
                                                         "minzoom",
                                                         "maxzoom",
                                                         "filter",
                                                         "layout",
                                                         "paint"};

constexpr PropertyRow visibility_row{
    "visibility", "enum", "", R"("visible")", "visible none", no_limit, no_limit};

/// What layers of a type are drawn from.
bool fits(LayerType layer, SourceType source) {
    switch (layer) {
        case LayerType::background: return false;
        case LayerType::raster:
            return source == SourceType::raster || source == SourceType::image ||
                   source == SourceType::video;
        case LayerType::hillshade:
        case LayerType::color_relief: return source == SourceType::raster_dem;
        default: return source == SourceType::vector || source == SourceType::geojson;
    }
}

std::string sources_for(LayerType layer) {
    if (layer == LayerType::raster) return "raster or image";
    if (layer == LayerType::hillshade || layer == LayerType::color_relief) return "raster-dem";
    return "vector or geojson";
}

std::vector<std::string_view> names_of(std::span<const PropertyRow> rows) {
    std::vector<std::string_view> names;
    for (const PropertyRow& row : rows) names.push_back(row.name);
    return names;
}

}  // namespace

std::optional<Layer> LayerReader::read(const Json& json, const JsonPath& path) {
    ProblemList& problems = given_.problems;
    if (!json.is_object()) {
        problems.error(path, "a layer is an object with an id, a type and a source");
        return std::nullopt;
    }
    Layer layer;
    const bool named = read_id(json, path, layer);
    const auto type = read_type(json, path);
    if (!named || !type) return std::nullopt;
    layer.type = *type;
    const std::size_t before = problems.problems().size();
    read_source_of(json, path, layer);
    const bool sourced =
        std::none_of(problems.problems().begin() + static_cast<std::ptrdiff_t>(before),
                     problems.problems().end(),
                     [](const Problem& problem) { return problem.severity == Severity::error; });
    read_zooms(json, path, layer);
    read_filter(json, path, layer);
    read_visibility(json, path, layer);
    read_properties(json, {"layout", layout_rows(*type)}, path, layer);
    read_properties(json, {"paint", paint_rows(*type)}, path, layer);
    problems.note_unknown(json, layer_members, path);
    if (layer.type == LayerType::fill_extrusion)
        problems.note(path / "type", "a flat map is seen from above: of fill-extrusion, the roofs");
    return sourced ? std::optional(std::move(layer)) : std::nullopt;
}

bool LayerReader::read_id(const Json& json, const JsonPath& path, Layer& layer) {
    const auto id = given_.problems.text(json, "id", path);
    if (!id || id->empty()) {
        if (find_member(json, "id") == nullptr || id)
            given_.problems.error(path, "the layer has no id; every layer needs one of its own");
        return false;
    }
    layer.id = *id;
    if (!ids_.insert(*id).second)
        given_.problems.error(path / "id",
                              "another layer has the id \"" + id->substr(0, 100) +
                                  "\" already; every layer needs one of its own");
    return true;
}

std::optional<LayerType> LayerReader::read_type(const Json& json, const JsonPath& path) {
    if (find_member(json, "ref") != nullptr) {
        given_.problems.error(path / "ref",
                              "\"ref\" went with version 8 of the specification; copy the type, "
                              "source and filter of the layer referred to");
        return std::nullopt;
    }
    const auto type = given_.problems.text(json, "type", path);
    if (type) {
        if (const auto known = find_name<LayerType>(layer_type_names, *type)) return known;
        given_.problems.error(path / "type",
                              "\"" + type->substr(0, 100) + "\" is none of " +
                                  listed(layer_type_names) + did_you_mean(*type, layer_type_names));
    } else if (find_member(json, "type") == nullptr) {
        given_.problems.error(path,
                              "the layer has no type; it is one of " + listed(layer_type_names));
    }
    return std::nullopt;
}

void LayerReader::read_source_of(const Json& json, const JsonPath& path, Layer& layer) {
    if (layer.type == LayerType::background) return;
    const auto name = given_.problems.text(json, "source", path);
    layer.source_layer = given_.problems.text(json, "source-layer", path).value_or("");
    if (!name) {
        if (find_member(json, "source") == nullptr)
            given_.problems.error(path, "the layer has no source; it names one of \"sources\"");
        return;
    }
    layer.source = *name;
    const auto found = given_.sources.find(*name);
    if (found != given_.sources.end()) {
        check_source(path, layer, found->second);
        return;
    }
    std::vector<std::string> stated;
    for (const auto& [each, source] : given_.stated_sources.items()) stated.push_back(each);
    const std::vector<std::string_view> known(stated.begin(), stated.end());
    const bool broken = find_member(given_.stated_sources, *name) != nullptr;
    given_.problems.error(
        path / "source",
        "the source \"" + name->substr(0, 100) + "\" " +
            (broken ? "cannot be used"
                    : "is not in \"sources\"; known are: " +
                          (known.empty() ? "none" : listed(known)) + did_you_mean(*name, known)));
}

void LayerReader::check_source(const JsonPath& path, const Layer& layer, const Source& source) {
    const std::string type(relief::name_of(source_type_names, source.type));
    if (!fits(layer.type, source.type)) {
        given_.problems.error(path / "source",
                              std::string(name_of(layer.type)) + " layers are drawn from " +
                                  sources_for(layer.type) + " sources; \"" + layer.source +
                                  "\" is " + type);
    } else if (source.type == SourceType::vector && layer.source_layer.empty()) {
        given_.problems.error(path,
                              "the layer has no source-layer; a vector source has several, and "
                              "one must be named");
    } else if (source.type == SourceType::geojson && !layer.source_layer.empty()) {
        given_.problems.note(path / "source-layer", "a geojson source has no layers within");
    }
}

void LayerReader::read_zooms(const Json& json, const JsonPath& path, Layer& layer) {
    const ProblemList::Range range{0, deepest_layer};
    layer.minzoom = given_.problems.number(json, {"minzoom", range}, path).value_or(0);
    layer.maxzoom = given_.problems.number(json, {"maxzoom", range}, path).value_or(deepest_layer);
    // Past the deepest zoom a layer without maxzoom is still drawn.
    if (find_member(json, "maxzoom") == nullptr)
        layer.maxzoom = std::numeric_limits<double>::infinity();
    if (layer.minzoom > layer.maxzoom)
        given_.problems.error(path / "minzoom", "minzoom is above maxzoom: nothing is ever drawn");
}

void LayerReader::read_filter(const Json& json, const JsonPath& path, Layer& layer) {
    const Json* const filter = find_member(json, "filter");
    if (filter == nullptr || filter->is_null()) return;
    const auto compiled = expression::compile_filter(*filter, given_.keys);
    if (const auto* const made = std::get_if<expression::Expression>(&compiled))
        layer.filter = *made;
    else
        add_errors(std::get<std::vector<expression::ParseError>>(compiled), path / "filter");
}

void LayerReader::read_visibility(const Json& json, const JsonPath& path, Layer& layer) {
    const Json* const layout = find_member(json, "layout");
    const Json* const stated = layout == nullptr ? nullptr : find_member(*layout, "visibility");
    if (stated == nullptr) return;
    const auto made = make_property(visibility_row, *stated, given_.keys);
    if (const auto* const property = std::get_if<Property>(&made))
        layer.visibility = *property;
    else
        add_errors(std::get<std::vector<expression::ParseError>>(made),
                   path / "layout" / "visibility");
}

void LayerReader::read_properties(const Json& json,
                                  const Group& group,
                                  const JsonPath& path,
                                  Layer& layer) {
    const auto place = path / group.name;
    const Json* const stated = find_member(json, group.name);
    if (stated != nullptr && !stated->is_object())
        given_.problems.error(place,
                              std::string(group.name) + " is " + std::string(sort_of(*stated)) +
                                  "; an object of properties is needed");
    if (stated != nullptr && stated->is_object()) {
        for (const auto& [name, value] : stated->items()) {
            const auto row = std::find_if(
                group.rows.begin(), group.rows.end(), [&, &key = name](const auto& each) {
                    return each.name == key;
                });
            if (row != group.rows.end())
                read_property(*row, value, place / name, layer);
            else
                explain_unknown(name, place / name, group);
        }
    }
    fill_up(group.rows, layer);
}

void LayerReader::read_property(const PropertyRow& row,
                                const Json& json,
                                const JsonPath& path,
                                Layer& layer) {
    const auto made = make_property(row, json, given_.keys);
    if (const auto* const property = std::get_if<Property>(&made)) {
        layer.properties.emplace(row.name, *property);
        layer.stated.emplace_back(row.name);
    } else {
        add_errors(std::get<std::vector<expression::ParseError>>(made), path);
    }
}

void LayerReader::explain_unknown(const std::string& name,
                                  const JsonPath& path,
                                  const Group& group) {
    if (std::string_view(group.name) == "layout" && name == "visibility") return;
    // How a value changes in time does not matter to a picture.
    if (name.ends_with("-transition")) return;
    const auto known = names_of(group.rows);
    given_.problems.error(path,
                          "\"" + name.substr(0, 100) + "\" is no " + group.name +
                              " property of such layers" + did_you_mean(name, known));
}

void LayerReader::fill_up(std::span<const PropertyRow> rows, Layer& layer) {
    for (const PropertyRow& row : rows) {
        if (layer.properties.contains(row.name)) continue;
        auto known = defaults_.find(&row);
        if (known == defaults_.end()) known = defaults_.emplace(&row, default_property(row)).first;
        if (known->second) layer.properties.emplace(row.name, *known->second);
    }
}

void LayerReader::add_errors(const std::vector<expression::ParseError>& errors,
                             const JsonPath& path) {
    for (const auto& error : errors) given_.problems.error(path + error.key, error.message);
}

}  // namespace relief::stylesheet
