#include "tiler/ingest/read_features.hpp"

#include "tiler/ingest/feature_layers.hpp"
#include "tiler/ingest/field_values.hpp"
#include "tiler/source/gdal_runtime.hpp"

#include <cpl_string.h>
#include <ogrsf_frmts.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace relief::ingest {
namespace {

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
