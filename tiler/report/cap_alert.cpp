#include "tiler/report/cap_alert.hpp"

#include "tiler/report/degrees.hpp"
#include "tiler/report/text.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace relief::report {
namespace {

constexpr std::size_t longest_word = 200;  // bytes of what CAP has lists or names for
constexpr std::size_t longest_text = 20'000;
constexpr std::size_t most_infos = 32;
constexpr std::size_t most_references = 100;
constexpr std::size_t most_corners = 20'000;  // of all areas of an alert

std::string word(const XmlElement& element, std::string_view name) {
    return clean_text(element.text_of(name), longest_word).text;
}
std::string text(const XmlElement& element, std::string_view name) {
    return clean_text(element.text_of(name), longest_text).text;
}

std::vector<std::string> words(const XmlElement& element, std::string_view name) {
    std::vector<std::string> found;
    for (const auto* each : element.all(name))
        found.push_back(clean_text(each->text, longest_word).text);
    return found;
}

/// CAP writes YYYY-MM-DDThh:mm:ss±hh:mm; "-00:00" is UTC.
Result<std::optional<Instant>> time_of(const XmlElement& element, std::string_view name) {
    const auto written = element.text_of(name);
    if (written.empty()) return std::optional<Instant>();
    const auto time = parse_instant(written);
    if (!time || written.find('T') == std::string_view::npos)
        return bad_request("<" + std::string(name) + "> \"" + shown(written) +
                           "\" is no time such as 2024-05-01T10:00:00+02:00");
    return std::optional(time->first);
}

/// "latitude,longitude".
Result<Place> parse_pair(std::string_view pair) {
    const auto comma = pair.find(',');
    if (comma == std::string_view::npos)
        return bad_request("\"" + shown(pair) + "\" is no latitude,longitude");
    return parse_place(pair.substr(comma + 1), pair.substr(0, comma));
}

/// The next word of a list that blanks divide; empty at its end.
std::string_view next_word(std::string_view& list) {
    list = trimmed(list);
    const auto end = std::min(list.find_first_of(" \n\t\r"), list.size());
    const auto first = list.substr(0, end);
    list.remove_prefix(end);
    return first;
}

Result<std::vector<Place>> parse_polygon(std::string_view list) {
    std::vector<Place> ring;
    for (auto pair = next_word(list); !pair.empty(); pair = next_word(list)) {
        const auto place = parse_pair(pair);
        if (!place) return bad_request("a <polygon> is wrong: " + place.error().what);
        if (ring.size() == most_corners)
            return bad_request("a <polygon> has more than 20,000 corners");
        ring.push_back(*place);
    }
    if (!ring.empty() && !(ring.front() == ring.back())) ring.push_back(ring.front());
    if (ring.size() < 4) return bad_request("a <polygon> has fewer than three corners");
    return ring;
}

Result<AlertCircle> parse_circle(std::string_view list) {
    const auto centre = parse_pair(next_word(list));
    if (!centre) return bad_request("a <circle> is wrong: " + centre.error().what);
    const auto radius = parse_number(next_word(list));
    constexpr double half_around = 20'038;  // kilometres, from pole to pole the other way
    if (!radius || *radius < 0 || *radius > half_around)
        return bad_request("a <circle> has no radius in kilometres");
    return AlertCircle{*centre, *radius};
}

Result<AlertArea> parse_area(const XmlElement& element) {
    AlertArea area{text(element, "areaDesc")};
    for (const auto* each : element.all("polygon")) {
        auto ring = parse_polygon(each->text);
        if (!ring) return ring.error();
        area.polygons.push_back(std::move(*ring));
    }
    for (const auto* each : element.all("circle")) {
        const auto circle = parse_circle(each->text);
        if (!circle) return circle.error();
        area.circles.push_back(*circle);
    }
    for (const auto* each : element.all("geocode"))
        area.geocodes.emplace_back(word(*each, "valueName"), word(*each, "value"));
    return area;
}

Result<void> put_times(const XmlElement& element, AlertInfo& info) {
    for (const auto& [name, member] : {std::pair{"effective", &AlertInfo::effective},
                                       {"onset", &AlertInfo::onset},
                                       {"expires", &AlertInfo::expires}}) {
        const auto time = time_of(element, name);
        if (!time) return time.error();
        info.*member = *time;
    }
    return {};
}

Result<AlertInfo> parse_info(const XmlElement& element) {
    AlertInfo info;
    info.language = word(element, "language");
    info.categories = words(element, "category");
    info.event = word(element, "event");
    info.responses = words(element, "responseType");
    info.urgency = word(element, "urgency");
    info.severity = word(element, "severity");
    info.certainty = word(element, "certainty");
    info.sender_name = word(element, "senderName");
    info.headline = text(element, "headline");
    info.description = text(element, "description");
    info.instruction = text(element, "instruction");
    // Pages make links of it: whatever is no page is left out.
    if (const auto web = word(element, "web");
        web.starts_with("http://") || web.starts_with("https://"))
        info.web = web;
    if (info.event.empty()) return bad_request("an <info> has no <event>");
    if (const auto good = put_times(element, info); !good) return good.error();
    for (const auto* each : element.all("area")) {
        auto area = parse_area(*each);
        if (!area) return area.error();
        info.areas.push_back(std::move(*area));
    }
    return info;
}

/// "sender,identifier,sent sender,identifier,sent".
std::vector<AlertName> parse_references(std::string_view list) {
    std::vector<AlertName> names;
    for (auto each = next_word(list); !each.empty() && names.size() < most_references;
         each = next_word(list)) {
        const auto first = each.find(',');
        const auto last = each.rfind(',');
        if (first == std::string_view::npos || last == first) continue;
        names.push_back({clean_text(each.substr(0, first), longest_word).text,
                         clean_text(each.substr(first + 1, last - first - 1), longest_word).text,
                         clean_text(each.substr(last + 1), longest_word).text});
    }
    return names;
}

Result<Alert::Kind> kind_of(std::string_view message) {
    if (message == "Alert") return Alert::Kind::alert;
    if (message == "Update") return Alert::Kind::update;
    if (message == "Cancel") return Alert::Kind::cancel;
    return bad_request("its msgType is \"" + shown(message) +
                       "\"; Alert, Update and Cancel are taken");
}

Result<void> check_public(const XmlElement& element) {
    const auto status = element.text_of("status");
    if (status != "Actual")
        return bad_request("its status is \"" + shown(status) + "\"; only what is Actual is taken");
    const auto scope = element.text_of("scope");
    if (scope != "Public")
        return bad_request("its scope is \"" + shown(scope) + "\"; only what is Public is taken");
    return {};
}

Result<void> put_head(const XmlElement& element, Alert& alert) {
    alert.name = {word(element, "sender"), word(element, "identifier"), word(element, "sent")};
    if (alert.name.identifier.empty() || alert.name.sender.empty())
        return bad_request("it lacks an <identifier> or a <sender>");
    const auto sent = time_of(element, "sent");
    if (!sent) return sent.error();
    if (!*sent) return bad_request("it lacks the time <sent>");
    alert.sent = **sent;
    const auto kind = kind_of(element.text_of("msgType"));
    if (!kind) return kind.error();
    alert.kind = *kind;
    alert.references = parse_references(element.text_of("references"));
    return {};
}

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

std::optional<Instant> expiry_of(const Alert& alert) {
    std::optional<Instant> last;
    for (const auto& info : alert.infos) {
        if (!info.expires) return std::nullopt;
        last = std::max(last.value_or(*info.expires), *info.expires);
    }
    return last;
}

const AlertInfo& main_info(const Alert& alert) {
    const auto found =
        std::find_if(alert.infos.begin(), alert.infos.end(), [](const AlertInfo& info) {
            return info.language.empty() || lower_case(info.language).starts_with("en");
        });
    return found == alert.infos.end() ? alert.infos.front() : *found;
}

Result<Alert> parse_cap(const XmlElement& element) {
    if (const auto good = check_public(element); !good) return good.error();
    Alert alert;
    if (const auto good = put_head(element, alert); !good) return good.error();
    for (const auto* each : element.all("info")) {
        if (alert.infos.size() == most_infos) return bad_request("it has more than 32 <info>");
        auto info = parse_info(*each);
        if (!info) return info.error();
        alert.infos.push_back(std::move(*info));
    }
    if (alert.infos.empty() && alert.kind != Alert::Kind::cancel)
        return bad_request("it has no <info>");
    return alert;
}

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
    const Draft& said = report.said;
    std::string severity(name_of(severity_names, said.severity));
    severity[0] = static_cast<char>(severity[0] - 'a' + 'A');
    AlertInfo info;
    info.categories = {"Other"};
    info.event = said.category.empty() ? "report" : said.category;
    info.urgency = "Unknown";
    info.severity = severity;
    info.certainty = report.status == Status::verified ? "Observed" : "Unknown";
    if (said.time) info.onset = said.time->first;
    info.sender_name = said.attribution;
    info.headline = said.title;
    info.description = said.description;
    AlertArea area{said.title.empty() ? info.event : said.title};
    area.circles.push_back({said.place, radius_km[static_cast<std::size_t>(said.precision)]});
    info.areas.push_back(std::move(area));
    Alert alert;
    alert.name = {"relief", report.id, to_text(report.changed)};
    alert.sent = report.changed;
    alert.origin = "relief";
    alert.infos.push_back(std::move(info));
    return alert;
}

}  // namespace relief::report
