#include "tiler/alert/alert_documents.hpp"

#include "tiler/alert/alert_json.hpp"
#include "tiler/report/number_text.hpp"
#include "tiler/report/xml_text.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <vector>
#include <xxhash.h>

namespace relief::alert {
namespace {

using Json = nlohmann::ordered_json;
using report::Alert;
using report::AlertArea;
using report::AlertInfo;
using report::number_text;
using report::Place;
using report::xml_element;

/// CAP and GeoRSS: latitude first.
std::string pair_text(const Place& place, char divider) {
    return number_text(place.latitude) + divider + number_text(place.longitude);
}

std::string ring_text(const std::vector<Place>& ring, char divider) {
    std::string text;
    for (const Place& corner : ring) text += (text.empty() ? "" : " ") + pair_text(corner, divider);
    return text;
}

/// YYYY-MM-DDThh:mm:ss+00:00
std::string cap_time(Instant moment) {
    std::string text = to_text(Instant{moment.milliseconds - moment.milliseconds % 1000});
    if (text.ends_with('Z')) text.pop_back();
    return text + "+00:00";
}

Json geometry_of(const AlertInfo& info) {
    Json shapes = Json::array();
    for (const auto& area : info.areas) {
        for (const auto& ring : area.polygons) {
            Json positions = Json::array();
            for (const auto& corner : ring)
                positions.push_back({corner.longitude, corner.latitude});
            shapes.push_back({{"type", "Polygon"}, {"coordinates", Json::array({positions})}});
        }
        for (const auto& circle : area.circles)
            shapes.push_back({{"type", "Point"},
                              {"coordinates", {circle.centre.longitude, circle.centre.latitude}}});
    }
    if (shapes.empty()) return nullptr;
    if (shapes.size() == 1) return shapes[0];
    return {{"type", "GeometryCollection"}, {"geometries", std::move(shapes)}};
}

std::string areas_in_words(const AlertInfo& info) {
    std::string words;
    for (const auto& area : info.areas)
        words += (words.empty() || area.description.empty() ? "" : "; ") + area.description;
    return words;
}

Json feature_of(const Alert& alert) {
    const AlertInfo& info = report::main_info(alert);
    Json properties = to_json(alert);
    const auto chosen = static_cast<std::size_t>(&info - alert.infos.data());
    Json flat = properties["info"][chosen];
    flat.erase("area");
    flat["areaDesc"] = areas_in_words(info);
    for (const auto* const name : {"identifier", "sender", "sent", "origin", "msgType"})
        flat[name] = properties[name];
    if (properties["info"].size() > 1) flat["info"] = properties["info"];
    return {{"type", "Feature"},
            {"id", alert.name.sender + ',' + alert.name.identifier},
            {"geometry", geometry_of(info)},
            {"properties", std::move(flat)}};
}

/// A word of one of CAP's lists, or the list's own word for what is not known.
template <std::size_t count>
std::string word_of(const std::array<std::string_view, count>& list,
                    std::string_view word,
                    std::string_view unknown) {
    const bool known = std::find(list.begin(), list.end(), word) != list.end();
    return std::string(known ? word : unknown);
}

constexpr std::array<std::string_view, 12> categories{"Geo",
                                                      "Met",
                                                      "Safety",
                                                      "Security",
                                                      "Rescue",
                                                      "Fire",
                                                      "Health",
                                                      "Env",
                                                      "Transport",
                                                      "Infra",
                                                      "CBRNE",
                                                      "Other"};
constexpr std::array<std::string_view, 9> responses{
    "Shelter", "Evacuate", "Prepare", "Execute", "Avoid", "Monitor", "Assess", "AllClear", "None"};
constexpr std::array<std::string_view, 5> urgencies{
    "Immediate", "Expected", "Future", "Past", "Unknown"};
constexpr std::array<std::string_view, 5> severities{
    "Extreme", "Severe", "Moderate", "Minor", "Unknown"};
constexpr std::array<std::string_view, 5> certainties{
    "Observed", "Likely", "Possible", "Unlikely", "Unknown"};

std::string pair_element(const char* name, const std::string& key, const std::string& value) {
    return std::string("<") + name + '>' + xml_element("valueName", key) +
           xml_element("value", value) + "</" + name + '>';
}

std::string cap_area(const AlertArea& area) {
    std::string text = "<area>";
    text += xml_element("areaDesc", area.description.empty() ? "not named" : area.description);
    for (const auto& ring : area.polygons) text += xml_element("polygon", ring_text(ring, ','));
    for (const auto& circle : area.circles)
        text += xml_element("circle",
                            pair_text(circle.centre, ',') + ' ' + number_text(circle.radius_km));
    for (const auto& [name, value] : area.geocodes) text += pair_element("geocode", name, value);
    return text + "</area>";
}

std::string cap_categories(const AlertInfo& info) {
    std::string text;
    for (const auto& category : info.categories)
        text += xml_element("category", word_of(categories, category, "Other"));
    return text.empty() ? xml_element("category", "Other") : text;
}

std::string cap_times(const AlertInfo& info) {
    std::string text;
    if (info.effective) text += xml_element("effective", cap_time(*info.effective));
    if (info.onset) text += xml_element("onset", cap_time(*info.onset));
    if (info.expires) text += xml_element("expires", cap_time(*info.expires));
    return text;
}

/// CAP 1.2 schema: the order of the elements of <info>.
std::string cap_info(const AlertInfo& info, const Alert& alert) {
    std::string text = "<info>";
    text += xml_element("language", info.language);
    text += cap_categories(info);
    text += xml_element("event", info.event);
    for (const auto& response : info.responses)
        text += xml_element("responseType", word_of(responses, response, "None"));
    text += xml_element("urgency", word_of(urgencies, info.urgency, "Unknown"));
    text += xml_element("severity", word_of(severities, info.severity, "Unknown"));
    text += xml_element("certainty", word_of(certainties, info.certainty, "Unknown"));
    text += cap_times(info);
    text += xml_element("senderName", info.sender_name);
    text += xml_element("headline", info.headline);
    text += xml_element("description", info.description);
    text += xml_element("instruction", info.instruction);
    text += xml_element("web", info.web);
    text +=
        pair_element("parameter",
                     "origin",
                     alert.name.sender + ',' + alert.name.identifier + ',' + cap_time(alert.sent));
    for (const auto& area : info.areas) text += cap_area(area);
    return text + "</info>";
}

Instant latest(std::span<const Alert> alerts) {
    Instant last;
    for (const auto& alert : alerts) last = std::max(last, alert.sent);
    return last;
}

/// RFC 5322, as RSS 2.0 asks for.
std::string rss_item(const Alert& alert) {
    const AlertInfo& info = report::main_info(alert);
    std::string item = "<item>";
    item += xml_element("title", info.headline.empty() ? info.event : info.headline);
    item += xml_element("description", info.description.empty() ? info.event : info.description);
    item += xml_element("link", info.web.starts_with("http") ? info.web : "");
    item += "<guid isPermaLink=\"false\">" +
            report::xml_text(alert.name.sender + ',' + alert.name.identifier) + "</guid>";
    item += xml_element("category", info.event);
    item += xml_element("pubDate", to_http_date(alert.sent));
    for (const auto& area : info.areas) {
        for (const auto& circle : area.circles)
            item += xml_element("georss:point", pair_text(circle.centre, ' '));
        for (const auto& ring : area.polygons)
            item += xml_element("georss:polygon", ring_text(ring, ' '));
    }
    return item + "</item>\n";
}

constexpr const char* declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

}  // namespace

std::string geojson_document(std::span<const Alert> alerts) {
    Json features = Json::array();
    for (const auto& alert : alerts) features.push_back(feature_of(alert));
    const Json document{{"type", "FeatureCollection"}, {"features", std::move(features)}};
    return document.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string cap_document(std::span<const Alert> alerts, const Publisher& publisher) {
    // Named by what it holds: the same alerts are the same message.
    const Instant sent = latest(alerts);
    std::string infos;
    for (const auto& alert : alerts) {
        for (const auto& info : alert.infos) infos += '\n' + cap_info(info, alert);
    }
    std::string text = declaration;
    text += "<alert xmlns=\"urn:oasis:names:tc:emergency:cap:1.2\">\n";
    text += xml_element("identifier",
                        "relief-alerts-" + std::to_string(XXH3_64bits(infos.data(), infos.size())));
    text += xml_element("sender", publisher.sender);
    text += xml_element("sent", cap_time(sent));
    text += xml_element("status", alerts.empty() ? "System" : "Actual");
    text += xml_element("msgType", "Alert");
    text += xml_element("scope", "Public");
    if (alerts.empty()) text += xml_element("note", "No alert is in force.");
    return text + infos + "\n</alert>\n";
}

std::string rss_document(std::span<const Alert> alerts, const Publisher& publisher) {
    std::string text = declaration;
    text += R"(<rss version="2.0" xmlns:georss="http://www.georss.org/georss"><channel>)";
    text += xml_element("title", "Alerts") + xml_element("link", publisher.link) +
            xml_element("description", "Alerts in force") + '\n';
    for (const auto& alert : alerts) text += rss_item(alert);
    return text + "</channel></rss>\n";
}

}  // namespace relief::alert
