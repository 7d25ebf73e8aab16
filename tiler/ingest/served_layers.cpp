#include "tiler/ingest/served_layers.hpp"

#include <algorithm>

namespace relief::ingest {
namespace {

bool is_whole_file(const RasterPart& part) {
    return part.dataset.empty() && part.band == 0;
}

}  // namespace

std::string layer_stem(const std::string& stem, const std::string& suffix) {
    if (suffix.empty()) return stem;
    constexpr std::size_t longest_name = 64;
    constexpr std::size_t least_of_stem = 16;
    const std::size_t room = longest_name - std::min(longest_name, suffix.size() + 1);
    return stem.substr(0, std::max(room, least_of_stem)) + "-" + suffix;
}

std::string title_of(const std::string& stem, const FoundLayer& found) {
    if (!found.title.empty()) return stem + ": " + found.title;
    return found.variable.empty() ? stem : stem + ": " + found.variable;
}

std::vector<workspace::Observation> observations_of(const workspace::DataFile& file,
                                                    const FoundLayer& found) {
    std::vector<workspace::Observation> observations;
    for (const FoundSlice& slice : found.slices) {
        workspace::Observation observation;
        observation.time = slice.time;
        observation.version = file.version;
        observation.file = file.path;
        observation.added = false;
        observation.modified = file.modified;
        observation.content = slice.content;
        if (!is_whole_file(slice.part)) {
            observation.part = slice.part;
            observation.part.whole = file.version;
            observation.version = {fingerprint(file.version.text + ' ' + slice.part.dataset + ' ' +
                                               std::to_string(slice.part.band))};
        }
        observations.push_back(std::move(observation));
    }
    return observations;
}

}  // namespace relief::ingest
