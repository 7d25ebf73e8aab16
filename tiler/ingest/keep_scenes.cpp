#include "tiler/ingest/keep_scenes.hpp"

#include "tiler/ingest/footprint.hpp"
#include "tiler/ingest/incoming.hpp"
#include "tiler/ingest/inspect.hpp"
#include "tiler/ingest/sha256.hpp"
#include "tiler/workspace/mosaic_form.hpp"

#include <algorithm>
#include <array>
#include <system_error>
#include <utility>

namespace relief::ingest {
namespace {

namespace fs = std::filesystem;
using workspace::Scene;

/// Errors after which the next scene fares no better.
bool ends_all(const Error& error) noexcept {
    return error.fault == Fault::out_of_time || error.fault == Fault::too_busy;
}

/// Of the scene with this number; what it tells of its progress is a share of that of all.
Conversion conversion_of(const AddScenesOrder& order,
                         std::size_t index,
                         std::optional<RasterKind> kind) {
    Conversion conversion;
    conversion.program = order.layer.program;
    conversion.file = order.scenes[index].file;
    conversion.kind = kind;
    conversion.progress = [&order, index](double done) {
        const auto all = static_cast<double>(order.scenes.size());
        return !order.layer.progress ||
               order.layer.progress(SceneKeeper::share * (static_cast<double>(index) + done) / all);
    };
    conversion.roots = order.layer.roots;
    conversion.raster = true;
    return conversion;
}

}  // namespace

Result<std::string> origin_of(const fs::path& file, std::optional<RasterKind> kind) {
    auto own = sha256_of_file(file);
    if (!own) return own.error();
    std::string text = *own + (kind ? std::string(to_text(*kind)) : "");
    const fs::path stem = fs::path(file).replace_extension();
    const std::array<std::string, 6> beside{file.string() + ".aux.xml",
                                            file.string() + ".msk",
                                            stem.string() + ".tfw",
                                            stem.string() + ".wld",
                                            stem.string() + ".prj",
                                            stem.string() + ".j2w"};
    std::error_code error;
    for (const std::string& name : beside) {
        if (!fs::is_regular_file(name, error)) continue;
        if (const auto sha = sha256_of_file(name)) text += *sha;
    }
    return fingerprint(text) + own->substr(0, 32);
}

void SceneKeeper::refuse(const SceneFile& scene, const Error& error) {
    ++refused_;
    if (order_.refused) order_.refused(scene, error);
}

Result<void> SceneKeeper::learn_known() {
    auto stored = store_.scenes(*order_.layer.id);
    if (!stored) return stored.error();
    kind_ = order_.layer.kind;
    for (const workspace::SceneRow& row : stored->rows) {
        known_.emplace(row.origin, row.row);
        // Of a mosaic that was never finished its kept scenes tell, unless the operator does.
        if (!kind_) kind_ = row.scene.form->kind;
        if (row.shown) forms_.push_back(row.scene.form);
    }
    if (!forms_.empty()) kind_ = forms_.front()->kind;
    const bool other = !forms_.empty() && order_.layer.kind && *order_.layer.kind != *kind_;
    if (!other) return {};
    return Error{Fault::conflict,
                 "the mosaic's values are of the kind " + std::string(to_text(*kind_)) +
                     "; all of its scenes are"};
}

Result<std::int64_t> SceneKeeper::convert(const SceneFile& scene,
                                          const std::string& origin,
                                          std::size_t index) {
    const fs::path layers = order_.layer.workspace / "layers";
    const IncomingFolder incoming(layers);
    if (!incoming.made()) return source_broken("the workspace cannot be written");
    auto raster =
        raster_only(convert_in_child(conversion_of(order_, index, kind_), incoming.file()));
    if (!raster) return raster.error();
    workspace::NewScene entry;
    entry.scene.form = std::make_shared<const RasterDescription>(workspace::form_of(*raster));
    if (!forms_.empty()) {
        Scene first;
        first.form = forms_.front();
        if (auto fits = workspace::mosaic_form({first, entry.scene}); !fits) return fits.error();
    }
    auto footprint =
        footprint_of({incoming.file().string(), {"scene"}, source::Trust::workspace}, *raster);
    if (!footprint) return footprint.error();
    const auto stored = store_file(layers, incoming.file());
    if (!stored) return stored.error();
    entry.scene.name = scene.name;
    entry.scene.version = {stored->sha};
    entry.scene.time = scene.time;
    entry.scene.cloud = scene.cloud;
    entry.scene.priority = scene.priority.value_or(0);
    entry.scene.minimum_zoom = raster->minimum_zoom;
    entry.scene.maximum_zoom = raster->maximum_zoom;
    entry.scene.footprint = std::move(*footprint);
    entry.origin = origin;
    entry.file = stored->path.string();
    entry.kept = now_in_seconds();
    auto row = store_.keep(*order_.layer.id, entry);
    if (!row) return row;
    kind_ = raster->kind;
    forms_.push_back(entry.scene.form);
    return row;
}

Result<std::optional<std::int64_t>> SceneKeeper::keep(const SceneFile& scene, std::size_t index) {
    std::error_code error;
    if (!fs::is_regular_file(scene.file, error)) {
        refuse(scene, not_found("there is no such file"));
        return std::optional<std::int64_t>();
    }
    const auto origin = origin_of(scene.file, order_.layer.kind);
    auto row = origin ? Result<std::int64_t>(0) : Result<std::int64_t>(origin.error());
    if (origin) {
        const auto known = known_.find(*origin);
        row = known != known_.end() ? Result<std::int64_t>(known->second)
                                    : convert(scene, *origin, index);
    }
    if (!row) {
        if (ends_all(row.error())) return row.error();
        refuse(scene, row.error());
        return std::optional<std::int64_t>();
    }
    known_.emplace(*origin, *row);
    return std::optional(*row);
}

Result<std::vector<KeptScene>> SceneKeeper::keep_all() {
    if (auto learned = learn_known(); !learned) return learned.error();
    std::vector<KeptScene> kept;
    for (std::size_t i = 0; i < order_.scenes.size(); ++i) {
        const auto row = keep(order_.scenes[i], i);
        if (!row) return row.error();
        if (*row) kept.push_back({**row, order_.scenes[i]});
    }
    return kept;
}

}  // namespace relief::ingest
