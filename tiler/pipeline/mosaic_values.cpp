#include "tiler/pipeline/mosaic_parts.hpp"
#include "tiler/pipeline/read_cells.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

namespace relief::pipeline {
namespace {

using Values = std::vector<std::optional<double>>;

bool any_of(const Values& values) {
    return std::any_of(
        values.begin(), values.end(), [](const auto& value) { return value.has_value(); });
}

double median_of(std::vector<double>& values, bool blends) {
    std::sort(values.begin(), values.end());
    const std::size_t middle = values.size() / 2;
    if (values.size() % 2 == 1) return values[middle];
    return blends ? (values[middle - 1] + values[middle]) / 2 : values[middle - 1];
}

/// Of one band, from all scenes in their order.
std::optional<double> picked(std::vector<double>& values, Pick pick, bool blends) {
    if (values.empty()) return std::nullopt;
    switch (pick) {
        case Pick::mean:
            return std::accumulate(values.begin(), values.end(), 0.0) /
                   static_cast<double>(values.size());
        case Pick::median: return median_of(values, blends);
        case Pick::max: return *std::max_element(values.begin(), values.end());
        case Pick::count: return static_cast<double>(values.size());
        case Pick::first:
        case Pick::newest: break;
    }
    return values.front();
}

/// Collects the values of scene after scene.
class PlaceCollector {
public:
    explicit PlaceCollector(std::size_t bands) : lists_(bands) {}

    void add(const Values& values, const std::vector<source::BandFit>& fits) {
        for (std::size_t i = 0; i < lists_.size(); ++i) {
            const source::BandFit fit = fits.empty() ? source::BandFit{} : fits[i];
            if (values[i]) lists_[i].push_back(*values[i] * fit.factor + fit.shift);
        }
    }
    Values result(Pick pick, bool blends) {
        Values values;
        for (std::vector<double>& list : lists_) values.push_back(picked(list, pick, blends));
        return values;
    }

private:
    std::vector<std::vector<double>> lists_;
};

}  // namespace

Result<PlaceValues> mosaic_values_at(const source::RasterReader& reader,
                                     const workspace::Observation& observation,
                                     const source::PointRequest& request,
                                     const workspace::MosaicChoice& choice) {
    const workspace::Mosaic& mosaic = *observation.mosaic;
    const LonLat at = request.place;
    const auto touching =
        mosaic.touching({at.longitude, at.latitude, at.longitude, at.latitude}, choice);
    auto chosen = parts_of(observation, touching, request.bands);
    PlaceValues result;
    result.skipped = std::move(chosen.skipped);
    PlaceCollector collector(request.bands.size());
    const bool one = choice.pick == Pick::first || choice.pick == Pick::newest;
    for (std::size_t i = 0; i < chosen.parts.size(); ++i) {
        if (request.deadline.passed())
            return Error{Fault::out_of_time, "the scenes took too long to read"};
        const auto values = reader.values_at(chosen.parts[i].file, request);
        if (!values) {
            result.skipped.push_back(broken(mosaic.scenes()[chosen.scenes[i]], values.error()));
            continue;
        }
        if (!any_of(*values)) continue;
        collector.add(*values, chosen.parts[i].fits);
        result.scenes.push_back(chosen.scenes[i]);
        if (one) break;
    }
    result.values =
        collector.result(choice.pick, observation.raster().kind != RasterKind::categorical);
    return result;
}

}  // namespace relief::pipeline
