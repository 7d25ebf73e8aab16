#include "tiler/source/time_bounds.hpp"

#include "tiler/source/gdal_dataset.hpp"

#include <gdal_priv.h>

#include <array>
#include <memory>

namespace relief::source {
namespace {

/// By its name, or by its path where it lies in a group.
std::shared_ptr<GDALMDArray> open_array(GDALDataset& file, const std::string& name) {
    const auto root = file.GetRootGroup();
    if (!root || name.empty()) return nullptr;
    return name.find('/') == std::string::npos ? root->OpenMDArray(name)
                                               : root->OpenMDArrayFromFullname(name);
}

bool is_pairs(const GDALMDArray& array, std::size_t steps) {
    const auto& dimensions = array.GetDimensions();
    return dimensions.size() == 2 && dimensions[0]->GetSize() == steps &&
           dimensions[1]->GetSize() == 2 && array.GetDataType().GetClass() == GEDTC_NUMERIC;
}

}  // namespace

std::vector<TimeBounds> read_time_bounds(const std::string& path, const BoundsArray& array) {
    const std::size_t steps = array.steps;
    constexpr std::array<const char*, 2> drivers{"netCDF", nullptr};
    const Dataset file(
        static_cast<GDALDataset*>(GDALOpenEx(path.c_str(),
                                             GDAL_OF_MULTIDIM_RASTER | GDAL_OF_READONLY,
                                             drivers.data(),
                                             nullptr,
                                             nullptr)));
    const auto pairs = file ? open_array(*file, array.name) : nullptr;
    if (!pairs || !is_pairs(*pairs, steps)) return {};
    std::vector<double> numbers(2 * steps);
    const std::array<GUInt64, 2> start{0, 0};
    const std::array<std::size_t, 2> count{steps, 2};
    const bool read = pairs->Read(start.data(),
                                  count.data(),
                                  nullptr,
                                  nullptr,
                                  GDALExtendedDataType::Create(GDT_Float64),
                                  numbers.data());
    if (!read) return {};
    std::vector<TimeBounds> bounds;
    bounds.reserve(steps);
    for (std::size_t i = 0; i < steps; ++i) bounds.push_back({numbers[2 * i], numbers[2 * i + 1]});
    return bounds;
}

Result<InstantRange> TimeSteps::at(const TimeStep& step) const {
    const auto moment = axis.at(step.number);
    if (!moment) return moment.error();
    if (bounds.empty()) return InstantRange(*moment);
    const auto [begin, end] = bounds.at(step.index);
    const auto first = axis.at(begin);
    const auto after = axis.at(end);
    if (!first || !after || !(begin <= step.number && step.number <= end) || *first >= *after)
        return InstantRange(*moment);
    return InstantRange(*first, Instant{after->milliseconds - 1});
}

}  // namespace relief::source
