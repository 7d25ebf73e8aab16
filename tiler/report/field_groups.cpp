// What several headers say together.

#include "tiler/report/fields.hpp"

#include <algorithm>
#include <deque>
#include <functional>
#include <set>
#include <unordered_map>

namespace relief::report {
namespace {

/// What is left of a name of a place without the word for its axis.
std::string stem_of(std::string_view header) {
    std::string name = plain_name(header);
    for (const std::string_view word : {"decimallatitude",
                                        "decimallongitude",
                                        "latitude",
                                        "longitude",
                                        "latitud",
                                        "longitud",
                                        "lat",
                                        "lon",
                                        "lng",
                                        "long",
                                        "x",
                                        "y"}) {
        if (!name.ends_with(word)) continue;
        name.resize(name.size() - word.size());
        return name;
    }
    return name;
}

std::vector<std::size_t> columns_of(const std::vector<FieldUse>& uses, Field field) {
    std::vector<std::size_t> columns;
    for (std::size_t i = 0; i < uses.size(); ++i) {
        if (uses[i].field == field) columns.push_back(i);
    }
    std::stable_sort(columns.begin(), columns.end(), [&](std::size_t a, std::size_t b) {
        return uses[a].rank < uses[b].rank;
    });
    return columns;
}

}  // namespace

std::vector<PlaceColumns> place_columns(const std::vector<std::string>& headers,
                                        const std::vector<FieldUse>& uses) {
    std::vector<PlaceColumns> places;
    // Of one stem the best is the first; a table may have thousands.
    std::unordered_map<std::string, std::deque<std::size_t>> longitudes;
    for (const std::size_t longitude : columns_of(uses, Field::longitude))
        longitudes[stem_of(headers[longitude])].push_back(longitude);
    for (const std::size_t latitude : columns_of(uses, Field::latitude)) {
        const auto partners = longitudes.find(stem_of(headers[latitude]));
        if (partners == longitudes.end() || partners->second.empty()) continue;
        places.push_back({partners->second.front(), latitude});
        partners->second.pop_front();
    }
    return places;
}

namespace {

using PlainNames = std::set<std::string, std::less<>>;

/// By names of columns, however they are written.
std::optional<Format> format_named_by(const PlainNames& names) {
    const auto has = [&](std::string_view name) { return names.contains(name); };
    if (has("event_id_cnty") || (has("sub_event_type") && has("geo_precision")))
        return Format::acled;
    if (has("type_of_violence") && (has("dyad_name") || has("where_prec"))) return Format::ucdp;
    if (has("post_id") && (has("post_status") || has("survey") || has("unstructured_description")))
        return Format::ushahidi;
    if (has("data_source_message_id") && has("marker_color")) return Format::ushahidi;
    // The first platform's export, before 2013.
    if (has("incident_title") && has("incident_date")) return Format::ushahidi;
    return std::nullopt;
}

/// By names as survey tools write them, to the letter.
std::optional<Format> format_marked_by(const std::vector<std::string>& headers,
                                       const PlainNames& names) {
    const auto has = [&](std::string_view name) { return names.contains(name); };
    const auto has_mark = [&](std::string_view name) {
        return std::find(headers.begin(), headers.end(), name) != headers.end();
    };
    if (has_mark("_uuid") || has_mark("_submission_time") || has_mark("_xform_id_string"))
        return Format::kobo;
    if (has_mark("__id") || has_mark("__system") ||
        (has_mark("KEY") && (has("submittername") || has("reviewstate") || has("submissiondate"))))
        return Format::odk;
    return std::nullopt;
}

}  // namespace

std::optional<Format> format_shown_by(const std::vector<std::string>& headers) {
    PlainNames names;
    for (const auto& header : headers) names.insert(plain_name(header));
    if (const auto format = format_named_by(names)) return format;
    return format_marked_by(headers, names);
}

}  // namespace relief::report
