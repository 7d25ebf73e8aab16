#include "tiler/ingest/feature_layers.hpp"

#include "tiler/ingest/feature_archive.hpp"
#include "tiler/source/gdal_runtime.hpp"

#include <cpl_error.h>
#include <ogrsf_frmts.h>

#include <array>
#include <charconv>
#include <cstddef>
#include <fstream>
#include <iterator>
#include <optional>
#include <string_view>

namespace relief::ingest {
namespace {

// Columns that hold places, by the names that people give them.
constexpr std::array<const char*, 5> open_options{
    "X_POSSIBLE_NAMES=lon,long,longitude,lng,x,lon_*,*_lon,*longitude*,coord_x",
    "Y_POSSIBLE_NAMES=lat,latitude,y,lat_*,*_lat,*latitude*,coord_y",
    "GEOM_POSSIBLE_NAMES=wkt,geom,geometry,the_geom,geom_wkt,*_wkt,wkt_*",
    "KEEP_GEOM_COLUMNS=NO",
    nullptr};

std::vector<OGRLayer*> layers_with_geometry(GDALDataset& dataset) {
    std::vector<OGRLayer*> layers;
    for (OGRLayer* layer : dataset.GetLayers())
        if (layer->GetGeomType() != wkbNone) layers.push_back(layer);
    return layers;
}

std::string names_of_layers(const std::vector<OGRLayer*>& layers) {
    constexpr std::size_t most = 40;
    std::string names;
    for (std::size_t i = 0; i < layers.size() && i < most; ++i)
        names += (i == 0 ? "\"" : ", \"") + std::string(layers[i]->GetName()) + "\"";
    if (layers.size() > most) names += " and " + std::to_string(layers.size() - most) + " more";
    return names;
}

/// GPX and KML bring layers that are there but empty.
std::vector<OGRLayer*> without_empty(std::vector<OGRLayer*> layers) {
    if (layers.size() > 1)
        std::erase_if(layers, [](OGRLayer* layer) { return layer->GetFeatureCount(1) == 0; });
    return layers;
}

bool holds_raster(const std::string& path) {
    const FeatureDataset raster(GDALDataset::Open(path.c_str(),
                                                  GDAL_OF_RASTER | GDAL_OF_READONLY,
                                                  source::allowed_drivers(source::Trust::operated),
                                                  nullptr,
                                                  nullptr));
    return raster != nullptr;
}

/// The number behind the word.
std::optional<std::size_t> number_after(std::string_view text, std::string_view word) {
    const std::size_t at = text.find(word);
    if (at == std::string_view::npos) return std::nullopt;
    const std::string_view rest = text.substr(at + word.size());
    std::size_t number = 0;
    const auto read = std::from_chars(rest.data(), rest.data() + rest.size(), number);
    return read.ec == std::errc{} ? std::optional(number) : std::nullopt;
}

/// The first message that names a place: what follows only says that it was not read.
void CPL_STDCALL keep_place(CPLErr, CPLErrorNum, const char* message) {
    auto& kept = *static_cast<std::string*>(CPLGetErrorHandlerUserData());
    if (kept.empty() && (number_after(message, "line ") || number_after(message, "offset ")))
        kept = message;
}

/// From 1. "At line 3, character 5: …" says it; "… (at offset 120)" is counted.
// NOLINTNEXTLINE(bugprone-easily-swappable-parameters): the file comes first throughout
std::optional<std::size_t> line_of_damage(const std::string& path, const std::string& message) {
    if (const auto line = number_after(message, "line ")) return line;
    const auto offset = number_after(message, "offset ");
    if (!offset) return std::nullopt;
    std::ifstream file(path, std::ios::binary);
    std::size_t line = 1;
    std::size_t left = *offset;
    for (auto at = std::istreambuf_iterator<char>(file);
         left > 0 && at != std::istreambuf_iterator<char>();
         ++at, --left)
        if (*at == '\n') ++line;
    return line;
}

/// Those that could be meant when none is named. Errors: source_broken when there are none.
Result<std::vector<OGRLayer*>> layers_to_show(GDALDataset& dataset) {
    const auto all = layers_with_geometry(dataset);
    if (all.empty())
        return source_broken(
            "it holds no places: no geometry, and no columns of longitude and latitude or WKT");
    auto candidates = without_empty(all);
    if (candidates.empty()) return source_broken("it holds no features");
    return candidates;
}

}  // namespace

FeatureDataset open_features(const std::string& path) {
    const FeatureOpening opening = feature_opening(path);
    return FeatureDataset(GDALDataset::Open(opening.name.c_str(),
                                            GDAL_OF_VECTOR | GDAL_OF_READONLY,
                                            opening.drivers,
                                            open_options.data(),
                                            nullptr));
}

bool holds_features(const std::string& path) {
    const source::GdalMessages quiet;
    if (holds_raster(path)) return false;
    const FeatureDataset dataset = open_features(path);
    return dataset && dataset->GetLayerCount() > 0;
}

Error damage_in(const std::string& path, const Error& otherwise) {
    std::string message;
    CPLPushErrorHandlerEx(keep_place, &message);
    const bool opens = open_features(path) != nullptr;
    CPLPopErrorHandler();
    const auto line = line_of_damage(path, message);
    if (opens || !line) return otherwise;
    return source_broken(
        "the file cannot be read: its text is damaged at line " + std::to_string(*line), message);
}

Result<OGRLayer*> choose_layer(GDALDataset& dataset, const std::string& name) {
    const auto candidates = layers_to_show(dataset);
    if (!name.empty()) {
        const auto all = layers_with_geometry(dataset);
        for (OGRLayer* layer : all)
            if (name == layer->GetName()) return layer;
        if (all.empty()) return candidates.error();
        return bad_request("layer \"" + name + "\" is not in it; it holds " + names_of_layers(all));
    }
    if (!candidates) return candidates.error();
    if (candidates->size() > 1)
        return bad_request("it holds several layers; choose one with --layer: " +
                           names_of_layers(*candidates));
    return candidates->front();
}

Result<std::vector<std::string>> feature_layers(const std::string& path) {
    const source::GdalMessages messages;
    if (holds_raster(path)) return std::vector<std::string>{};
    const FeatureDataset dataset = open_features(path);
    if (!dataset)
        return damage_in(
            path,
            source_broken(std::string("the file cannot be read: ") + source::not_read_here,
                          messages.last()));
    const auto shown = layers_to_show(*dataset);
    if (!shown) return shown.error();
    std::vector<std::string> names;
    for (OGRLayer* layer : *shown) names.emplace_back(layer->GetName());
    return names;
}

}  // namespace relief::ingest
