#include "server/intake/sent_report.hpp"

#include "tiler/report/text.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>

namespace relief::intake {
namespace {

using SentJson = nlohmann::json;
using report::Bounds;

constexpr int deepest = 32;  // of what is kept; a document this deep is no report
// Each of those with a meaning of its own, and those that are kept.
constexpr std::size_t most_fields = Bounds::property_count + 32;

std::string in_marks(std::string_view text) {
    return '"' + report::shown(text) + '"';
}

std::string as_sent(const SentJson& value) {
    if (value.is_string()) return in_marks(value.get_ref<const std::string&>());
    constexpr std::size_t longest = 60;
    return value.dump(-1, ' ', false, SentJson::error_handler_t::replace).substr(0, longest);
}

template <std::size_t count>
std::string all_of(const EnumNames<count>& names) {
    std::string list;
    for (const std::string_view name : names)
        list += (list.empty() ? "" : ", ") + std::string(name);
    return list;
}

/// Brackets outside of texts, which no parser has to follow to the end of the stack.
bool is_too_deep(std::string_view json) {
    int depth = 0;
    bool in_text = false;
    for (std::size_t i = 0; i < json.size(); ++i) {
        const char c = json[i];
        if (in_text && c == '\\')
            ++i;
        else if (c == '"')
            in_text = !in_text;
        else if (!in_text && (c == '{' || c == '['))
            ++depth;
        else if (!in_text && (c == '}' || c == ']'))
            --depth;
        if (depth > deepest) return true;
    }
    return false;
}

struct Axis {
    const char* name;
    double most;
};
constexpr Axis longitude{"longitude", 180};
constexpr Axis latitude{"latitude", 90};

/// `field` names it in a failure.
Result<double> in_range(double degrees, const Axis& axis, const std::string& field) {
    if (std::isfinite(degrees) && std::abs(degrees) <= axis.most) return degrees;
    const std::string most = std::to_string(static_cast<int>(axis.most));
    return bad_request(field + ": " + SentJson(degrees).dump() + " is no " + axis.name +
                       "; allowed: -" + most + " to " + most + " degrees");
}

Result<double> coordinate(const SentJson& value, const Axis& axis, const std::string& field) {
    if (value.is_number()) return in_range(value.get<double>(), axis, field);
    return bad_request(field + ": " + as_sent(value) + " is no number; it is to be the " +
                       axis.name + " in degrees");
}

Result<double> coordinate(const std::optional<std::string>& text,
                          const Axis& axis,
                          const std::string& field) {
    if (!text)
        return bad_request(field + " is missing; it is to be the " + axis.name + " in degrees");
    const std::string_view trimmed = report::trimmed(*text);
    double degrees = 0;
    const auto [end, error] =
        std::from_chars(trimmed.data(), trimmed.data() + trimmed.size(), degrees);
    if (error == std::errc{} && end == trimmed.data() + trimmed.size())
        return in_range(degrees, axis, field);
    return bad_request(field + ": " + in_marks(*text) + " is no number; it is to be the " +
                       axis.name + " in degrees");
}

Result<report::Place> place_of_geometry(const SentJson& feature) {
    const auto geometry = feature.find("geometry");
    if (geometry == feature.end() || !geometry->is_object())
        return bad_request(
            "geometry is missing; a report has a place: {\"type\": \"Point\", \"coordinates\": "
            "[longitude, latitude]}");
    const auto type = geometry->find("type");
    if (type == geometry->end() || *type != "Point")
        return bad_request(
            "geometry.type: " + (type == geometry->end() ? "nothing" : as_sent(*type)) +
            " is not what a report has; allowed: \"Point\"");
    const auto pair = geometry->find("coordinates");
    if (pair == geometry->end() || !pair->is_array() || pair->size() < 2 || pair->size() > 3)
        return bad_request("geometry.coordinates are to be [longitude, latitude]");
    const auto east = coordinate((*pair)[0], longitude, "geometry.coordinates[0]");
    if (!east) return east.error();
    const auto north = coordinate((*pair)[1], latitude, "geometry.coordinates[1]");
    if (!north) return north.error();
    return report::Place{*east, *north};
}

/// Fills a report from members, each once.
class Filler {
public:
    explicit Filler(SentReport& sent) : sent_(sent) {}

    Result<void> take(const std::string& name, const SentJson& value) {
        if (value.is_null() || is_of_the_house(name)) return {};
        report::Draft& draft = sent_.draft;
        if (name == "title") return text(name, value, {draft.title, Bounds::title});
        if (name == "description")
            return text(name, value, {draft.description, Bounds::description});
        if (name == "category") return text(name, value, {draft.category, Bounds::category});
        if (name == "contact" || name == "phone" || name == "email") return contact(name, value);
        if (name == "time") return time(value);
        if (name == "severity") return one_of(name, value, report::severity_names, draft.severity);
        if (name == "precision")
            return one_of(name, value, report::precision_names, draft.precision);
        if (name == "sensitivity") return level(value);
        others_[name] = value;
        return {};
    }

    /// What was kept of the others. Errors: bad_request for too many or too much.
    Result<void> finish() {
        if (others_.size() > Bounds::property_count)
            return bad_request("properties: " + std::to_string(others_.size()) +
                               " further ones; at most " + std::to_string(Bounds::property_count) +
                               " are kept");
        std::string kept = others_.dump(-1, ' ', false, SentJson::error_handler_t::replace);
        if (kept.size() > Bounds::properties)
            return bad_request("properties: the further ones have " + std::to_string(kept.size()) +
                               " bytes; at most " + std::to_string(Bounds::properties) +
                               " are kept");
        sent_.draft.properties = std::move(kept);
        return {};
    }

private:
    struct Slot {
        std::string& text;
        std::size_t most;
    };

    /// Names that a report gets here, which nobody can send along.
    static bool is_of_the_house(std::string_view name) {
        constexpr std::array<std::string_view, 12> names{"id",
                                                         "status",
                                                         "level",
                                                         "received",
                                                         "changed",
                                                         "duplicate_of",
                                                         "confidence",
                                                         "assigned",
                                                         "photos",
                                                         "origin",
                                                         "origin_id",
                                                         "links"};
        return std::find(names.begin(), names.end(), name) != names.end();
    }

    static Result<void> text(const std::string& name, const SentJson& value, const Slot& slot) {
        if (!value.is_string()) return bad_request(name + ": " + as_sent(value) + " is no text");
        auto clean = report::clean_text(value.get_ref<const std::string&>(), slot.most);
        if (clean.cut)
            return bad_request(name + " is longer than the " + std::to_string(slot.most) +
                               " bytes that are allowed");
        slot.text = std::move(clean.text);
        return {};
    }

    Result<void> contact(const std::string& name, const SentJson& value) {
        constexpr std::size_t longest = 300;
        std::string typed;
        if (auto read = text(name, value, {typed, longest}); !read) return read;
        sent_.contact += typed.empty() ? "" : name + '=' + report::lower_case(typed) + '\n';
        return {};
    }

    Result<void> time(const SentJson& value) {
        std::string typed;
        constexpr std::size_t longest = 100;
        if (auto read = text("time", value, {typed, longest}); !read) return read;
        if (typed.empty()) return {};
        const auto range = parse_observed(typed);
        if (!range) return bad_request("time: " + range.error().what);
        sent_.draft.time = *range;
        return {};
    }

    template <typename Value, std::size_t count>
    static Result<void> one_of(const std::string& name,
                               const SentJson& value,
                               const EnumNames<count>& names,
                               Value& into) {
        if (value.is_string() && value.get_ref<const std::string&>().empty()) return {};
        const auto found = value.is_string() ? find_name<Value>(names, value.get<std::string>())
                                             : std::optional<Value>();
        if (!found)
            return bad_request(name + ": " + as_sent(value) +
                               " is not known; allowed: " + all_of(names));
        into = *found;
        return {};
    }

    Result<void> level(const SentJson& value) {
        if (value.is_string() && value.get_ref<const std::string&>().empty()) return {};
        sent_.draft.sensitivity =
            value.is_string() ? parse_sensitivity(value.get<std::string>()) : std::nullopt;
        if (sent_.draft.sensitivity) return {};
        return bad_request("sensitivity: " + as_sent(value) +
                           " is not known; allowed: low, moderate, high, severe");
    }

    SentReport& sent_;
    SentJson others_ = SentJson::object();
};

Result<report::Place> place_of_form(const Fields& fields) {
    const auto east = coordinate(value_of(fields, "lon"), longitude, "lon");
    if (!east) return east.error();
    const auto north = coordinate(value_of(fields, "lat"), latitude, "lat");
    if (!north) return north.error();
    return report::Place{*east, *north};
}

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/// Source: URL Standard (WHATWG), 5.1.
Result<std::string> form_decoded(std::string_view text) {
    std::string decoded;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            decoded += text[i] == '+' ? ' ' : text[i];
            continue;
        }
        const int high = i + 2 < text.size() ? hex_digit(text[i + 1]) : -1;
        const int low = i + 2 < text.size() ? hex_digit(text[i + 2]) : -1;
        if (high < 0 || low < 0)
            return bad_request("the form has a % without two hexadecimal digits after it");
        decoded += static_cast<char>(high * 16 + low);
        i += 2;
    }
    return decoded;
}

Result<SentJson> parse_feature(std::string_view json) {
    if (is_too_deep(json)) return bad_request("the report is nested deeper than 32 brackets");
    auto feature = SentJson::parse(json, nullptr, false);
    if (feature.is_discarded()) return bad_request("the body is no JSON in UTF-8");
    const std::string wanted = "type: a report is a GeoJSON \"Feature\"";
    if (!feature.is_object() || !feature.contains("type")) return bad_request(wanted);
    const SentJson& type = feature["type"];
    if (type != "Feature") return bad_request(wanted + ", not " + as_sent(type));
    return feature;
}

/// Errors: bad_request for what is no object, or as Filler.
Result<void> read_properties(const SentJson& feature, SentReport& sent) {
    const auto properties = feature.find("properties");
    if (properties == feature.end() || properties->is_null()) return {};
    if (!properties->is_object()) return bad_request("properties are to be an object");
    Filler filler(sent);
    for (const auto& [name, value] : properties->items())
        if (auto taken = filler.take(name, value); !taken) return taken;
    return filler.finish();
}

}  // namespace

std::optional<std::string> value_of(const Fields& fields, std::string_view name) {
    const auto found = std::find_if(
        fields.begin(), fields.end(), [&](const auto& field) { return field.first == name; });
    return found == fields.end() ? std::nullopt : std::optional(found->second);
}

Result<SentReport> read_feature(std::string_view json) {
    const auto feature = parse_feature(json);
    if (!feature) return feature.error();
    const auto place = place_of_geometry(*feature);
    if (!place) return place.error();
    SentReport sent;
    sent.draft.place = *place;
    if (auto read = read_properties(*feature, sent); !read) return read.error();
    return sent;
}

Result<SentReport> read_fields(const Fields& fields) {
    if (!value_of(fields, "website").value_or("").empty())
        return bad_request("website is to be left empty");
    SentReport sent;
    const auto place = place_of_form(fields);
    if (!place) return place.error();
    sent.draft.place = *place;
    Filler filler(sent);
    for (const auto& [name, value] : fields) {
        if (name == "lon" || name == "lat" || name == "website") continue;
        if (!report::is_utf8(name) || !report::is_utf8(value))
            return bad_request(in_marks(name) + " is no text in UTF-8");
        if (auto taken = filler.take(name, SentJson(value)); !taken) return taken.error();
    }
    if (auto done = filler.finish(); !done) return done.error();
    return sent;
}

Result<Fields> parse_form(std::string_view body) {
    Fields fields;
    while (!body.empty()) {
        const std::size_t end = std::min(body.find('&'), body.size());
        const std::string_view item = body.substr(0, end);
        body.remove_prefix(std::min(end + 1, body.size()));
        if (item.empty()) continue;
        const std::size_t middle = std::min(item.find('='), item.size());
        auto name = form_decoded(item.substr(0, middle));
        auto value = form_decoded(item.substr(std::min(middle + 1, item.size())));
        if (!name) return name.error();
        if (!value) return value.error();
        if (fields.size() == most_fields)
            return bad_request("the form has more than " + std::to_string(most_fields) + " fields");
        fields.emplace_back(std::move(*name), std::move(*value));
    }
    return fields;
}

}  // namespace relief::intake
