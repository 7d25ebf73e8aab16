// What an alert is as a report, and a report as an alert.

#include "tiler/report/cap_alert.hpp"
#include "tiler/report/public_view.hpp"
#include "tiler/report/text.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace relief::report {
namespace {

struct Middle {
    Place place;
    double extent_km = 0;
};

/// Of the box around the corners; longitudes are taken near the first, so that a ring over the
/// antimeridian stays together.
Middle middle_of(const std::vector<Place>& ring) {
    Place low = ring.front();
    Place high = low;
    for (const Place& each : ring) {
        const double turns = std::round((each.longitude - ring.front().longitude) / 360);
        const double longitude = each.longitude - turns * 360;
        low = {std::min(low.longitude, longitude), std::min(low.latitude, each.latitude)};
        high = {std::max(high.longitude, longitude), std::max(high.latitude, each.latitude)};
    }
    constexpr double km_of_degree = 111.2;
    const double longitude = (low.longitude + high.longitude) / 2;
    return {{std::remainder(longitude, 360.0), (low.latitude + high.latitude) / 2},
            (high.latitude - low.latitude + high.longitude - low.longitude) / 2 * km_of_degree};
}

std::optional<Middle> middle_of(const AlertInfo& info) {
    for (const auto& area : info.areas) {
        if (!area.circles.empty())
            return Middle{area.circles.front().centre, 2 * area.circles.front().radius_km};
        if (!area.polygons.empty()) return middle_of(area.polygons.front());
    }
    return std::nullopt;
}

/// The same borders as UCDP GED draws: a place, within 25 km of it, more.
Precision precision_for(double extent_km) {
    if (extent_km <= 2) return Precision::exact;
    return extent_km <= 50 ? Precision::near : Precision::region;
}

std::string source_of(const AlertInfo& info, const Alert& alert) {
    return info.sender_name.empty() ? alert.name.sender : info.sender_name;
}

}  // namespace

Result<Draft> report_of(const Alert& alert, Instant now) {
    if (alert.kind == Alert::Kind::cancel) return bad_request("it cancels what it refers to");
    const auto expires = expiry_of(alert);
    if (expires && *expires < now) return bad_request("it expired at " + to_text(*expires));
    const AlertInfo& info = main_info(alert);
    const auto middle = middle_of(info);
    if (!middle) return bad_request("it has neither a polygon nor a circle that says where");
    Draft draft;
    draft.place = middle->place;
    draft.precision = precision_for(middle->extent_km);
    draft.title =
        clean_text(info.headline.empty() ? info.event : info.headline, Bounds::title).text;
    draft.description = info.description;
    draft.category = clean_text(info.event, Bounds::category).text;
    draft.severity =
        find_name<Severity>(severity_names, lower_case(info.severity)).value_or(Severity::unknown);
    const Instant begin = info.onset.value_or(info.effective.value_or(alert.sent));
    draft.time = InstantRange(begin, std::max(begin, expires.value_or(begin)));
    draft.origin = alert.origin;
    draft.origin_id = alert.origin == "gdacs" ? alert.name.identifier
                                              : alert.name.sender + ',' + alert.name.identifier;
    draft.attribution = clean_text(source_of(info, alert), Bounds::title).text;
    draft.status = Status::verified;
    return draft;
}

Alert alert_of(const Report& report) {
    // As far as the place may be off (codebook of UCDP GED: near is within 25 km).
    constexpr std::array<double, precision_names.size()> radius_km{0, 25, 100};
    // An alert is for everyone, who is shown minutes (privacy.md, 1).
    const auto minute_of = [](Instant moment) { return rounded(moment, TimeStep::minute).first; };
    const Draft& said = report.said;
    std::string severity(name_of(severity_names, said.severity));
    severity[0] = static_cast<char>(severity[0] - 'a' + 'A');
    AlertInfo info;
    info.categories = {"Other"};
    info.event = said.category.empty() ? "report" : said.category;
    info.urgency = "Unknown";
    info.severity = severity;
    info.certainty = report.status == Status::verified ? "Observed" : "Unknown";
    if (said.time) info.onset = minute_of(said.time->first);
    info.sender_name = said.attribution;
    info.headline = said.title;
    info.description = said.description;
    AlertArea area{said.title.empty() ? info.event : said.title};
    area.circles.push_back({said.place, radius_km[static_cast<std::size_t>(said.precision)]});
    info.areas.push_back(std::move(area));
    Alert alert;
    alert.sent = minute_of(report.changed);
    alert.name = {"relief", report.id, to_text(alert.sent)};
    alert.origin = "relief";
    alert.infos.push_back(std::move(info));
    return alert;
}

}  // namespace relief::report
