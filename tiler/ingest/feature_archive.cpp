#include "tiler/ingest/feature_archive.hpp"

#include "tiler/source/gdal_runtime.hpp"
#include "tiler/workspace/file_names.hpp"

#include <cpl_string.h>
#include <cpl_vsi.h>

#include <vector>

namespace relief::ingest {
namespace {

constexpr int most_entries = 1000;

std::vector<std::string> names_in_archive(const std::string& archive) {
    std::vector<std::string> names;
    const CPLStringList list(VSIReadDirEx(archive.c_str(), most_entries), TRUE);
    names.reserve(static_cast<std::size_t>(list.Count()));
    for (int i = 0; i < list.Count(); ++i) names.emplace_back(list[i]);
    return names;
}

/// What of an archive holds the features: a name in it, empty for all of it.
std::string member_of(const std::vector<std::string>& names) {
    std::vector<std::string> single;
    for (const std::string& name : names) {
        const std::string extension = workspace::extension_of(name);
        if (extension == "gdb") return name;
        if (extension == "shp") return {};
        if (workspace::may_hold_features(name)) single.push_back(name);
    }
    return single.size() == 1 ? single.front() : std::string();
}

}  // namespace

FeatureOpening feature_opening(const std::string& path) {
    const std::string name = workspace::lower_case(path);
    if (name.ends_with(".kmz")) return {path, source::kmz_drivers()};
    if (!name.ends_with(".zip")) return {path, source::feature_drivers()};
    // Braces: the name may hold ".zip/" itself. Source: GDAL, Virtual File Systems, /vsizip/.
    const std::string archive = "/vsizip/{" + path + "}";
    const std::string member = member_of(names_in_archive(archive));
    return {member.empty() ? archive : archive + "/" + member, source::feature_drivers()};
}

bool is_feature_folder(const std::string& path) {
    return workspace::extension_of(path) == "gdb";
}

}  // namespace relief::ingest
