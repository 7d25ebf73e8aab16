// Tags of the Humanitarian Exchange Language 1.1 (hxlstandard.org).

#include "tiler/report/fields.hpp"
#include "tiler/report/text.hpp"

#include <algorithm>
#include <array>

namespace relief::report {
namespace {

struct Tag {
    std::string name;                     ///< with its "#"
    std::vector<std::string> attributes;  ///< without their "+"

    bool has(std::string_view attribute) const {
        return std::find(attributes.begin(), attributes.end(), attribute) != attributes.end();
    }
};

/// "#Geo + LAT +v_x" → #geo, lat, v_x. Nothing: it does not begin with "#" and a letter.
std::optional<Tag> parse_tag(std::string_view text) {
    std::string low = lower_case(trimmed(text));
    low.erase(std::remove_if(low.begin(), low.end(), [](char c) { return c == ' ' || c == '\t'; }),
              low.end());
    if (low.size() < 2 || low[0] != '#' || low[1] < 'a' || low[1] > 'z') return std::nullopt;
    Tag tag;
    std::string* word = &tag.name;
    for (const char c : low) {
        if (c == '+')
            word = &tag.attributes.emplace_back();
        else
            *word += c;
    }
    return tag;
}

struct TagUse {
    std::string_view name;
    std::string_view attribute;  ///< empty: whatever it has
    FieldUse use;
};

constexpr std::array tags{
    TagUse{"#geo", "lat", {Field::latitude, 0}},
    TagUse{"#geo", "lon", {Field::longitude, 0}},
    TagUse{"#geo", "coord", {Field::geopoint, 1}},
    TagUse{"#geo", "precision", {Field::precision, 0}},
    // Of our own exports: when a house was told, and what names a report elsewhere.
    TagUse{"#date", "received", {Field::other, 0}},
    TagUse{"#date", "changed", {Field::other, 0}},
    TagUse{"#meta", "origin", {Field::other, 0}},
    TagUse{"#meta", "sensitivity", {Field::sensitivity, 0}},
    TagUse{"#date", "end", {Field::time_end, 0}},
    TagUse{"#date", "occurred", {Field::time, 0}},
    TagUse{"#date", "start", {Field::time, 0}},
    TagUse{"#date", "reported", {Field::time, 2}},
    TagUse{"#date", "", {Field::time, 1}},
    TagUse{"#event", "id", {Field::id, 1}},
    TagUse{"#event", "name", {Field::title, 1}},
    TagUse{"#event", "description", {Field::description, 1}},
    TagUse{"#event", "", {Field::category, 0}},
    TagUse{"#cause", "", {Field::category, 2}},
    TagUse{"#meta", "id", {Field::id, 0}},
    TagUse{"#description", "", {Field::description, 0}},
    TagUse{"#item", "title", {Field::title, 0}},
    TagUse{"#severity", "", {Field::severity, 0}},
    TagUse{"#status", "", {Field::status, 0}},
    TagUse{"#contact", "", {Field::contact, 0}},
    TagUse{"#respondee", "", {Field::contact, 1}},
};

}  // namespace

std::optional<FieldUse> field_of_tag(std::string_view text) {
    const auto tag = parse_tag(text);
    if (!tag) return std::nullopt;
    if (tag->name.starts_with("#x_")) return FieldUse{Field::private_, 0};
    for (const auto& [name, attribute, use] : tags) {
        if (tag->name == name && (attribute.empty() || tag->has(attribute))) return use;
    }
    return FieldUse{};
}

}  // namespace relief::report
