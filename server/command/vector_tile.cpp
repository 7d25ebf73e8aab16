#include "server/command/vector_tile.hpp"

#include "server/command/verbs.hpp"
#include "server/route/parameters.hpp"
#include "server/service/feature_words.hpp"
#include "tiler/pipeline/make_vector_tile.hpp"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <utility>

namespace relief::command {
namespace {

struct WrittenTile {
    workspace::Layer layer;
    TileId tile;
    pipeline::EncodedVectorTile made;
};

service::FeatureWords feature_words(const TileWords& words) {
    service::FeatureWords said;
    if (!words.view.time.empty()) said.emplace_back("time", words.view.time);
    if (!words.filter.empty()) said.emplace_back("filter", words.filter);
    return said;
}

Result<WrittenTile> make_tile_of(const Context& context, const TileWords& words) {
    auto layer = stored_layer(context, words.id);
    if (!layer) return layer.error();
    if (!layer->is_vector())
        return bad_request("layer \"" + words.id +
                           "\" is a raster: the file name must end in .png, .webp or .jpg");
    const auto tile = tile_of(words);
    if (!tile) return tile.error();
    auto chosen = service::choose_features(*layer, feature_words(words), present_moment());
    if (!chosen) return chosen.error();
    if (!*chosen) return not_found("layer \"" + words.id + "\" has nothing of that time");
    vector::IndexPool indexes(1);
    auto made = pipeline::make_vector_tile(
        indexes,
        {*tile,
         {{words.id, (*chosen)->observation, std::move((*chosen)->choice)}},
         std::nullopt,
         {}});
    if (!made) return made.error();
    return WrittenTile{std::move(*layer), *tile, std::move(*made)};
}

std::string vector_json(const VectorTileOptions& options, const WrittenTile& written) {
    const nlohmann::ordered_json document{
        {"file", options.output},
        {"layer", written.layer.name.text()},
        {"version", route::layer_version(written.layer)},
        {"z", written.tile.zoom()},
        {"x", written.tile.column()},
        {"y", written.tile.row()},
        {"format", "mvt"},
        {"bytes", written.made.bytes ? written.made.bytes->size() : 0},
        {"features", written.made.features},
        {"left_out", written.made.left_out},
        {"empty", written.made.bytes == nullptr}};
    return document.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

}  // namespace

bool names_vector_tile(const std::string& output) {
    const auto extension = std::filesystem::path(output).extension();
    return extension == ".mvt" || extension == ".pbf";
}

int write_vector_tile(const Context& context, const VectorTileOptions& options) {
    const auto written = make_tile_of(context, options.words);
    if (!written) return fail(options.words.id, written.error());
    std::ofstream file(options.output, std::ios::binary);
    const auto& bytes = written->made.bytes;
    if (bytes)
        file.write(reinterpret_cast<const char*>(bytes->data()),
                   static_cast<std::streamsize>(bytes->size()));
    file.close();
    if (!file) return fail(options.output + ": cannot be written");
    if (options.json) {
        std::cout << vector_json(options, *written) << '\n';
        return static_cast<int>(Status::done);
    }
    std::cout << options.output << ": ";
    if (!bytes) {
        std::cout << "nothing to show there\n";
        return static_cast<int>(Status::done);
    }
    std::cout << bytes->size() << " bytes, " << written->made.features << " features";
    if (written->made.left_out != 0)
        std::cout << ", " << written->made.left_out << " left out to stay small";
    std::cout << '\n';
    return static_cast<int>(Status::done);
}

}  // namespace relief::command
