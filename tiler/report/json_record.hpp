#pragma once
// One record of JSON to the parts of a draft.

#include "tiler/report/draft_maker.hpp"

#include <nlohmann/json.hpp>

#include <functional>
#include <string>

namespace relief::report {

/// A Feature: its point, else the first of its collection; its properties by their names.
void put_feature(const nlohmann::json& feature, Format format, DraftMaker& maker);

/// One that relief reports export wrote.
void put_relief_feature(const nlohmann::json& feature, DraftMaker& maker);

/// The same in a table. `value`: what stands in the column of that name; empty: nothing.
using ReliefValue = std::function<std::string(const char* name)>;
void put_relief_row(const ReliefValue& value, DraftMaker& maker);

/// A submission of KoBo or ODK: answers by path, "_geolocation" [latitude, longitude] or the
/// first answer that is a place.
void put_submission(const nlohmann::json& record, Format format, DraftMaker& maker);

/// A post of Ushahidi 5: its fields by label, the first point among them (as {lon, lat}).
void put_post(const nlohmann::json& record, DraftMaker& maker);

/// The first point of a geometry, longitude first (RFC 7946, 3.1.1). Errors: bad_request for
/// another geometry, or none.
Result<Place> place_of_geometry(const nlohmann::json& geometry);

}  // namespace relief::report
