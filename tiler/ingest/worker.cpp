#include "tiler/ingest/worker.hpp"

#include "tiler/ingest/convert.hpp"
#include "tiler/ingest/index_features.hpp"
#include "tiler/ingest/read_features.hpp"
#include "tiler/ingest/sandbox.hpp"
#include "tiler/source/describe.hpp"
#include "tiler/source/gdal_runtime.hpp"
#include "tiler/workspace/description_json.hpp"
#include "tiler/workspace/vector_json.hpp"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <iostream>

namespace relief::ingest {
namespace {

using WorkerJson = nlohmann::ordered_json;

void say(const WorkerJson& document) {
    // Bytes of a hostile file may be in a library's message: replaced, not thrown at.
    std::cout << document.dump(-1, ' ', false, WorkerJson::error_handler_t::replace) << std::endl;
}

template <typename Description>
void say(const Result<Description>& result) {
    if (result) {
        say(WorkerJson{{"description", workspace::to_json(*result)}});
    } else {
        say(WorkerJson{
            {"error", {{"what", result.error().what}, {"detail", result.error().detail}}}});
    }
}

bool confine(const SandboxLimits& limits) {
    const auto confined = enter_sandbox(limits);
    if (confined) return true;
    say(Result<RasterDescription>(confined.error()));
    return false;
}

}  // namespace

int run_describe_worker() {
    source::start_gdal();
    if (!confine({.memory = std::size_t{4} << 30U, .cpu_seconds = 3600, .file_bytes = 0})) return 1;
    std::string path;
    while (std::getline(std::cin, path)) {
        if (holds_features(path)) {
            say(describe_features(path));
            continue;
        }
        say(source::describe({path, {path}, source::Trust::operated},
                             {source::StatisticsEffort::sampled, {}}));
    }
    return 0;
}

std::filesystem::path features_beside(const std::filesystem::path& target) {
    return std::filesystem::path(target).replace_extension(".features");
}

int run_convert_worker(const ConvertArguments& arguments) {
    source::start_gdal();
    if (!confine({})) return 1;
    double last = -1;
    const auto progress = [&](double share) {
        if (share - last >= 0.005) {
            last = share;
            say(WorkerJson{{"progress", share}});
        }
        return std::cout.good();
    };
    if (!arguments.layer.empty() || holds_features(arguments.source)) {
        const auto made =
            arguments.raster
                ? Result<VectorDescription>(source_broken("it holds features, not a raster"))
                : index_features({arguments.source,
                                  arguments.layer,
                                  features_beside(arguments.target).string(),
                                  progress});
        say(made);
        return 0;
    }
    say(convert({arguments.source,
                 arguments.target,
                 parse_raster_kind(arguments.kind),
                 std::filesystem::path(arguments.source).stem().string(),
                 progress}));
    return 0;
}

}  // namespace relief::ingest
