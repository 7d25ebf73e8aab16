#include "server/command/add_mosaic.hpp"

#include "server/command/audited.hpp"
#include "server/command/progress.hpp"
#include "server/command/scene_files.hpp"
#include "server/command/usage.hpp"
#include "server/command/words.hpp"
#include "tiler/ingest/stac.hpp"
#include "tiler/workspace/mosaic.hpp"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

namespace relief::command {
namespace {

namespace fs = std::filesystem;
using ingest::SceneFile;

SceneFile scene_of(const fs::path& file,
                   const MosaicOptions& options,
                   const ingest::AddOrder& layer) {
    const std::string stem = file.stem().string();
    SceneFile scene{file, workspace::scene_name_of(stem), false, layer.time, {}, {}};
    if (!scene.time && options.time_from_name) scene.time = time_in_name(stem);
    return scene;
}

/// What the command line says of all scenes, where they say nothing themselves.
void say(SceneFile& scene, const MosaicOptions& options) {
    if (!scene.priority) scene.priority = options.priority;
    if (!scene.cloud && options.cloud)
        scene.cloud = static_cast<std::int32_t>(std::lround(*options.cloud * 100));
}

/// All scenes of all words, and the reasons for those that are none.
struct Scenes {
    std::vector<SceneFile> good;
    std::size_t refused = 0;
};

void tell(const std::string& subject, const Error& error) {
    fail(subject, error);
}

void collect_items(const std::string& word, const MosaicOptions& options, Scenes& scenes) {
    auto items = ingest::read_items(word, {options.asset, options.roots});
    if (!items) {
        ++scenes.refused;
        return tell(word, items.error());
    }
    for (const auto& [name, reason] : items->refused) {
        ++scenes.refused;
        std::string subject = word;
        tell(subject.append(": item ").append(name), reason);
    }
    std::move(items->scenes.begin(), items->scenes.end(), std::back_inserter(scenes.good));
}

Scenes collect(const MosaicOptions& options,
               const ingest::AddOrder& layer,
               const std::vector<std::string>& words) {
    Scenes scenes;
    for (const std::string& word : words) {
        if (names_items(word)) {
            collect_items(word, options, scenes);
            continue;
        }
        const auto files = files_named(word);
        if (!files) {
            ++scenes.refused;
            tell(word, files.error());
            continue;
        }
        for (const fs::path& file : *files) scenes.good.push_back(scene_of(file, options, layer));
    }
    for (SceneFile& scene : scenes.good) say(scene, options);
    return scenes;
}

void print(const ingest::AddedScenes& added, const LayerName& id, std::size_t refused, bool json) {
    const std::size_t all = added.observation.mosaic->scenes().size();
    if (json) {
        std::cout << nlohmann::ordered_json{{"id", id.text()},
                                            {"version", added.observation.version.text},
                                            {"scenes", all},
                                            {"added", added.added},
                                            {"known", added.known},
                                            {"refused", refused}}
                         .dump()
                  << '\n';
        return;
    }
    std::cout << "mosaic \"" << id.text() << "\" has " << all << " scenes: " << added.added
              << " added";
    if (added.known > 0) std::cout << ", " << added.known << " were there already";
    if (refused > 0) std::cout << ", " << refused << " left out";
    std::cout << '\n' << in_plain_words(added.observation.raster());
}

Result<LayerName> mosaic_name_of(const MosaicOptions& options,
                                 const ingest::AddOrder& layer,
                                 const std::vector<std::string>& words) {
    if (!options.id.empty()) return LayerName::make(options.id);
    if (layer.id) return *layer.id;
    auto name = LayerName::from_file_stem(fs::path(words.front()).stem().string());
    if (name) return name;
    return Error{name.error().fault, name.error().what + "; give one with --mosaic"};
}

}  // namespace

bool names_items(const std::string& word) {
    const std::string extension = fs::path(word).extension().string();
    if (extension != ".json" && extension != ".geojson") return false;
    // Features are written as GeoJSON too: only what says so is STAC. Items say it in their head.
    constexpr std::size_t looked_at = std::size_t{64} << 10U;
    std::string head(looked_at, '\0');
    std::ifstream file(word, std::ios::binary);
    file.read(head.data(), static_cast<std::streamsize>(head.size()));
    return head.find("\"stac_version\"") != std::string::npos;
}

void add_mosaic_options(CLI::App& verb, MosaicOptions& options) {
    const auto grouped = [](CLI::Option* option) { return option->group("Mosaic"); };
    grouped(verb.add_option(
        "--mosaic", options.id, "make one layer of this id of all files, folders and STAC items"));
    grouped(verb.add_option("--order",
                            options.order,
                            "which scene comes first: newest, clearest or priority [newest]"))
        ->check(CLI::IsMember({"newest", "clearest", "priority"}));
    grouped(
        verb.add_option("--priority", options.priority, "of these scenes; larger comes first [0]"));
    grouped(verb.add_option("--cloud", options.cloud, "percent of these scenes under cloud"))
        ->check(number_within(0.0, 100.0));
    grouped(verb.add_option("--asset", options.asset, "which asset of STAC items [found out]"));
    grouped(verb.add_flag(
        "--time-from-name", options.time_from_name, "each scene's time is the date in its name"));
}

int add_mosaic(const MosaicOptions& options,
               ingest::AddOrder layer,
               const std::vector<std::string>& words,
               bool json) {
    const auto name = mosaic_name_of(options, layer, words);
    if (!name) return fail(name.error().what);
    Scenes scenes = collect(options, layer, words);
    if (scenes.good.empty()) return fail("no scene to add to mosaic \"" + name->text() + "\"");
    ingest::AddScenesOrder order{std::move(layer), std::move(scenes.good), std::nullopt, {}};
    order.layer.id = *name;
    if (!options.order.empty()) order.order = parse_scene_order(options.order);
    order.refused = [](const SceneFile& scene, const Error& error) {
        std::cerr << '\r';
        tell(scene.file.string(), error);
    };
    Result<ingest::AddedScenes> added = not_found("");
    {
        Progress progress("adding " + std::to_string(order.scenes.size()) + " scenes");
        order.layer.progress = [&](double share) { return progress.show(share); };
        added = ingest::add_scenes(order);
    }
    if (!added && added.error().fault == Fault::out_of_time)
        return fail(
            "stopped; mosaic \"" + name->text() +
            "\" is as it was. The same command goes on after the scenes that are converted; "
            "`relief remove` drops them");
    if (!added) return fail("mosaic \"" + name->text() + "\"", added.error());
    audit(
        order.layer.workspace,
        {"import", name->text(), order.layer.sensitivity, static_cast<std::int64_t>(added->added)});
    const std::size_t refused = scenes.refused + added->refused;
    print(*added, *name, refused, json);
    return static_cast<int>(refused == 0 ? Status::done : Status::failed);
}

}  // namespace relief::command
