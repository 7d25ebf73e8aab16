#include "tiler/ingest/worker.hpp"

#include "tiler/geo/projector_pool.hpp"
#include "tiler/ingest/convert.hpp"
#include "tiler/ingest/feature_layers.hpp"
#include "tiler/ingest/index_features.hpp"
#include "tiler/ingest/sandbox.hpp"
#include "tiler/ingest/variables_json.hpp"
#include "tiler/source/describe.hpp"
#include "tiler/source/gdal_runtime.hpp"
#include "tiler/source/remote_description.hpp"
#include "tiler/workspace/description_json.hpp"
#include "tiler/workspace/vector_json.hpp"

#include <cpl_conv.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <filesystem>
#include <functional>
#include <iostream>
#include <optional>
#include <string_view>
#include <vector>

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

/// A remote file may take this long to be looked at.
constexpr std::chrono::seconds remote_patience{90};

bool confine(const SandboxLimits& limits) {
    const auto confined = enter_sandbox(limits);
    if (confined) return true;
    say(Result<RasterDescription>(confined.error()));
    return false;
}

/// The rest of a question that begins with this word; none of another.
std::optional<std::string> after(const std::string& question, std::string_view word) {
    if (!question.starts_with(word)) return std::nullopt;
    return question.substr(word.size());
}

/// A GeoPackage of features alone holds none.
void say_variables(const std::string& path) {
    auto variables = source::list_variables(path);
    if (!variables && holds_features(path)) variables = std::vector<source::Variable>{};
    if (!variables) return say(Result<RasterDescription>(variables.error()));
    say(WorkerJson{{"variables", variables_to_json(*variables)}});
}

void say_feature_layers(const std::string& path) {
    const auto names = feature_layers(path);
    if (!names) return say(Result<RasterDescription>(names.error()));
    say(WorkerJson{{"layers", *names}});
}

void answer_to(const std::string& question, geo::ProjectorPool& projectors) {
    if (const auto path = after(question, "layers ")) return say_feature_layers(*path);
    if (const auto path = after(question, "variables ")) return say_variables(*path);
    if (const auto text = after(question, "features ")) {
        // Either name may hold any sign but a line break.
        const auto part = WorkerJson::parse(*text, nullptr, false);
        return say(describe_features(part.value("path", ""), part.value("layer", "")));
    }
    const auto rest = after(question, "describe ").value_or("0 ");
    int band = 0;
    std::from_chars(rest.data(), rest.data() + rest.size(), band);
    const std::string name = rest.substr(std::min(rest.find(' ') + 1, rest.size()));
    if (band == 0 && holds_features(name)) return say(describe_features(name));
    auto raster = source::describe({name, {name}, source::trust_of_operated(name), band},
                                   {source::StatisticsEffort::sampled, {}, &projectors});
    if (!raster && band == 0) raster = damage_in(name, raster.error());
    say(raster);
}

/// A part of a file is always a raster.
bool is_of_features(const ConvertArguments& arguments) {
    const bool whole = arguments.dataset.empty() && arguments.band == 0;
    return !arguments.layer.empty() || (whole && holds_features(arguments.source));
}

Result<VectorDescription> features_of(const ConvertArguments& arguments,
                                      const std::function<bool(double)>& progress) {
    if (arguments.raster) return source_broken("it holds features, not a raster");
    // What OpenStreetMap's nodes need beyond 100 MB goes beside the target, and with it.
    CPLSetConfigOption("CPL_TMPDIR", std::filesystem::path(arguments.target).parent_path().c_str());
    return index_features({arguments.source,
                           arguments.layer,
                           features_beside(arguments.target).string(),
                           progress,
                           arguments.time_attribute});
}

}  // namespace

int run_describe_worker() {
    source::start_gdal();
    if (!confine({.memory = std::size_t{4} << 30U, .cpu_seconds = 3600, .file_bytes = 0})) return 1;
    geo::ProjectorPool projectors;
    std::string question;
    while (std::getline(std::cin, question)) answer_to(question, projectors);
    return 0;
}

int run_describe_remote_worker() {
    source::start_gdal();
    if (!confine({.memory = std::size_t{4} << 30U,
                  .cpu_seconds = 600,
                  .file_bytes = 0,
                  .network = true}))
        return 1;
    std::string text;
    std::getline(std::cin, text);
    const auto address = RemoteAddress::make(text);
    const auto found = address ? source::describe_remote(
                                     *address, Deadline(Deadline::Clock::now() + remote_patience))
                               : Result<source::RemoteDescription>(address.error());
    if (!found) {
        say(Result<RasterDescription>(found.error()));
        return 0;
    }
    say(WorkerJson{{"description", workspace::to_json(found->raster)},
                   {"version", found->stamp.version.text},
                   {"modified", found->stamp.modified.milliseconds},
                   {"size", found->stamp.size}});
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
    if (is_of_features(arguments)) {
        say(features_of(arguments, progress));
        return 0;
    }
    const bool whole = arguments.dataset.empty();
    auto converted = convert({whole ? arguments.source : arguments.dataset,
                              arguments.target,
                              parse_raster_kind(arguments.kind),
                              std::filesystem::path(arguments.source).stem().string(),
                              progress,
                              arguments.band});
    if (!converted && whole) converted = damage_in(arguments.source, converted.error());
    say(converted);
    return 0;
}

}  // namespace relief::ingest
