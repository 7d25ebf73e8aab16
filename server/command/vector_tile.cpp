#include "server/command/vector_tile.hpp"

#include "server/command/feature_pictures.hpp"
#include "server/command/output_file.hpp"
#include "server/command/verbs.hpp"
#include "server/route/parameters.hpp"
#include "server/service/feature_words.hpp"
#include "tiler/ingest/place_geometry.hpp"
#include "tiler/pipeline/make_vector_tile.hpp"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <iostream>
#include <utility>

namespace relief::command {
namespace {

struct WrittenTile {
    workspace::Layer layer;
    TileId tile;
    pipeline::EncodedVectorTile made;
};

/// Errors: bad_request for a word that means nothing to features.
Result<service::FeatureWords> feature_words(const TileWords& words) {
    const auto is_for = [](const std::string& word, const char* what) {
        return bad_request("--" + word + " is for " + what);
    };
    if (!words.words.words.empty()) return is_for(words.words.words.front().first, "rasters");
    if (!words.against.empty()) return is_for("against", "rasters");
    if (words.view.pick != ViewWords{}.pick) return is_for("pick", "mosaics of rasters");
    service::FeatureWords said;
    if (!words.view.time.empty()) said.emplace_back("time", words.view.time);
    if (!words.filter.empty()) said.emplace_back("filter", words.filter);
    said.insert(said.end(), words.counting.begin(), words.counting.end());
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
    const auto said = feature_words(words);
    if (!said) return said.error();
    if (!words.style.empty() && words.style != "default")
        return bad_request("--style draws pictures: the file name must end in .png, .webp or .jpg");
    auto chosen = service::choose_features(*layer, *said, present_moment());
    if (!chosen) return chosen.error();
    if (!*chosen) return not_found("layer \"" + words.id + "\" has nothing of that time");
    pipeline::FeatureSources sources(1, ingest::made_valid);
    auto made = pipeline::make_vector_tile(
        sources,
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

/// Errors: those of words, style and tile; not_found where nothing is of that time.
Result<cache::TilePointer> draw_picture(const Context& context,
                                        const VectorTileOptions& options,
                                        const workspace::Layer& layer) {
    const auto format = format_of_name(options.output);
    if (!format) return format.error();
    const auto configuration = configuration_of(context);
    if (!configuration) return configuration.error();
    const auto tile = tile_of(options.words);
    if (!tile) return tile.error();
    const auto said = feature_words(options.words);
    if (!said) return said.error();
    const auto chosen = service::choose_features(layer, *said, present_moment());
    if (!chosen) return chosen.error();
    if (!*chosen) return not_found("layer \"" + layer.name.text() + "\" has nothing of that time");
    FeaturePictures pictures(context, *configuration, layer, 1);
    auto wish = pictures.wish({options.words.style, *format, *said});
    if (!wish) return wish.error();
    return pictures.draw({std::move(*wish), *tile, options.words.size});
}

std::string picture_json(const VectorTileOptions& options,
                         const workspace::Layer& layer,
                         const cache::CachedTile& picture) {
    const TileId tile = *tile_of(options.words);
    const nlohmann::ordered_json document{{"file", options.output},
                                          {"layer", layer.name.text()},
                                          {"version", route::layer_version(layer)},
                                          {"z", tile.zoom()},
                                          {"x", tile.column()},
                                          {"y", tile.row()},
                                          {"size", options.words.size},
                                          {"format", name_of(*format_of_name(options.output))},
                                          {"bytes", picture.bytes->size()},
                                          {"empty", picture.empty}};
    return document.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

}  // namespace

int write_feature_picture(const Context& context,
                          const VectorTileOptions& options,
                          const workspace::Layer& layer) {
    const auto drawn = draw_picture(context, options, layer);
    if (!drawn) return fail(options.words.id, drawn.error());
    const cache::CachedTile& picture = **drawn;
    if (auto done = write_output(options.output, *picture.bytes); !done)
        return fail(options.output, done.error());
    if (options.json) {
        std::cout << picture_json(options, layer, picture) << '\n';
    } else {
        std::cout << options.output << ": " << picture.bytes->size() << " bytes"
                  << (picture.empty ? ", nothing to show there" : "") << '\n';
    }
    return static_cast<int>(Status::done);
}

bool names_vector_tile(const std::string& output) {
    const auto extension = std::filesystem::path(output).extension();
    return extension == ".mvt" || extension == ".pbf";
}

int write_vector_tile(const Context& context, const VectorTileOptions& options) {
    const auto written = make_tile_of(context, options.words);
    if (!written) return fail(options.words.id, written.error());
    const auto& bytes = written->made.bytes;
    if (auto done = write_output(options.output, bytes ? *bytes : Bytes()); !done)
        return fail(options.output, done.error());
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
