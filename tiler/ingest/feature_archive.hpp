#pragma once
// Files of features that come packed, or as a folder.

#include <string>

namespace relief::ingest {

/// How GDAL is to open a file.
struct FeatureOpening {
    std::string name;
    const char* const* drivers;
};

/// A .kmz as it is; of any other .zip what it holds of features: a File Geodatabase (a folder that
/// ends in .gdb), else Shapefiles, else its only file of another kind; anything else by its path.
FeatureOpening feature_opening(const std::string& path);

/// Whether a folder is one dataset: a File Geodatabase, by its name.
bool is_feature_folder(const std::string& path);

}  // namespace relief::ingest
