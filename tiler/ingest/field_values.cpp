#include "tiler/ingest/field_values.hpp"

#include "tiler/ingest/table_types.hpp"

#include <cpl_string.h>
#include <ogrsf_frmts.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <utility>

namespace relief::ingest {
namespace {

std::optional<AttributeType> type_of(const OGRFieldDefn& field) {
    switch (field.GetType()) {
        case OFTInteger:
            return field.GetSubType() == OFSTBoolean ? AttributeType::boolean
                                                     : AttributeType::integer;
        case OFTInteger64: return AttributeType::integer;
        case OFTReal: return AttributeType::number;
        case OFTBinary: return std::nullopt;
        default: return AttributeType::text;
    }
}

std::string utf8(const char* text, Findings& findings) {
    if (CPLIsUTF8(text, -1) != 0) return text;
    ++findings[Finding::text_recoded];
    char* const recoded = CPLRecode(text, "CP1252", CPL_ENC_UTF8);
    std::string result(recoded);
    CPLFree(recoded);
    return result;
}

/// How KML is drawn in a globe, which LIBKML gives every placemark whether or not it says so.
bool is_of_drawing(std::string_view name) {
    constexpr std::array<std::string_view, 7> names{
        "tessellate", "extrude", "visibility", "drawOrder", "icon", "altitudeMode", "snippet"};
    return std::find(names.begin(), names.end(), name) != names.end();
}

/// ISO 8601; GDAL's own text has slashes.
std::string time_text(const OGRFeature& feature, int field, OGRFieldType type) {
    int year = 0, month = 0, day = 0, hour = 0, minute = 0, zone = 0;
    float second = 0;
    feature.GetFieldAsDateTime(field, &year, &month, &day, &hour, &minute, &second, &zone);
    std::string date = CPLSPrintf("%04d-%02d-%02d", year, month, day);
    const bool whole = second == std::floor(second);
    std::string clock = CPLSPrintf(
        whole ? "%02d:%02d:%02.0f" : "%02d:%02d:%06.3f", hour, minute, static_cast<double>(second));
    if (type == OFTDate) return date;
    if (type == OFTTime) return clock;
    constexpr int utc = 100;  // quarters of an hour from here; 0 and 1: not stated, local
    if (zone == utc) clock += 'Z';
    if (zone > 1 && zone != utc)
        clock += CPLSPrintf("%c%02d:%02d",
                            zone > utc ? '+' : '-',
                            std::abs(zone - utc) / 4,
                            std::abs(zone - utc) % 4 * 15);
    return date + "T" + clock;
}

std::string list_text(const OGRFeature& feature, int field) {
    char* const json = feature.GetFieldAsSerializedJSon(field);
    std::string text = json == nullptr ? "" : json;
    CPLFree(json);
    return text;
}

std::optional<AttributeValue> value_of_field(const OGRFeature& feature,
                                             int field,
                                             Findings& findings) {
    if (feature.IsFieldSetAndNotNull(field) == 0) return std::nullopt;
    const OGRFieldDefn& defined = *feature.GetFieldDefnRef(field);
    switch (defined.GetType()) {
        case OFTInteger:
        case OFTInteger64: {
            const std::int64_t number = feature.GetFieldAsInteger64(field);
            if (defined.GetSubType() == OFSTBoolean) return AttributeValue(number != 0);
            return AttributeValue(number);
        }
        case OFTReal: {
            const double number = feature.GetFieldAsDouble(field);
            if (!std::isfinite(number)) return std::nullopt;
            return AttributeValue(number);
        }
        case OFTDate:
        case OFTTime:
        case OFTDateTime: return AttributeValue(time_text(feature, field, defined.GetType()));
        case OFTStringList:
        case OFTIntegerList:
        case OFTInteger64List:
        case OFTRealList: return AttributeValue(list_text(feature, field));
        default: return AttributeValue(utf8(feature.GetFieldAsString(field), findings));
    }
}

}  // namespace

FieldPlan plan_fields(const OGRFeatureDefn& schema, std::string_view driver) {
    FieldPlan plan;
    std::set<std::string> taken;
    Findings names;
    for (int i = 0; i < schema.GetFieldCount(); ++i) {
        const OGRFieldDefn& field = *schema.GetFieldDefn(i);
        std::string name = utf8(field.GetNameRef(), names);
        if (name.empty()) name = "field_" + std::to_string(i + 1);
        if (driver == "LIBKML" && is_of_drawing(name)) continue;
        const auto type = type_of(field);
        if (!type) {
            plan.skipped.push_back(name);
            continue;
        }
        const std::string stem = name;
        for (int again = 2; !taken.insert(name).second; ++again)
            name = stem + "_" + std::to_string(again);
        plan.fields.push_back(i);
        plan.attributes.push_back({std::move(name), *type});
    }
    return plan;
}

void detect_types(OGRLayer& layer, FieldPlan& plan) {
    std::vector<std::optional<AttributeType>> types(plan.fields.size());
    layer.ResetReading();
    while (const std::unique_ptr<OGRFeature> row{layer.GetNextFeature()}) {
        for (std::size_t i = 0; i < types.size(); ++i) {
            const std::string_view cell = row->GetFieldAsString(plan.fields[i]);
            if (cell.empty() || types[i] == AttributeType::text) continue;
            const AttributeType type = type_of_cell(cell);
            types[i] = types[i] ? wider_type(*types[i], type) : type;
        }
    }
    for (std::size_t i = 0; i < types.size(); ++i)
        plan.attributes[i].type = types[i].value_or(AttributeType::text);
    plan.table = true;
}

std::vector<std::optional<AttributeValue>> values_of(const OGRFeature& feature,
                                                     const FieldPlan& plan,
                                                     Findings& findings) {
    std::vector<std::optional<AttributeValue>> values;
    values.reserve(plan.fields.size());
    for (std::size_t i = 0; i < plan.fields.size(); ++i) {
        values.push_back(
            plan.table ? value_of_cell(utf8(feature.GetFieldAsString(plan.fields[i]), findings),
                                       plan.attributes[i].type)
                       : value_of_field(feature, plan.fields[i], findings));
    }
    return values;
}

}  // namespace relief::ingest
