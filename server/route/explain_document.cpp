#include "server/route/explain_document.hpp"

#include "tiler/style/drawing_facts.hpp"

#include <nlohmann/json.hpp>

#include <cmath>

namespace relief::route {
namespace {

using Json = nlohmann::ordered_json;

Json reads_of(const pipeline::PlannedFile& file) {
    Json reads = Json::array();
    for (const source::PlannedRead& read : file.reads)
        reads.push_back({{"overview", read.overview},
                         {"overview_size", {read.level_size.width, read.level_size.height}},
                         {"taken_together", read.reduce},
                         {"window", {read.left, read.top, read.size.width, read.size.height}},
                         {"blocks", read.blocks},
                         {"bytes", read.bytes}});
    return reads;
}

Json files_of(const std::vector<pipeline::PlannedFile>& files) {
    Json list = Json::array();
    for (const pipeline::PlannedFile& file : files) {
        Json entry{{"file", file.name}, {"version", file.version.text}, {"reads", reads_of(file)}};
        if (file.broken) entry["problem"] = file.broken->what;
        list.push_back(std::move(entry));
    }
    return list;
}

Json style_of(const TileFacts& tile) {
    const auto facts = style::drawing_facts(
        tile.words, pipeline::described(*tile.view.observation, tile.view.scenes.pick));
    return facts ? Json::parse(style::to_json(*facts)) : Json(nullptr);
}

Json times_of(const pipeline::StepTimes& times) {
    return {{"read", rounded_time(times.read)},
            {"draw", rounded_time(times.paint)},
            {"encode", rounded_time(times.encode)}};
}

}  // namespace

double rounded_time(double milliseconds) {
    return std::round(milliseconds * 100) / 100;
}

std::string explain_document(const TileFacts& tile, const service::ExplainedTile& explained) {
    const pipeline::EncodedPicture& picture = explained.picture;
    const auto moments = workspace::moments_of(tile.view);
    const Json document{{"layer", tile.layer.name.text()},
                        {"z", tile.tile.zoom},
                        {"x", tile.tile.column},
                        {"y", tile.tile.row},
                        {"size", tile.size.width},
                        {"observed", moments ? Json(to_text(*moments)) : Json(nullptr)},
                        {"version", tile.view.observation->version.text},
                        {"style", style_of(tile)},
                        {"files", files_of(explained.files)},
                        {"milliseconds", times_of(picture.times)},
                        {"cache", explained.cache},
                        {"format", tile.format},
                        {"bytes", picture.bytes->size()},
                        {"empty", picture.empty},
                        {"from_coarser_overview", picture.coarser}};
    return document.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace relief::route
