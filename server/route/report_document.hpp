#pragma once
// Reports as GeoJSON: all of one, and what everyone may see of it.

#include "server/intake/report_desk.hpp"
#include "tiler/report/report.hpp"
#include "tiler/shown/shown_store.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace relief::route {

/// "https://maps.example.org/reports/abcd…"
std::string report_address(std::string_view base_url, std::string_view id);

/// A Feature: what was said, what was decided, links to the photos.
std::string report_document(const report::Report& report, std::string_view base_url);

/// A Feature with what is told of it to everyone; where its place is not known to the point, an
/// area.
std::string shown_document(const shown::PublicReport& report, std::string_view base_url);

/// {"similar": [{"score", "distance_m", "hours", "words", "report": Feature}]}
std::string similar_document(const std::vector<intake::Likeness>& similar,
                             std::string_view base_url);

struct FailedChange {
    std::string id;
    std::string why;
};
/// {"changed": [id], "failed": [{"id", "detail"}]}
std::string changes_document(const std::vector<std::string>& changed,
                             const std::vector<FailedChange>& failed);

/// {"id", "entries": [{"time", "who", "what", "before", "after"}]}: oldest first.
std::string history_document(std::string_view id, const std::vector<intake::HistoryEntry>& entries);

/// A FeatureCollection of Features that are JSON already. `next`: address of the next page; empty:
/// there is none.
std::string collection_document(const std::vector<std::string>& features, std::string_view next);

}  // namespace relief::route
