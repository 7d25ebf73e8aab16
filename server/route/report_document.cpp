#include "server/route/report_document.hpp"

#include <nlohmann/json.hpp>

namespace relief::route {
namespace {

using ReportJson = nlohmann::ordered_json;

std::string text_of_report(const ReportJson& document) {
    return document.dump(-1, ' ', false, ReportJson::error_handler_t::replace);
}

void add_if_said(ReportJson& properties, const char* name, const std::string& text) {
    if (!text.empty()) properties[name] = text;
}

ReportJson links_to_photos(const std::string& address, std::size_t count) {
    ReportJson photos = ReportJson::array();
    for (std::size_t i = 1; i <= count; ++i)
        photos.push_back(address + "/photos/" + std::to_string(i) + ".jpg");
    return photos;
}

ReportJson point_of(const report::Place& place) {
    return {{"type", "Point"},
            {"coordinates", ReportJson::array({place.longitude, place.latitude})}};
}

/// Counter-clockwise, as RFC 7946, 3.1.6 asks.
ReportJson area_of(const report::Cell& cell) {
    const LonLatBox box = report::box_of(cell);
    const auto corner = [](double east, double north) { return ReportJson::array({east, north}); };
    ReportJson ring = ReportJson::array({corner(box.west, box.south),
                                         corner(box.east, box.south),
                                         corner(box.east, box.north),
                                         corner(box.west, box.north),
                                         corner(box.west, box.south)});
    return {{"type", "Polygon"}, {"coordinates", ReportJson::array({std::move(ring)})}};
}

/// The further ones first: none of them stands for one of ours.
ReportJson properties_of(const report::Report& report, std::string_view base_url) {
    const report::Draft& said = report.said;
    ReportJson properties = ReportJson::parse(said.properties, nullptr, false);
    if (!properties.is_object()) properties = ReportJson::object();
    properties["title"] = said.title;
    properties["description"] = said.description;
    properties["category"] = said.category;
    if (said.time) properties["time"] = to_text(*said.time);
    properties["severity"] = name_of(report::severity_names, said.severity);
    properties["precision"] = name_of(report::precision_names, said.precision);
    properties["status"] = name_of(report::status_names, report.status);
    properties["sensitivity"] = to_text(report.level);
    properties["received"] = to_text(report.received);
    properties["changed"] = to_text(report.changed);
    properties["photos"] =
        links_to_photos(report_address(base_url, report.id), report.photos.size());
    add_if_said(properties, "duplicate_of", report.duplicate_of);
    add_if_said(properties, "confidence", report.confidence);
    add_if_said(properties, "assigned", report.assigned);
    add_if_said(properties, "origin", said.origin);
    add_if_said(properties, "origin_id", said.origin_id);
    add_if_said(properties, "licence", said.licence);
    add_if_said(properties, "attribution", said.attribution);
    return properties;
}

ReportJson feature_of(const report::Report& report, std::string_view base_url) {
    return {{"type", "Feature"},
            {"id", report.id},
            {"geometry", point_of(report.said.place)},
            {"properties", properties_of(report, base_url)}};
}

}  // namespace

std::string report_address(std::string_view base_url, std::string_view id) {
    return std::string(base_url) + "/reports/" + std::string(id);
}

std::string report_document(const report::Report& report, std::string_view base_url) {
    return text_of_report(feature_of(report, base_url));
}

std::string similar_document(const std::vector<intake::Likeness>& similar,
                             std::string_view base_url) {
    ReportJson list = ReportJson::array();
    for (const intake::Likeness& one : similar)
        list.push_back({{"score", one.score},
                        {"distance_m", one.distance},
                        {"hours", one.hours},
                        {"words", one.words},
                        {"report", feature_of(one.report, base_url)}});
    return text_of_report({{"similar", std::move(list)}});
}

std::string shown_document(const shown::PublicReport& report, std::string_view base_url) {
    ReportJson properties{
        {"title", report.title},
        {"description", report.description},
        {"category", report.category},
        {"time", to_text(report.time)},
        {"severity", name_of(report::severity_names, report.severity)},
        {"status", name_of(report::status_names, report.status)},
        {"sensitivity", to_text(report.level)},
        {"photos", links_to_photos(report_address(base_url, report.id), report.photos.size())}};
    add_if_said(properties, "licence", report.licence);
    add_if_said(properties, "attribution", report.attribution);
    return text_of_report(
        {{"type", "Feature"},
         {"id", report.id},
         {"geometry", report.area ? area_of(*report.area) : point_of(report.place)},
         {"properties", std::move(properties)}});
}

std::string changes_document(const std::vector<std::string>& changed,
                             const std::vector<FailedChange>& failed) {
    ReportJson list = ReportJson::array();
    for (const FailedChange& one : failed) list.push_back({{"id", one.id}, {"detail", one.why}});
    return text_of_report({{"changed", changed}, {"failed", std::move(list)}});
}

std::string history_document(std::string_view id,
                             const std::vector<intake::HistoryEntry>& entries) {
    ReportJson list = ReportJson::array();
    for (const intake::HistoryEntry& entry : entries)
        list.push_back({{"time", to_text(entry.time)},
                        {"who", entry.who},
                        {"what", entry.what},
                        {"before", entry.before},
                        {"after", entry.after}});
    return text_of_report({{"id", id}, {"entries", std::move(list)}});
}

std::string collection_document(const std::vector<std::string>& features, std::string_view next) {
    std::string text = R"({"type":"FeatureCollection","features":[)";
    for (const std::string& feature : features) {
        if (text.back() != '[') text += ',';
        text += feature;
    }
    ReportJson links = ReportJson::array();
    if (!next.empty())
        links.push_back({{"rel", "next"}, {"type", "application/geo+json"}, {"href", next}});
    return text + R"(],"links":)" + text_of_report(links) + '}';
}

}  // namespace relief::route
