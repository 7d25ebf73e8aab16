#include "tiler/workspace/scene_rows.hpp"

#include "tiler/workspace/description_json.hpp"
#include "tiler/workspace/stored_time.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>
#include <utility>

namespace relief::workspace {
namespace {

using Forms = std::map<std::int64_t, std::shared_ptr<const RasterDescription>>;

enum Column : int {
    id,
    shown,
    name,
    origin,
    version,
    file,
    time,
    time_end,
    cloud,
    priority,
    minimum_zoom,
    maximum_zoom,
    footprint,
    form
};

constexpr const char* scene_columns =
    "SELECT id, shown, name, origin, version, file, time, time_end, cloud, priority, "
    "minimum_zoom, maximum_zoom, footprint, form FROM scenes WHERE mosaic = ? AND shown >= ? ORDER "
    "BY id";

Result<Forms> read_forms(const Connection& connection, const std::string& mosaic) {
    Statement query(connection,
                    "SELECT id, description FROM scene_forms WHERE id IN "
                    "(SELECT DISTINCT form FROM scenes WHERE mosaic = ?)");
    query.bind(mosaic);
    Forms forms;
    while (true) {
        const auto row = query.step();
        if (!row) return row.error();
        if (!*row) return forms;
        auto raster = raster_description_from_json(query.text(1));
        if (raster)
            forms[query.number(0)] = std::make_shared<const RasterDescription>(*std::move(raster));
    }
}

std::uint32_t zoom(std::int64_t value) {
    constexpr std::int64_t deepest = 24;
    return static_cast<std::uint32_t>(std::clamp<std::int64_t>(value, 0, deepest));
}

bool is_sha256(const std::string& text) {
    return text.size() == 64 && std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
           });
}

/// A number of the database in the range of the type that holds it.
std::int32_t number_32(std::int64_t value) {
    constexpr std::int64_t most = 1'000'000'000;
    return static_cast<std::int32_t>(std::clamp(value, -most, most));
}

Result<SceneRow> read_row(const Statement& query, const Forms& forms) {
    SceneRow row;
    row.row = query.number(Column::id);
    row.shown = query.number(Column::shown) != 0;
    row.origin = query.text(Column::origin);
    row.scene.name = scene_name_of(query.text(Column::name));
    row.scene.version = {query.text(Column::version)};
    // The file's name is derived from the version: a row cannot lead anywhere else.
    if (!is_sha256(row.scene.version.text) ||
        query.text(Column::file) != "layers/" + row.scene.version.text + ".tif")
        return source_broken("its file has the wrong name");
    row.scene.time = stored_time(query, Column::time);
    if (const auto cloud = query.optional_number(Column::cloud))
        row.scene.cloud = number_32(*cloud);
    row.scene.priority = number_32(query.number(Column::priority));
    row.scene.minimum_zoom = zoom(query.number(Column::minimum_zoom));
    row.scene.maximum_zoom = zoom(query.number(Column::maximum_zoom));
    auto outline = geo::parse_footprint(query.text(Column::footprint));
    if (!outline) return outline.error();
    row.scene.footprint = *std::move(outline);
    const auto found = forms.find(query.number(Column::form));
    if (found == forms.end()) return source_broken("its bands cannot be read");
    row.scene.form = found->second;
    return row;
}

}  // namespace

Result<SceneRows> read_scenes(const Connection& connection,
                              const std::string& mosaic,
                              SceneFilter filter) {
    const auto forms = read_forms(connection, mosaic);
    if (!forms) return forms.error();
    Statement query(connection, scene_columns);
    query.bind(mosaic).bind(std::int64_t{filter == SceneFilter::shown ? 1 : 0});
    SceneRows rows;
    while (true) {
        const auto there = query.step();
        if (!there) return there.error();
        if (!*there) return rows;
        auto row = read_row(query, *forms);
        if (row) {
            rows.rows.push_back(*std::move(row));
        } else {
            rows.refused.push_back("scene " + scene_name_of(query.text(Column::name)) + ": " +
                                   row.error().what + "; it is left out");
        }
    }
}

Pyramid pyramid_of(const Observation& overview, int bands) {
    return {overview.file, overview.version, std::abs(overview.raster().transform[1]), bands};
}

Result<ReadMosaic> read_mosaic(const Connection& connection,
                               const MosaicRow& row,
                               const Observation& overview) {
    auto rows = read_scenes(connection, row.name, SceneFilter::shown);
    if (!rows) return rows.error();
    if (rows->rows.empty()) return source_broken("the mosaic has no scene that can be read");
    MosaicParts parts;
    parts.scenes.reserve(rows->rows.size());
    for (SceneRow& scene : rows->rows) parts.scenes.push_back(std::move(scene.scene));
    parts.order = parse_scene_order(row.order).value_or(SceneOrder::newest);
    parts.folder = std::filesystem::path(overview.file).parent_path().string();
    parts.pyramid = pyramid_of(overview, row.bands);
    parts.depth = row.depth;
    return ReadMosaic{std::make_shared<const Mosaic>(std::move(parts)), std::move(rows->refused)};
}

}  // namespace relief::workspace
