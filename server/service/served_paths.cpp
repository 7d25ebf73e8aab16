#include "server/service/served_paths.hpp"

#include "tiler/ingest/inspect.hpp"

#include <algorithm>
#include <chrono>
#include <set>
#include <utility>

namespace relief::service {
namespace {

using workspace::Layer;
using workspace::Observation;
using workspace::Problem;
using workspace::RasterFile;

constexpr std::chrono::seconds one_look{2};

std::string file_name(const RasterFile& file) {
    return std::filesystem::path(file.path).filename().string();
}

Result<Layer> layer_of(const RasterFile& file, const RasterDescription& raster, Sensitivity level) {
    const auto name = LayerName::from_file_stem(file.stem);
    if (!name) return name.error();
    Observation observation;
    observation.version = file.version;
    observation.file = file.path;
    observation.added = false;
    observation.modified = file.modified;
    observation.content = raster;
    Layer layer{*name, file.stem, level, {}, {}, {}};
    layer.observations.push_back(std::move(observation));
    return layer;
}

}  // namespace

/// False when the time for one look ran out first.
bool ServedPaths::inspect_new(const std::vector<RasterFile>& files,
                              const std::function<bool()>& wanted) {
    std::vector<std::string> paths;
    std::vector<const RasterFile*> asked;
    for (const RasterFile& file : files) {
        const auto known = known_.find(file.path);
        if (known != known_.end() && known->second.version == file.version.text) continue;
        paths.push_back(file.path);
        asked.push_back(&file);
    }
    const auto end = std::chrono::steady_clock::now() + one_look;
    std::size_t done = 0;
    ingest::inspect_files(program_, paths, [&](std::size_t i, Result<RasterDescription> raster) {
        known_.insert_or_assign(asked[i]->path, Known{asked[i]->version.text, std::move(raster)});
        ++done;
        return wanted() && std::chrono::steady_clock::now() < end;
    });
    return done == paths.size();
}

void ServedPaths::forget_gone(const std::vector<RasterFile>& files) {
    std::set<std::string> present;
    for (const RasterFile& file : files) present.insert(file.path);
    std::erase_if(known_, [&](const auto& entry) { return !present.contains(entry.first); });
}

ServedPaths::Found ServedPaths::look(Sensitivity level, const std::function<bool()>& wanted) {
    Found found;
    std::vector<RasterFile> files;
    for (const auto& path : paths_) {
        auto scan = workspace::scan_folder(path, scans_[path]);
        if (!scan) {
            found.problems.push_back({path.filename().string(), scan.error().what, level});
            scans_[path] = {};
            continue;
        }
        files.insert(files.end(), scan->files.begin(), scan->files.end());
        for (Problem problem : scan->problems) {
            problem.sensitivity = level;
            found.problems.push_back(std::move(problem));
        }
        scans_[path] = std::move(*scan);
    }
    found.complete = inspect_new(files, wanted);
    forget_gone(files);
    for (const RasterFile& file : files) {
        const auto known = known_.find(file.path);
        if (known == known_.end() || known->second.version != file.version.text) continue;
        const Result<RasterDescription>& raster = known->second.raster;
        auto layer = raster ? layer_of(file, *raster, level) : Result<Layer>(raster.error());
        if (layer) {
            found.layers.push_back(std::move(*layer));
        } else {
            found.problems.push_back({file_name(file), layer.error().what, level});
        }
    }
    return found;
}

}  // namespace relief::service
