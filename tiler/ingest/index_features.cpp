#include "tiler/ingest/index_features.hpp"

#include "tiler/ingest/place_geometry.hpp"
#include "tiler/ingest/read_features.hpp"
#include "tiler/vector/index_builder.hpp"

#include <memory>
#include <utility>
#include <vector>

namespace relief::ingest {
namespace {

constexpr double read_share = 0.5;  // of the time, about; the rest is generalising and writing

std::function<bool(double)> part_of(const IndexOrder& order, double begin, double end) {
    return [&order, begin, end](double share) {
        return !order.progress || order.progress(begin + share * (end - begin));
    };
}

struct ReadFile {
    explicit ReadFile(const VectorDescription& known)
        : description(known), builder(known.attributes) {}

    VectorDescription description;
    vector::IndexBuilder builder;
};

/// All features of the file in memory, and what was found.
Result<std::unique_ptr<ReadFile>> read_all(const IndexOrder& order,
                                           const std::function<bool(double)>& progress) {
    auto file = FeatureFile::open(order.source, order.layer);
    if (!file) return file.error();
    auto all = std::make_unique<ReadFile>(file->description());
    Findings findings;
    const auto read = file->read(
        [&](const vector::SourceFeature& feature, double share) {
            all->builder.add(feature);
            return progress(share);
        },
        findings);
    if (!read) return read.error();
    std::vector<std::string> sentences = in_sentences(findings);
    if (all->builder.features() == 0 && !sentences.empty()) {
        std::string what = "it has no features that can be shown";
        for (const std::string& sentence : sentences) what += "; " + sentence;
        return source_broken(what);
    }
    for (std::string& sentence : sentences)
        all->description.findings.push_back(std::move(sentence));
    return all;
}

void fill_in(VectorDescription& description, const vector::IndexFacts& facts) {
    description.features = facts.features;
    description.kinds = facts.kinds;
    description.bounds = facts.bounds;
    description.maximum_zoom = facts.maximum_zoom;
    description.thinned_tiles = facts.thinned_tiles;
    description.times = facts.times;
    if (facts.undecided_times.empty()) return;
    std::string names;
    for (const std::string& name : facts.undecided_times)
        names += (names.empty() ? "" : ", ") + name;
    description.findings.push_back("several attributes hold times (" + names +
                                   "): time= picks by none of them; choose one with "
                                   "--time-attribute");
}

}  // namespace

// NOLINTNEXTLINE(bugprone-easily-swappable-parameters): the larger thing comes first
Result<VectorDescription> describe_features(const std::string& path, const std::string& layer) {
    auto all = read_all({path, layer, {}, {}}, [](double) { return true; });
    if (!all) return all.error();
    const auto facts = (*all)->builder.facts();
    if (!facts) return facts.error();
    fill_in((*all)->description, *facts);
    return std::move((*all)->description);
}

Result<VectorDescription> index_features(const IndexOrder& order) {
    auto all = read_all(order, part_of(order, 0, read_share));
    if (!all) return all.error();
    const auto facts = (*all)->builder.write(
        order.target, {made_valid, part_of(order, read_share, 1), order.time_attribute});
    if (!facts) return facts.error();
    fill_in((*all)->description, *facts);
    return std::move((*all)->description);
}

}  // namespace relief::ingest
