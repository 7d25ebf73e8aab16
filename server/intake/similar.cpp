#include "server/intake/similar.hpp"

#include "tiler/report/public_view.hpp"
#include "tiler/report/text.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <iterator>
#include <numbers>
#include <set>
#include <string>
#include <utility>

namespace relief::intake {
namespace {

constexpr double most_metres = 2000;
constexpr double most_hours = 72;
constexpr double least_score = 0.4;
constexpr std::size_t most_suggested = 10;
constexpr double metres_a_degree = 111'195;  // of a sphere of 6,371 km
constexpr std::int64_t hour_ms = 3'600'000;
// A text of 20 kB says nothing more of likeness than its beginning does.
constexpr std::size_t compared_bytes = 1000;

double radians(double degrees) {
    return degrees * std::numbers::pi / 180;
}

/// Great circle, haversine formula.
double metres_between(const report::Place& one, const report::Place& other) {
    const double north = std::sin(radians(other.latitude - one.latitude) / 2);
    const double east = std::sin(radians(other.longitude - one.longitude) / 2);
    const double share = north * north + std::cos(radians(one.latitude)) *
                                             std::cos(radians(other.latitude)) * east * east;
    constexpr double radius = 6'371'000;
    return 2 * radius * std::asin(std::sqrt(std::min(1.0, share)));
}

double hours_between(const report::Report& one, const report::Report& other) {
    const auto gap =
        report::time_of(one).first.milliseconds - report::time_of(other).first.milliseconds;
    return std::abs(static_cast<double>(gap)) / hour_ms;
}

std::set<std::string> pieces_of(std::string_view text) {
    const std::string low = report::lower_case(text.substr(0, compared_bytes));
    std::set<std::string> pieces;
    for (std::size_t i = 0; i + 3 <= low.size(); ++i) pieces.insert(low.substr(i, 3));
    return pieces;
}

std::string words_of_report(const report::Report& report) {
    return report.said.title + ' ' + report.said.description;
}

double around_globe(double longitude) {
    if (longitude > 180) return longitude - 360;
    return longitude < -180 ? longitude + 360 : longitude;
}

}  // namespace

report::ReportFilter neighbourhood_of(const report::Report& report) {
    const report::Place& place = report.said.place;
    const double north = most_metres / metres_a_degree;
    // Near a pole all longitudes are near.
    const double east = std::min(180.0, north / std::max(0.01, std::cos(radians(place.latitude))));
    const bool all_around = east >= 180;
    const InstantRange time = report::time_of(report);
    const auto reach = static_cast<std::int64_t>(most_hours) * hour_ms;
    report::ReportFilter filter;
    filter.box = LonLatBox{all_around ? -180 : around_globe(place.longitude - east),
                           std::max(-90.0, place.latitude - north),
                           all_around ? 180 : around_globe(place.longitude + east),
                           std::min(90.0, place.latitude + north)};
    filter.since = Instant{time.first.milliseconds - reach};
    filter.until = Instant{time.last.milliseconds + reach};
    return filter;
}

// NOLINTNEXTLINE(bugprone-easily-swappable-parameters): alike both ways
double like_words(std::string_view one, std::string_view other) {
    const auto left = pieces_of(one);
    const auto right = pieces_of(other);
    std::vector<std::string> common;
    std::set_intersection(
        left.begin(), left.end(), right.begin(), right.end(), std::back_inserter(common));
    const auto all = left.size() + right.size() - common.size();
    return all == 0 ? 0 : static_cast<double>(common.size()) / static_cast<double>(all);
}

std::vector<Likeness> likenesses(const report::Report& report, std::vector<report::Report> others) {
    std::vector<Likeness> found;
    const std::string words = words_of_report(report);
    for (report::Report& other : others) {
        Likeness like;
        like.distance = metres_between(report.said.place, other.said.place);
        like.hours = hours_between(report, other);
        like.words = like_words(words, words_of_report(other));
        const double place = std::max(0.0, 1 - like.distance / most_metres);
        const double time = std::max(0.0, 1 - like.hours / most_hours);
        like.score = 0.5 * like.words + 0.3 * place + 0.2 * time;
        like.report = std::move(other);
        if (like.score >= least_score) found.push_back(std::move(like));
    }
    std::stable_sort(found.begin(), found.end(), [](const Likeness& a, const Likeness& b) {
        return a.score > b.score;
    });
    if (found.size() > most_suggested) found.resize(most_suggested);
    return found;
}

}  // namespace relief::intake
