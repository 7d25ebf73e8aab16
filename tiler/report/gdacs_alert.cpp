#include "tiler/report/gdacs_alert.hpp"

#include "tiler/report/degrees.hpp"
#include "tiler/report/text.hpp"
#include "tiler/report/when.hpp"

#include <algorithm>
#include <array>

namespace relief::report {
namespace {

constexpr std::string_view gdacs_space = "http://www.gdacs.org";

struct EventType {
    std::string_view code, name, category;
};
/// gdacs.org, "GDACS data"; categories of CAP.
constexpr std::array<EventType, 7> event_types{{{"EQ", "Earthquake", "Geo"},
                                                {"TC", "Tropical cyclone", "Met"},
                                                {"FL", "Flood", "Met"},
                                                {"VO", "Volcano", "Geo"},
                                                {"DR", "Drought", "Met"},
                                                {"WF", "Wildfire", "Fire"},
                                                {"TS", "Tsunami", "Geo"}}};

EventType type_of(std::string_view code) {
    const auto* const found = std::find_if(event_types.begin(),
                                           event_types.end(),
                                           [&](const auto& each) { return each.code == code; });
    return found == event_types.end() ? EventType{code, code, "Other"} : *found;
}

/// Colours of alert levels in CAP's words, as GDACS's own CAP files have them in their order.
std::string_view severity_for(std::string_view level) {
    if (same_ignoring_case(level, "green")) return "Minor";
    if (same_ignoring_case(level, "orange")) return "Severe";
    return same_ignoring_case(level, "red") ? "Extreme" : "Unknown";
}

std::optional<Instant> moment_of(const XmlElement& item, std::string_view name) {
    const auto time = parse_when(item.text_of(name), std::nullopt).time;
    return time ? std::optional(time->first) : std::nullopt;
}

Result<Place> place_of_pair(std::string_view pair) {
    pair = trimmed(pair);
    const auto end = std::min(pair.find_first_of(" ,\n\t"), pair.size());
    auto rest = pair.substr(end);
    while (!rest.empty() && (rest.front() == ',' || trimmed(rest).size() < rest.size()))
        rest = rest.front() == ',' ? rest.substr(1) : trimmed(rest);
    return parse_place(rest, pair.substr(0, end));
}

/// An event goes on until it is over; feeds of before 2017 do not say whether it is current.
std::optional<Instant> end_of(const XmlElement& item) {
    if (same_ignoring_case(item.text_of("iscurrent"), "true")) return std::nullopt;
    return moment_of(item, "todate");
}

}  // namespace

bool is_gdacs(const XmlElement& item) {
    return std::any_of(item.children.begin(), item.children.end(), [](const XmlElement& child) {
        return child.space == gdacs_space && child.name == "eventtype";
    });
}

Result<Place> place_of_item(const XmlElement& item) {
    if (const auto* point = item.child("point"); point != nullptr)
        return place_of_pair(point->text);
    const XmlElement* holder = item.child("Point");
    if (holder == nullptr) holder = &item;
    if (!holder->text_of("lat").empty() || !holder->text_of("long").empty())
        return parse_place(holder->text_of("long"), holder->text_of("lat"));
    const XmlElement* where = item.child("where");
    const XmlElement* gml = where != nullptr ? where->child("Point") : item.child("Point");
    if (gml != nullptr && gml->child("pos") != nullptr) return place_of_pair(gml->text_of("pos"));
    return bad_request("there is no place: it has no georss:point, geo:lat or gml:pos");
}

Result<Alert> parse_gdacs(const XmlElement& item) {
    constexpr std::size_t longest_word = 200;
    const auto word = [&](std::string_view name) {
        return clean_text(item.text_of(name), longest_word).text;
    };
    const EventType type = type_of(item.text_of("eventtype"));
    if (item.text_of("eventid").empty()) return bad_request("it has no gdacs:eventid");
    const auto place = place_of_item(item);
    if (!place) return place.error();
    const auto changed = moment_of(item, "datemodified");
    const auto sent = changed ? changed : moment_of(item, "pubDate");
    if (!sent) return bad_request("it has no pubDate that is a time");
    Alert alert;
    alert.origin = "gdacs";
    alert.name = {"gdacs.org",
                  clean_text(std::string(type.code) + word("eventid"), longest_word).text,
                  to_text(*sent)};
    alert.sent = *sent;
    AlertInfo info;
    info.language = "en";
    info.categories = {std::string(type.category)};
    info.event = clean_text(type.name, longest_word).text;
    info.urgency = "Unknown";
    info.certainty = "Observed";
    info.severity = severity_for(item.text_of("alertlevel"));
    info.onset = moment_of(item, "fromdate");
    info.expires = end_of(item);
    info.sender_name = "GDACS";
    info.headline = clean_text(item.text_of("title"), Bounds::title).text;
    info.description = clean_text(item.text_of("description"), Bounds::description).text;
    info.web = word("link");
    const std::string country = word("country");
    info.areas = {{country.empty() ? info.headline : country, {}, {{*place, 0}}, {}}};
    alert.infos.push_back(std::move(info));
    return alert;
}

}  // namespace relief::report
