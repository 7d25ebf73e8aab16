#include "tiler/pipeline/picture_plan.hpp"

#include "tiler/pipeline/cell_sources.hpp"
#include "tiler/pipeline/mosaic_parts.hpp"
#include "tiler/pipeline/read_values.hpp"

#include <filesystem>
#include <iterator>
#include <utility>

namespace relief::pipeline {
namespace {

/// What is read, of where.
struct Reading {
    const workspace::Observation& observation;
    const workspace::MosaicChoice& choice;
    source::ReadRequest request;
};

PlannedFile plan_file(const source::RasterReader& reader,
                      std::string name,
                      const source::SourceFile& file,
                      const source::ReadRequest& request) {
    PlannedFile planned{std::move(name), file.version, {}, {}};
    auto reads = reader.plan(file, request);
    if (reads)
        planned.reads = std::move(*reads);
    else
        planned.broken = reads.error();
    return planned;
}

std::vector<PlannedFile> plan_scenes(const source::RasterReader& reader, const Reading& reading) {
    const workspace::Mosaic& mosaic = *reading.observation.mosaic;
    const auto chosen =
        parts_of(reading.observation,
                 scenes_touching(reading.observation, reading.request, reading.choice),
                 reading.request.bands);
    std::vector<PlannedFile> files;
    files.reserve(chosen.parts.size());
    for (std::size_t i = 0; i < chosen.parts.size(); ++i)
        files.push_back(plan_file(
            reader, mosaic.scenes()[chosen.scenes[i]].name, chosen.parts[i].file, reading.request));
    return files;
}

Result<std::vector<PlannedFile>> plan_cells(const source::RasterReader& reader,
                                            const Reading& reading) {
    const workspace::Observation& observation = reading.observation;
    if (!observation.mosaic) {
        auto planned = plan_file(reader,
                                 std::filesystem::path(observation.file).filename().string(),
                                 source_file_of(observation),
                                 reading.request);
        if (planned.broken) return *planned.broken;
        return std::vector{std::move(planned)};
    }
    if (!overview_suffices(observation, reading.request, reading.choice))
        return plan_scenes(reader, reading);
    const workspace::Pyramid& pyramid = observation.mosaic->pyramid();
    return std::vector{
        plan_file(reader, "overview", {pyramid.file, pyramid.version}, reading.request)};
}

}  // namespace

Result<std::vector<PlannedFile>> plan_picture(const Workshop& workshop,
                                              const workspace::Observation& observation,
                                              const style::RasterStyle& style,
                                              const PictureOrder& order) {
    auto requests = requests_of(style, order);
    auto files =
        plan_cells(workshop.reader, {observation, order.mosaic, std::move(requests.later)});
    if (!files || !requests.earlier || order.against.observation == nullptr) return files;
    auto earlier = plan_cells(
        workshop.reader,
        {*order.against.observation, order.against.scenes, std::move(*requests.earlier)});
    if (!earlier) return earlier;
    std::move(earlier->begin(), earlier->end(), std::back_inserter(*files));
    return files;
}

}  // namespace relief::pipeline
