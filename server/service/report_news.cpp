#include "server/service/report_news.hpp"

#include "server/service/layer_version.hpp"
#include "server/service/report_layers.hpp"

#include <nlohmann/json.hpp>

#include <memory>
#include <string>

namespace relief::service {
namespace {

using ReportNewsJson = nlohmann::ordered_json;

/// More are read faster from the list.
constexpr std::size_t most_reports = 20;

ReportNewsJson reports_json(const std::vector<shown::PublicReport>& put) {
    ReportNewsJson reports = ReportNewsJson::array();
    if (put.size() > most_reports) return reports;
    for (const shown::PublicReport& one : put) {
        if (one.level != Sensitivity::low) continue;
        reports.push_back({{"id", one.id},
                           {"lon", one.place.longitude},
                           {"lat", one.place.latitude},
                           {"category", one.category},
                           {"severity", name_of(report::severity_names, one.severity)},
                           {"status", name_of(report::status_names, one.status)}});
    }
    return reports;
}

Happening for_view(report::View view, Happening::Kind kind, const ReportNewsJson& json) {
    const auto document = std::make_shared<const std::string>(
        json.dump(-1, ' ', false, ReportNewsJson::error_handler_t::replace));
    return {kind, [view, document](const Audience& audience) -> Happening::Document {
                return view_of(audience) == view ? document : nullptr;
            }};
}

}  // namespace

std::vector<Happening> news_of_reports(report::View view,
                                       const workspace::Layer& layer,
                                       const std::vector<shown::PublicReport>& put) {
    const ReportNewsJson tiles{{"layer", layer.name.text()}, {"version", layer_version(layer)}};
    ReportNewsJson reports = tiles;
    reports["reports"] = reports_json(put);
    return {for_view(view, Happening::Kind::report, reports),
            for_view(view, Happening::Kind::tiles, tiles)};
}

}  // namespace relief::service
