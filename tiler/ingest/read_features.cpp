#include "tiler/ingest/read_features.hpp"

#include "tiler/ingest/feature_layers.hpp"
#include "tiler/ingest/table_types.hpp"
#include "tiler/source/gdal_runtime.hpp"

#include <cpl_string.h>
#include <ogrsf_frmts.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

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

/// Which fields become attributes, under names that are each there once.
struct FieldPlan {
    std::vector<int> fields;
    std::vector<AttributeDescription> attributes;
    std::vector<std::string> skipped;
    bool table = false;  ///< cells are texts, whatever the attributes' types
};

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

/// A table says nothing of types: its cells do, all of them.
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

/// Ids rise through a file; one that does not was met before, or may have been.
class RisingIds {
public:
    std::uint64_t next(GIntBig id, Findings& findings) {
        const auto least = last_ ? *last_ + 1 : 0;
        const bool rises = id >= 0 && static_cast<std::uint64_t>(id) >= least;
        if (!rises && id >= 0) ++findings[Finding::id_replaced];
        last_ = rises ? static_cast<std::uint64_t>(id) : least;
        return *last_;
    }

private:
    std::optional<std::uint64_t> last_;
};

std::string authority_code(const OGRSpatialReference& crs) {
    const char* name = crs.GetAuthorityName(nullptr);
    const char* code = crs.GetAuthorityCode(nullptr);
    if (name != nullptr && code != nullptr) return std::string(name) + ":" + code;
    char* wkt = nullptr;
    crs.exportToWkt(&wkt);
    std::string text = wkt == nullptr ? "" : wkt;
    CPLFree(wkt);
    return text;
}

/// The driver reads all layers at once, and would gather what is not asked for.
/// Source: GDAL, OSM driver, "Interleaved reading".
void look_at_one(GDALDataset& dataset, const OGRLayer& layer) {
    const std::string words = std::string("SET interest_layers = ") + layer.GetDescription();
    dataset.ReleaseResultSet(dataset.ExecuteSQL(words.c_str(), nullptr, nullptr));
}

/// Feature by feature, and how much was read.
class FeatureRun {
public:
    FeatureRun(GDALDataset& dataset, OGRLayer& layer)
        : dataset_(dataset),
          layer_(layer),
          expected_(static_cast<double>(layer.GetFeatureCount(0))) {
        if (expected_ >= 0) layer_.ResetReading();
        if (expected_ < 0) dataset_.ResetReading();
    }

    /// 0 when it is not known before all is read.
    double expected() const noexcept { return std::max(expected_, 0.0); }
    double share() const noexcept {
        return expected_ < 0 ? share_ : std::min(count_ / std::max(expected_, 1.0), 1.0);
    }
    double count() const noexcept { return count_; }

    std::unique_ptr<OGRFeature> next() {
        std::unique_ptr<OGRFeature> feature;
        if (expected_ >= 0) {
            feature.reset(layer_.GetNextFeature());
        } else {
            // Of several layers: those that are not asked for may still come.
            OGRLayer* from = nullptr;
            do feature.reset(dataset_.GetNextFeature(&from, &share_, nullptr, nullptr));
            while (feature && from != &layer_);
        }
        if (feature) ++count_;
        return feature;
    }

private:
    GDALDataset& dataset_;
    OGRLayer& layer_;
    double expected_;
    double count_ = 0;
    double share_ = 0;
};

}  // namespace

struct FeatureFile::Parts {
    FeatureDataset dataset;
    OGRLayer* layer = nullptr;
    FieldPlan plan;
};

FeatureFile::FeatureFile(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
FeatureFile::FeatureFile(FeatureFile&&) noexcept = default;
FeatureFile::~FeatureFile() = default;

Result<FeatureFile> FeatureFile::open(const std::filesystem::path& path, const std::string& layer) {
    const source::GdalMessages messages;
    auto parts = std::make_unique<Parts>();
    parts->dataset = open_features(path.string());
    if (!parts->dataset) return source_broken("it cannot be read as features", messages.last());
    const auto chosen = choose_layer(*parts->dataset, layer);
    if (!chosen) return chosen.error();
    parts->layer = *chosen;
    const std::string_view driver = parts->dataset->GetDriverName();
    parts->plan = plan_fields(*parts->layer->GetLayerDefn(), driver);
    if (driver == "CSV") detect_types(*parts->layer, parts->plan);
    if (driver == "OSM") look_at_one(*parts->dataset, *parts->layer);
    FeatureFile file(std::move(parts));
    VectorDescription& description = file.description_;
    description.driver = file.parts_->dataset->GetDriverName();
    description.layer = file.parts_->layer->GetName();
    description.attributes = file.parts_->plan.attributes;
    if (const auto* const crs = file.parts_->layer->GetSpatialRef()) {
        description.crs = authority_code(*crs);
        description.crs_title = crs->GetName() == nullptr ? "" : crs->GetName();
    } else {
        description.crs = "EPSG:4326";
        description.crs_title = "WGS 84";
        description.findings.emplace_back(
            "no coordinate reference system is stated; longitude and latitude (WGS 84) are taken");
    }
    for (const std::string& name : file.parts_->plan.skipped)
        description.findings.push_back("attribute \"" + name +
                                       "\" holds binary data and is left out");
    return file;
}

Result<void> FeatureFile::read(
    const std::function<bool(const vector::SourceFeature&, double)>& take, Findings& findings) {
    const source::GdalMessages messages;
    OGRLayer& layer = *parts_->layer;
    GeometryPlacer placer(layer.GetSpatialRef());
    FeatureRun run(*parts_->dataset, layer);
    RisingIds ids;
    CPLErrorReset();
    while (const auto feature = run.next()) {
        vector::SourceFeature out;
        out.id = ids.next(feature->GetFID(), findings);
        out.shapes = placer.place(feature->GetGeometryRef(), findings);
        if (!out.shapes.empty()) out.values = values_of(*feature, parts_->plan, findings);
        if (!take(out, run.share())) return Error{Fault::out_of_time, "stopped; nothing was added"};
    }
    if (run.count() == 0) return source_broken("it holds no features", messages.last());
    const bool broken = CPLGetLastErrorType() >= CE_Failure;
    if (broken && (run.expected() == 0 || run.count() < std::floor(run.expected())))
        return source_broken("it is damaged: only " +
                                 std::to_string(static_cast<std::uint64_t>(run.count())) +
                                 " of its features can be read",
                             messages.last());
    return {};
}

}  // namespace relief::ingest
