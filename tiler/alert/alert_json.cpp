#include "tiler/alert/alert_json.hpp"

#include <nlohmann/json.hpp>

#include <array>
#include <string>

namespace relief::alert {
namespace {

using Json = nlohmann::ordered_json;
using report::Alert;
using report::AlertArea;
using report::AlertInfo;
using report::Place;

constexpr EnumNames<3> kinds{"Alert", "Update", "Cancel"};

struct TextMember {
    const char* name;
    std::string AlertInfo::*text;
};
constexpr std::array<TextMember, 10> texts{{{"language", &AlertInfo::language},
                                            {"event", &AlertInfo::event},
                                            {"urgency", &AlertInfo::urgency},
                                            {"severity", &AlertInfo::severity},
                                            {"certainty", &AlertInfo::certainty},
                                            {"senderName", &AlertInfo::sender_name},
                                            {"headline", &AlertInfo::headline},
                                            {"description", &AlertInfo::description},
                                            {"instruction", &AlertInfo::instruction},
                                            {"web", &AlertInfo::web}}};

struct TimeMember {
    const char* name;
    std::optional<Instant> AlertInfo::*time;
};
constexpr std::array<TimeMember, 3> times{{{"effective", &AlertInfo::effective},
                                           {"onset", &AlertInfo::onset},
                                           {"expires", &AlertInfo::expires}}};

Json position_of(const Place& place) {
    return {place.longitude, place.latitude};
}

Json area_json(const AlertArea& area) {
    Json document{{"areaDesc", area.description}};
    document["polygons"] = Json::array();
    for (const auto& ring : area.polygons) {
        Json positions = Json::array();
        for (const auto& corner : ring) positions.push_back(position_of(corner));
        document["polygons"].push_back(std::move(positions));
    }
    document["circles"] = Json::array();
    for (const auto& circle : area.circles)
        document["circles"].push_back(
            {{"centre", position_of(circle.centre)}, {"radius_km", circle.radius_km}});
    document["geocodes"] = Json::array();
    for (const auto& [name, value] : area.geocodes)
        document["geocodes"].push_back({{"valueName", name}, {"value", value}});
    return document;
}

Json info_json(const AlertInfo& info) {
    Json document = Json::object();
    document["category"] = info.categories;
    document["responseType"] = info.responses;
    for (const auto& [name, text] : texts) {
        if (!(info.*text).empty()) document[name] = info.*text;
    }
    for (const auto& [name, time] : times) {
        if (info.*time) document[name] = to_text(*(info.*time));
    }
    document["area"] = Json::array();
    for (const auto& area : info.areas) document["area"].push_back(area_json(area));
    return document;
}

Place place_from(const Json& position) {
    return {position.at(0).get<double>(), position.at(1).get<double>()};
}

AlertArea area_from(const Json& document) {
    AlertArea area{document.at("areaDesc")};
    for (const auto& positions : document.at("polygons")) {
        std::vector<Place> ring;
        for (const auto& position : positions) ring.push_back(place_from(position));
        area.polygons.push_back(std::move(ring));
    }
    for (const auto& circle : document.at("circles"))
        area.circles.push_back({place_from(circle.at("centre")), circle.at("radius_km")});
    for (const auto& code : document.at("geocodes"))
        area.geocodes.emplace_back(code.at("valueName"), code.at("value"));
    return area;
}

AlertInfo info_from(const Json& document) {
    AlertInfo info;
    info.categories = document.at("category").get<std::vector<std::string>>();
    info.responses = document.at("responseType").get<std::vector<std::string>>();
    for (const auto& [name, text] : texts) info.*text = document.value(name, std::string());
    for (const auto& [name, time] : times) {
        if (const auto read = parse_instant(document.value(name, std::string())))
            info.*time = read->first;
    }
    for (const auto& area : document.at("area")) info.areas.push_back(area_from(area));
    return info;
}

Alert alert_from(const Json& document) {
    Alert alert;
    alert.name = {document.at("sender"), document.at("identifier"), document.at("sent")};
    alert.origin = document.at("origin");
    alert.kind = find_name<Alert::Kind>(kinds, document.at("msgType").get<std::string>())
                     .value_or(Alert::Kind::alert);
    if (const auto sent = parse_instant(alert.name.sent)) alert.sent = sent->first;
    for (const auto& each : document.at("references"))
        alert.references.push_back({each.at("sender"), each.at("identifier"), each.at("sent")});
    for (const auto& info : document.at("info")) alert.infos.push_back(info_from(info));
    return alert;
}

}  // namespace

Json to_json(const Alert& alert) {
    Json document{{"identifier", alert.name.identifier},
                  {"sender", alert.name.sender},
                  {"sent", alert.name.sent},
                  {"origin", alert.origin},
                  {"msgType", name_of(kinds, alert.kind)},
                  {"references", Json::array()},
                  {"info", Json::array()}};
    for (const auto& name : alert.references)
        document["references"].push_back(
            {{"sender", name.sender}, {"identifier", name.identifier}, {"sent", name.sent}});
    for (const auto& info : alert.infos) document["info"].push_back(info_json(info));
    return document;
}

std::optional<Alert> from_json(std::string_view text) {
    try {
        return alert_from(Json::parse(text));
    } catch (const Json::exception&) {
        return std::nullopt;  // the file is not as it was written
    }
}

}  // namespace relief::alert
