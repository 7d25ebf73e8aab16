#include "tiler/expression/json_value.hpp"

#include <nlohmann/json.hpp>

#include <cmath>

namespace relief::expression {
namespace {

using nlohmann::json;

std::optional<Value> array_of(const json& list, Scratch& scratch) {
    const auto items = scratch.take<Value>(list.size());
    if (items.size() != list.size()) return std::nullopt;
    for (std::size_t i = 0; i < list.size(); ++i) {
        const auto item = value_of(list[i], scratch);
        if (!item) return std::nullopt;
        items[i] = *item;
    }
    return Value::array(items);
}

std::optional<Value> object_of(const json& object, Scratch& scratch) {
    const auto members = scratch.take<Member>(object.size());
    if (members.size() != object.size()) return std::nullopt;
    std::size_t i = 0;
    for (const auto& [name, each] : object.items()) {
        const auto value = value_of(each, scratch);
        const std::string_view kept = scratch.keep(name);
        if (!value || kept.data() == nullptr) return std::nullopt;
        members[i++] = Member{kept, *value};
    }
    return Value::object(members);
}

json inner_color(const Rgba& color) {
    return {{"r", color.red * color.alpha},
            {"g", color.green * color.alpha},
            {"b", color.blue * color.alpha},
            {"a", color.alpha}};
}

json outer_color(const Rgba& color) {
    return {
        color.red * color.alpha, color.green * color.alpha, color.blue * color.alpha, color.alpha};
}

/// What is null inside a section stands there as null; a colour as an object.
json section_part(const Value& value) {
    return value.is(Kind::color) ? inner_color(value.as_color()) : json_of(value);
}

json section_of(const Section& section) {
    return {{"text", section.text},
            {"image", section_part(section.image)},
            {"scale", section_part(section.scale)},
            {"fontStack", section_part(section.font_stack)},
            {"textColor", section_part(section.color)},
            {"verticalAlign", section_part(section.vertical_align)}};
}

json projection_of(const Projection& projection) {
    if (projection.stated_as_list)
        return json::array({projection.from, projection.to, projection.transition});
    if (projection.from == projection.to && projection.transition == 1) return projection.from;
    return {
        {"from", projection.from}, {"to", projection.to}, {"transition", projection.transition}};
}

json offsets_of(const Value& value) {
    json list = json::array();
    for (const AnchorOffset& offset : value.offsets()) {
        list.push_back(offset.anchor);
        list.push_back({offset.x, offset.y});
    }
    return {{"values", std::move(list)}};
}

template <typename List, typename Write>
json listed(const List& list, const Write& write) {
    json result = json::array();
    for (const auto& each : list) result.push_back(write(each));
    return result;
}

json number_of(double number) {
    return std::isfinite(number) ? json(number) : json(nullptr);
}

json object_of(const Value& value) {
    json object = json::object();
    for (const Member& member : value.members())
        object[std::string(member.name)] = json_of(member.value);
    return object;
}

}  // namespace

std::optional<Value> value_of(const json& document, Scratch& scratch) {
    switch (document.type()) {
        case json::value_t::boolean: return Value::boolean(document.get<bool>());
        case json::value_t::number_integer:
        case json::value_t::number_unsigned:
        case json::value_t::number_float: return Value::number(document.get<double>());
        case json::value_t::array: return array_of(document, scratch);
        case json::value_t::object: return object_of(document, scratch);
        case json::value_t::string: {
            const std::string_view kept = scratch.keep(document.get_ref<const std::string&>());
            if (kept.data() == nullptr) return std::nullopt;
            return Value::text(kept);
        }
        default: return Value();
    }
}

json json_of(const Value& value) {
    switch (value.kind()) {
        case Kind::number: return number_of(value.as_number());
        case Kind::boolean: return value.as_boolean();
        case Kind::string: return value.as_text();
        case Kind::color: return outer_color(value.as_color());
        case Kind::array: return listed(value.items(), json_of);
        case Kind::object: return object_of(value);
        case Kind::padding:
        case Kind::number_array: return {{"values", listed(value.numbers(), number_of)}};
        case Kind::color_array: return {{"values", listed(value.colors(), inner_color)}};
        case Kind::formatted: return {{"sections", listed(value.sections(), section_of)}};
        case Kind::image: return {{"name", value.as_text()}, {"available", value.available()}};
        case Kind::projection: return projection_of(value.as_projection());
        case Kind::anchor_offsets: return offsets_of(value);
        case Kind::error: return {{"error", value.as_failure().message}};
        default: return nullptr;
    }
}

std::string_view script_type(const json& document) {
    if (document.is_number()) return "number";
    if (document.is_boolean()) return "boolean";
    if (document.is_string()) return "string";
    return "object";
}

}  // namespace relief::expression
