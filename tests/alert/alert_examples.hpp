#pragma once
// An alert with every part that one can have.

#include "tiler/report/alert.hpp"

#include <string>

namespace relief::alert {

inline Instant moment(const char* text) {
    return parse_instant(text)->first;
}

inline report::Alert full_alert(const std::string& identifier = "id-1") {
    report::AlertInfo arabic;
    arabic.language = "ar";
    arabic.categories = {"Met"};
    arabic.event = "فيضان <&>";
    arabic.urgency = "Immediate";
    arabic.severity = "Severe";
    arabic.certainty = "Observed";
    report::AlertInfo english = arabic;
    english.language = "en";
    english.event = "Flood";
    english.responses = {"Evacuate"};
    english.effective = moment("2024-05-01T08:00:00Z");
    english.onset = moment("2024-05-01T09:00:00Z");
    english.expires = moment("2024-05-02T08:00:00Z");
    arabic.expires = english.expires;
    english.sender_name = "Agency";
    english.headline = "River over its banks";
    english.description = "Line one\nline two";
    english.instruction = "Leave";
    english.web = "https://example.org/1";
    english.areas = {{"Coast",
                      {{{35, 10}, {36, 10}, {36, 11}, {35, 10}}},
                      {{{35.5, 10.25}, 20}},
                      {{"P-CODE", "XX01"}}}};
    report::Alert alert;
    alert.name = {"agency@example.org", identifier, "2024-05-01T08:00:00Z"};
    alert.sent = moment("2024-05-01T08:00:00Z");
    alert.infos = {arabic, english};
    return alert;
}

}  // namespace relief::alert
