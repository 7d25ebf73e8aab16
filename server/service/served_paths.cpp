#include "server/service/served_paths.hpp"

#include "tiler/ingest/served_layers.hpp"
#include "tiler/workspace/view_sources.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <mutex>
#include <set>
#include <thread>
#include <utility>

namespace relief::service {
namespace {

using workspace::DataFile;
using workspace::Layer;
using workspace::Problem;

constexpr std::chrono::seconds one_look{2};

std::string file_name(const DataFile& file) {
    return std::filesystem::path(file.path).filename().string();
}

/// A file and what was found in it.
struct FoundIn {
    const DataFile& file;
    const ingest::FoundLayer& layer;
};

using FileResult = Result<ingest::FileContent>;
using Told = std::function<bool(const DataFile&, FileResult)>;

/// A child takes about as long to start as to look at some small files.
constexpr std::size_t files_worth_a_child = 8;

std::size_t lanes_for(std::size_t files) {
    const std::size_t cores = std::max(1U, std::thread::hardware_concurrency());
    return std::clamp<std::size_t>(files / files_worth_a_child, 1, cores);
}

/// Looks at the files in as many children at once as there are cores. `told` is called by one
/// thread at a time; once it has answered false no child begins another file.
void inspect_in_lanes(const std::string& program,
                      const std::vector<const DataFile*>& files,
                      const Told& told) {
    std::mutex mutex;
    bool over = false;
    const std::size_t lanes = lanes_for(files.size());
    const auto look = [&](std::size_t lane) {
        // Every so many, not a part of the list each: a folder's large files lie together.
        std::vector<std::string> paths;
        for (std::size_t i = lane; i < files.size(); i += lanes) paths.push_back(files[i]->path);
        ingest::inspect_files(program, paths, [&](std::size_t i, FileResult content) {
            const std::lock_guard lock(mutex);
            over = !told(*files[lane + i * lanes], std::move(content)) || over;
            return !over;
        });
    };
    std::vector<std::thread> threads;
    for (std::size_t lane = 1; lane < lanes; ++lane) threads.emplace_back(look, lane);
    look(0);
    for (std::thread& thread : threads) thread.join();
}

Result<Layer> layer_of(const FoundIn& found, Sensitivity level) {
    const auto& [file, content] = found;
    const auto name = LayerName::from_file_stem(ingest::layer_stem(file.stem, content.variable));
    if (!name) return name.error();
    Layer layer{*name, ingest::title_of(file.stem, content), level, {}, {}, {}};
    layer.observations = ingest::observations_of(file, content);
    return layer;
}

}  // namespace

/// False when the time for one look ran out first.
bool ServedPaths::inspect_new(const std::vector<DataFile>& files,
                              const std::function<bool()>& wanted) {
    std::vector<const DataFile*> asked;
    for (const DataFile& file : files) {
        const auto known = known_.find(file.path);
        if (known == known_.end() || known->second.version != file.version.text)
            asked.push_back(&file);
    }
    const auto end = std::chrono::steady_clock::now() + one_look;
    std::size_t done = 0;
    inspect_in_lanes(program_, asked, [&](const DataFile& file, FileResult content) {
        known_.insert_or_assign(file.path, Known{file.version.text, std::move(content)});
        ++done;
        return wanted() && std::chrono::steady_clock::now() < end;
    });
    return done == asked.size();
}

void ServedPaths::forget_gone(const std::vector<DataFile>& files) {
    std::set<std::string> present;
    for (const DataFile& file : files) present.insert(file.path);
    std::erase_if(known_, [&](const auto& entry) { return !present.contains(entry.first); });
}

ServedPaths::Found ServedPaths::look(const workspace::Configuration& configuration,
                                     const std::function<bool()>& wanted) {
    const Sensitivity level = configuration.layers_sensitivity;
    workspace::ScanLimits limits;
    limits.roots = workspace::source_roots(configuration);
    Found found;
    std::vector<DataFile> files;
    for (const auto& path : paths_) {
        auto scan = workspace::scan_folder(path, scans_[path], limits);
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
    wanted_.clear();
    for (const DataFile& file : files) take(file, level, found);
    indexer_.keep_only(wanted_);
    std::erase_if(shown_, [&](const auto& entry) { return !wanted_.contains(entry.second); });
    return found;
}

/// What is known of the file, as layers and problems.
void ServedPaths::take(const DataFile& file, Sensitivity level, Found& found) {
    const auto known = known_.find(file.path);
    if (known == known_.end() || known->second.version != file.version.text) return;
    const auto refuse = [&](const std::string& reason) {
        found.problems.push_back({file_name(file), reason, level});
    };
    const Result<ingest::FileContent>& content = known->second.content;
    if (!content) return refuse(content.error().what);
    for (const auto& [variable, reason] : content->refused) refuse(reason);
    for (const ingest::FoundLayer& one : content->layers) {
        auto layer = layer_of({file, one}, level);
        if (layer) {
            found.layers.push_back(std::move(*layer));
        } else {
            refuse(layer.error().what);
        }
    }
    take_features(file, level, found);
}

void ServedPaths::take_features(const DataFile& file, Sensitivity level, Found& found) {
    const std::vector<std::string>& names = known_.at(file.path).content->features;
    for (const std::string& inner : names) {
        const std::string stem =
            ingest::layer_stem(file.stem, names.size() == 1 ? std::string() : inner);
        const auto refuse = [&](const Error& error) {
            found.problems.push_back({file_name(file), error.what, level});
        };
        const auto name = LayerName::from_file_stem(stem);
        if (!name) {
            refuse(name.error());
            continue;
        }
        const auto index = index_of({file.version.text, file.path, inner, name->text()}, found);
        if (!index) continue;
        if (!*index) {
            refuse(index->error());
            continue;
        }
        Layer layer{*name, stem, level, {}, {}, {}};
        workspace::Observation observation;
        observation.version = (*index)->version;
        observation.file = (*index)->file.string();
        observation.added = false;
        observation.modified = file.modified;
        observation.content = (*index)->description;
        layer.observations = {std::move(observation)};
        found.layers.push_back(std::move(layer));
    }
}

/// While the index of a changed file is being made the layer shows the one before.
std::optional<Result<FeatureIndexer::Index>> ServedPaths::index_of(const FeatureIndexer::Wish& wish,
                                                                   Found& found) {
    wanted_.insert(wish);
    auto index = indexer_.find(wish);
    auto& shown = shown_.try_emplace({wish.file, wish.layer}, wish).first->second;
    if (index) {
        shown = wish;
        return index;
    }
    found.indexing = true;
    wanted_.insert(shown);
    return shown == wish ? std::nullopt : indexer_.find(shown);
}

}  // namespace relief::service
