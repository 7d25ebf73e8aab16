#include "server/intake/sent_report.hpp"

#include "server/intake/sent_place.hpp"
#include "tiler/report/fields.hpp"
#include "tiler/report/text.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <limits>
#include <optional>

namespace relief::intake {
namespace {

using SentJson = nlohmann::json;
using report::Bounds;

constexpr int deepest = 32;  // of what is kept; a document this deep is no report
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
        if (name == "category") return words(name, value, {draft.category, Bounds::category});
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

    /// Kept to the byte: who sent it compares what comes back.
    static Result<void> text(const std::string& name, const SentJson& value, const Slot& slot) {
        if (!value.is_string()) return bad_request(name + ": " + as_sent(value) + " is no text");
        const auto& sent = value.get_ref<const std::string&>();
        if (sent.size() > slot.most)
            return bad_request(name + " is longer than the " + std::to_string(slot.most) +
                               " bytes that are allowed");
        if (report::has_controls(sent))
            return bad_request(name +
                               " has a control character; tabs and line ends alone are allowed");
        slot.text = sent;
        return {};
    }

    /// What is compared with other words: without blanks around it.
    static Result<void> words(const std::string& name, const SentJson& value, const Slot& slot) {
        auto read = text(name, value, slot);
        if (read) slot.text = std::string(report::trimmed(slot.text));
        return read;
    }

    Result<void> contact(const std::string& name, const SentJson& value) {
        constexpr std::size_t longest = 300;
        std::string typed;
        if (auto read = words(name, value, {typed, longest}); !read) return read;
        // Of several the same one as an import takes: one person is one source.
        const int rank = report::field_of(report::Format::csv, name).rank;
        if (typed.empty() || rank >= contact_rank_) return {};
        contact_rank_ = rank;
        sent_.contact = report::contact_text(typed);
        return {};
    }

    Result<void> time(const SentJson& value) {
        std::string typed;
        constexpr std::size_t longest = 100;
        if (auto read = words("time", value, {typed, longest}); !read) return read;
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
    int contact_rank_ = std::numeric_limits<int>::max();
    SentJson others_ = SentJson::object();
};

/// A form's line ends are CR LF, whatever was typed (HTML, 4.10.21.4).
std::string as_typed(std::string text) {
    for (auto at = text.find("\r\n"); at != std::string::npos; at = text.find("\r\n", at))
        text.erase(at, 1);
    return text;
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

Result<exact::Correction> read_correction(std::string_view json) {
    if (is_too_deep(json)) return bad_request("the change is nested deeper than 32 brackets");
    const auto document = SentJson::parse(json, nullptr, false);
    if (!document.is_object()) return bad_request("a change is a JSON object");
    exact::Correction corrected;
    if (document.contains("geometry")) {
        const auto place = place_of_geometry(document);
        if (!place) return place.error();
        corrected.place = *place;
    }
    SentReport sent;
    Filler filler(sent);
    const report::Draft& draft = sent.draft;
    const auto take = [&](const char* name, auto& into, const auto& read) -> Result<void> {
        const auto member = document.find(name);
        if (member == document.end()) return {};
        if (auto taken = filler.take(name, *member); !taken) return taken;
        into = read;
        return {};
    };
    for (const auto& taken : {take("title", corrected.title, draft.title),
                              take("description", corrected.description, draft.description),
                              take("category", corrected.category, draft.category),
                              take("severity", corrected.severity, draft.severity),
                              take("precision", corrected.precision, draft.precision),
                              take("time", corrected.time, draft.time)})
        if (!taken) return taken.error();
    return corrected;
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
        if (auto taken = filler.take(name, SentJson(as_typed(value))); !taken) return taken.error();
    }
    if (auto done = filler.finish(); !done) return done.error();
    return sent;
}

}  // namespace relief::intake
