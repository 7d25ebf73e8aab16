#include "tiler/ingest/add_scenes.hpp"

#include "tiler/ingest/incoming.hpp"
#include "tiler/ingest/keep_scenes.hpp"
#include "tiler/ingest/pyramid.hpp"
#include "tiler/source/gdal_runtime.hpp"
#include "tiler/workspace/mosaic_form.hpp"
#include "tiler/workspace/mosaic_store.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <set>
#include <utility>

namespace relief::ingest {
namespace {

namespace fs = std::filesystem;
using workspace::MosaicStore;
using workspace::Scene;
using workspace::SceneRow;

/// Another program may change the mosaic while its overview is drawn; then it is drawn again.
constexpr int tries = 3;

/// What the mosaic shall show: rows that join, rows that they replace, and the scenes of the whole.
struct Outcome {
    std::vector<workspace::ShownScene> shown;
    std::vector<std::int64_t> replaced;
    std::vector<std::int64_t> before;
    std::vector<Scene> scenes;
    std::size_t added = 0;
};

/// Puts the kept rows among those that are shown.
class Gathering {
public:
    Gathering(std::vector<SceneRow> rows, const std::vector<KeptScene>& kept) {
        for (const KeptScene& scene : kept) said_.insert_or_assign(scene.row, &scene.from);
        for (SceneRow& row : rows) {
            if (row.shown) outcome_.before.push_back(row.row);
            if (row.shown || said_.contains(row.row)) rows_.push_back(std::move(row));
        }
    }

    Outcome gather() {
        find_replaced();
        for (SceneRow& row : rows_) {
            if (replaced_.contains(row.row)) continue;
            if (const auto said = said_.find(row.row); said != said_.end()) say(row, *said->second);
            taken_.insert(row.scene.name);
            outcome_.scenes.push_back(row.scene);
        }
        outcome_.replaced.assign(replaced_.begin(), replaced_.end());
        return std::move(outcome_);
    }

private:
    /// A new version of an item takes the place of what bore its name.
    void find_replaced() {
        std::map<std::string, std::int64_t> news;
        for (const auto& [row, from] : said_) {
            if (from->replaces) news[from->name] = row;
        }
        for (const SceneRow& row : rows_) {
            const auto found = news.find(row.scene.name);
            if (row.shown && found != news.end() && found->second != row.row)
                replaced_.insert(row.row);
        }
    }

    void say(SceneRow& row, const SceneFile& from) {
        Scene& scene = row.scene;
        scene.name = row.shown && !from.replaces ? scene.name : free_name(from, scene.version);
        if (from.time) scene.time = from.time;
        if (from.cloud) scene.cloud = from.cloud;
        if (from.priority) scene.priority = *from.priority;
        outcome_.shown.push_back({row.row, scene.name, scene.time, scene.cloud, scene.priority});
        if (!row.shown) ++outcome_.added;
    }

    /// Files of one name in several folders are several scenes.
    std::string free_name(const SceneFile& from, const Version& version) const {
        constexpr std::size_t digits = 8;
        return taken_.contains(from.name) ? from.name + "-" + version.text.substr(0, digits)
                                          : from.name;
    }

    std::map<std::int64_t, const SceneFile*> said_;
    std::vector<SceneRow> rows_;
    std::set<std::int64_t> replaced_;
    std::set<std::string> taken_;
    Outcome outcome_;
};

LonLatBox bounds_of(const std::vector<Scene>& scenes) {
    geo::PlaneBox all{std::numeric_limits<double>::max(),
                      std::numeric_limits<double>::max(),
                      std::numeric_limits<double>::lowest(),
                      std::numeric_limits<double>::lowest()};
    const auto widened = [&](double turn) {
        geo::PlaneBox box = all;
        for (const Scene& scene : scenes) {
            const geo::PlaneBox own = geo::plane_box_of(scene.footprint);
            const double moved = own.west < 0 ? turn : 0;
            box.west = std::min(box.west, own.west + moved);
            box.east = std::max(box.east, own.east + moved);
            box.south = std::min(box.south, own.south);
            box.north = std::max(box.north, own.north);
        }
        return box;
    };
    // Whichever way around the globe is shorter: over Greenwich, or over the antimeridian.
    const geo::PlaneBox plain = widened(0);
    const geo::PlaneBox turned = widened(360);
    const bool over = turned.east - turned.west < plain.east - plain.west - 1e-9;
    const geo::PlaneBox& box = over ? turned : plain;
    if (box.east - box.west >= 360) return {-180, box.south, 180, box.north};
    const auto wrapped = [](double longitude) {
        return longitude > 180 ? longitude - 360 : longitude < -180 ? longitude + 360 : longitude;
    };
    return {wrapped(box.west), box.south, wrapped(box.east), box.north};
}

class Finisher {
public:
    Finisher(const AddScenesOrder& order, MosaicStore& store) : order_(order), store_(store) {}

    Result<AddedScenes> finish(const std::vector<KeptScene>& kept) {
        for (int i = 1;; ++i) {
            auto added = try_once(kept);
            if (added || added.error().fault != Fault::conflict || i == tries) return added;
        }
    }

private:
    Result<AddedScenes> try_once(const std::vector<KeptScene>& kept) {
        auto rows = store_.scenes(*order_.layer.id);
        if (!rows) return rows.error();
        Outcome outcome = Gathering(std::move(rows->rows), kept).gather();
        if (outcome.scenes.empty())
            return source_broken("no scene could be read; the mosaic stays as it was");
        const auto before = store_.order_of(*order_.layer.id);
        if (!before) return before.error();
        const SceneOrder order = order_.order.value_or(before->value_or(SceneOrder::newest));
        const auto common = workspace::mosaic_form(outcome.scenes);
        if (!common) return common.error();
        auto drawn = draw(outcome, *common, order);
        if (!drawn) return drawn.error();
        if (order_.layer.check) {
            if (auto checked = order_.layer.check(drawn->raster()); !checked)
                return checked.error();
        }
        if (auto shown = show(outcome, *common, *drawn); !shown) return shown.error();
        drawn->version = drawn->mosaic->version();
        const std::size_t known = outcome.shown.size() - outcome.added;
        return AddedScenes{std::move(*drawn), outcome.added, known, 0};
    }

    workspace::MosaicParts parts_of(const Outcome& outcome, SceneOrder order) const {
        workspace::MosaicParts parts;
        parts.scenes = outcome.scenes;
        parts.order = order;
        parts.folder = fs::absolute(order_.layer.workspace / "layers").string();
        return parts;
    }

    /// The overview, stored, with the mosaic that it belongs to.
    Result<workspace::Observation> draw(const Outcome& outcome,
                                        const workspace::MosaicForm& common,
                                        SceneOrder order) const {
        const fs::path layers = order_.layer.workspace / "layers";
        const IncomingFolder incoming(layers);
        if (!incoming.made()) return source_broken("the workspace cannot be written");
        workspace::MosaicParts parts = parts_of(outcome, order);
        workspace::Observation observation;
        observation.raster() = common.raster;
        observation.mosaic = std::make_shared<const workspace::Mosaic>(parts);
        parts.depth = workspace::depth_of(*observation.mosaic);
        auto overview = write_pyramid({observation, common.usual_bands, progress()}, incoming);
        if (!overview) return overview.error();
        const auto stored = store_file(layers, incoming.file());
        if (!stored) return stored.error();
        observation.file = stored->path.string();
        observation.version = {stored->sha};
        observation.modified = now_in_seconds();
        observation.raster() = described(std::move(*overview), common.raster, outcome.scenes);
        parts.pyramid = workspace::pyramid_of(observation, common.usual_bands);
        observation.mosaic = std::make_shared<const workspace::Mosaic>(std::move(parts));
        return observation;
    }

    /// Geometry and statistics of the overview; bands, kind and place of the scenes.
    static RasterDescription described(RasterDescription overview,
                                       const RasterDescription& common,
                                       const std::vector<Scene>& scenes) {
        std::vector<BandDescription> bands = common.bands;
        for (std::size_t i = 0; i < overview.bands.size(); ++i)
            bands[i].statistics = std::move(overview.bands[i].statistics);
        for (BandDescription& band : bands) {
            if (band.statistics) band.statistics->approximate = true;
        }
        overview.bands = std::move(bands);
        overview.palette = common.palette;
        overview.kind = common.kind;
        overview.bounds = bounds_of(scenes);
        overview.has_mask = true;
        for (const Scene& scene : scenes)
            overview.maximum_zoom = std::max(overview.maximum_zoom, scene.maximum_zoom);
        return overview;
    }

    Result<void> show(const Outcome& outcome,
                      const workspace::MosaicForm& common,
                      const workspace::Observation& observation) {
        workspace::NewMosaic entry{{.layer = *order_.layer.id,
                                    .title = order_.layer.title,
                                    .sensitivity = order_.layer.sensitivity,
                                    .provenance = order_.layer.provenance,
                                    .style_words = order_.layer.style_words,
                                    .observation = observation,
                                    .of_mosaic = true},
                                   observation.mosaic->order(),
                                   common.usual_bands,
                                   observation.mosaic->depth(),
                                   outcome.shown,
                                   outcome.replaced,
                                   outcome.before};
        const auto freed = store_.show(entry);
        auto layers = workspace::LayerStore::open(order_.layer.workspace);
        if (!layers) return layers.error();
        // What is left behind costs disk, not truth: the mosaic stands either way.
        const auto deleted = layers->delete_unreferenced(
            freed ? *freed : std::vector<std::string>{observation.file});
        if (!freed) return freed.error();
        if (!deleted) return {};
        return {};
    }

    std::function<bool(double)> progress() const {
        return [this](double share) {
            constexpr double kept = SceneKeeper::share;
            return !order_.layer.progress || order_.layer.progress(kept + (1 - kept) * share);
        };
    }

    const AddScenesOrder& order_;
    MosaicStore& store_;
};

}  // namespace

Result<AddedScenes> add_scenes(const AddScenesOrder& order) {
    auto store = MosaicStore::open(order.layer.workspace);
    if (!store) return store.error();
    if (const auto known = store->order_of(*order.layer.id); !known) return known.error();
    source::start_gdal();
    sweep_incoming(order.layer.workspace / "layers");
    SceneKeeper keeper(order, *store);
    const auto kept = keeper.keep_all();
    if (!kept) return kept.error();
    auto added = Finisher(order, *store).finish(*kept);
    if (!added) return added;
    added->refused = keeper.refused();
    return added;
}

}  // namespace relief::ingest
