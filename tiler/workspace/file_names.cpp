#include "tiler/workspace/file_names.hpp"

#include <algorithm>
#include <array>

namespace relief::workspace {
namespace {

constexpr std::array<std::string_view, 21> raster_extensions{
    "tif",  "tiff", "jp2", "nc",   "nc4", "cdf", "grib", "grb",  "grib2", "grb2", "h5",
    "hdf5", "he5",  "hdf", "hdf4", "he4", "png", "jpg",  "jpeg", "gpkg",  "vrt"};
constexpr std::array<std::string_view, 12> feature_extensions{"gpkg",
                                                              "geojson",
                                                              "geojsonl",
                                                              "geojsons",
                                                              "topojson",
                                                              "shp",
                                                              "fgb",
                                                              "kml",
                                                              "kmz",
                                                              "gpx",
                                                              "csv",
                                                              "tsv"};
constexpr std::array<std::string_view, 3> pictures{"png", "jpg", "jpeg"};

// https://gdal.org/user/raster_data_model.html and the drivers' own pages: metadata, overviews and
// masks are named after the whole file name, world files and older metadata after the stem.
constexpr std::array<std::string_view, 5> after_name{
    ".aux.xml", ".ovr", ".msk", ".msk.ovr", ".xml"};
constexpr std::array<std::string_view, 25> after_stem{
    ".shx",  ".dbf",  ".cpg",   ".csvt", ".qix",     ".aux.xml", ".aux",  ".rrd",   ".wld",
    ".tfw",  ".tifw", ".tiffw", ".pgw",  ".pngw",    ".jgw",     ".jpgw", ".jpegw", ".j2w",
    ".jp2w", ".prj",  ".tab",   ".imd",  "_rpc.txt", ".rpb",     ".xml"};
constexpr std::array<std::string_view, 7> places{
    ".wld", ".pgw", ".pngw", ".jgw", ".jpgw", ".jpegw", ".aux.xml"};

template <std::size_t size>
bool is_one_of(const std::array<std::string_view, size>& extensions, std::string_view one) {
    return std::find(extensions.begin(), extensions.end(), one) != extensions.end();
}

std::string_view without_extension(std::string_view name) {
    return name.substr(0, name.rfind('.'));
}

}  // namespace

std::string lower_case(std::string_view name) {
    std::string text(name);
    for (char& c : text) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return text;
}

std::string extension_of(std::string_view name) {
    const std::size_t dot = name.find_last_of("./");
    if (dot == std::string_view::npos || name[dot] == '/') return {};
    return lower_case(name.substr(dot + 1));
}

bool is_raster_name(std::string_view name) {
    return is_one_of(raster_extensions, extension_of(name));
}

bool may_hold_features(std::string_view name) {
    return is_one_of(feature_extensions, extension_of(name));
}

bool needs_world_file(std::string_view name) {
    return is_one_of(pictures, extension_of(name));
}

bool gives_place(std::string_view side_name) {
    return std::any_of(places.begin(), places.end(), [&](std::string_view place) {
        return side_name.ends_with(place);
    });
}

std::vector<std::string> side_names(std::string_view name) {
    const std::string whole = lower_case(name);
    const std::string stem(without_extension(whole));
    std::vector<std::string> names;
    names.reserve(after_name.size() + after_stem.size());
    for (const std::string_view ending : after_name) names.push_back(whole + std::string(ending));
    for (const std::string_view ending : after_stem) names.push_back(stem + std::string(ending));
    return names;
}

}  // namespace relief::workspace
