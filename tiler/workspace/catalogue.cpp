#include "tiler/workspace/catalogue.hpp"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <string_view>
#include <utility>

namespace relief::workspace {
namespace {

using LayerPointer = std::shared_ptr<const Layer>;

/// Texts one after the other, each with its length, so that no two sequences look alike.
class Digest {
public:
    Digest& add(std::string_view text) {
        bytes_ += std::to_string(text.size());
        bytes_ += ':';
        bytes_ += text;
        return *this;
    }
    Digest& add(std::int64_t number) { return add(std::to_string(number)); }
    Version version() const { return {fingerprint(bytes_)}; }

private:
    std::string bytes_;
};

void add_provenance(Digest& digest, const Provenance& provenance) {
    digest.add(provenance.source)
        .add(provenance.licence)
        .add(provenance.acquired)
        .add(provenance.processed)
        .add(provenance.method)
        .add(provenance.confidence)
        .add(provenance.supersedes)
        .add(std::int64_t{provenance.preliminary ? 1 : 0});
}

void add_layer(Digest& digest, const Layer& layer) {
    digest.add(layer.name.text()).add(layer.title).add(to_text(layer.sensitivity));
    add_provenance(digest, layer.provenance);
    digest.add(static_cast<std::int64_t>(layer.style_words.size()));
    for (const auto& [word, value] : layer.style_words) digest.add(word).add(value);
    digest.add(static_cast<std::int64_t>(layer.observations.size()));
    for (const Observation& observation : layer.observations) {
        // The raster is left out: its content version stands for it.
        digest.add(observation.version.text)
            .add(observation.time ? to_text(*observation.time) : "")
            .add(observation.modified.milliseconds);
    }
}

Version version_of(const std::vector<LayerPointer>& layers,
                   const std::vector<Problem>& problems,
                   bool live = false) {
    Digest digest;
    digest.add(std::int64_t{live ? 1 : 0});
    digest.add(static_cast<std::int64_t>(layers.size()));
    for (const LayerPointer& layer : layers) add_layer(digest, *layer);
    for (const Problem& problem : problems) digest.add(problem.subject).add(problem.reason);
    return digest.version();
}

/// What people know a layer's file by; files in the workspace are named by their content.
std::string name_of_file(const Layer& layer) {
    const Observation& newest = layer.newest();
    if (newest.added) return "a layer of the workspace";
    return '"' + std::filesystem::path(newest.file).filename().string() + '"';
}

}  // namespace

Version version_of(const Layer& layer) {
    Digest digest;
    add_layer(digest, layer);
    return digest.version();
}

Catalogue::Catalogue(std::vector<LayerPointer> layers,
                     std::vector<Problem> problems,
                     LiveLayerPointer live)
    : layers_(std::move(layers)), live_(std::move(live)), problems_(std::move(problems)) {
    std::stable_sort(layers_.begin(), layers_.end(), [](const auto& a, const auto& b) {
        return a->name < b->name;
    });
    std::vector<LayerPointer> kept;
    for (LayerPointer& layer : layers_) {
        if (kept.empty() || kept.back()->name != layer->name) {
            kept.push_back(std::move(layer));
            continue;
        }
        // Who may not see one of the two must not learn of it through the other.
        problems_.push_back({layer->name.text(),
                             name_of_file(*layer) + " is not shown: " + name_of_file(*kept.back()) +
                                 " already has this id; rename one of them",
                             std::max(layer->sensitivity, kept.back()->sensitivity)});
    }
    layers_ = std::move(kept);
    version_ = version_of(layers_, problems_, live_ != nullptr);
}

std::shared_ptr<const Catalogue> Catalogue::without(const LayerNames& names) const {
    std::vector<LayerPointer> layers;
    for (const LayerPointer& layer : layers_)
        if (!names.contains(layer->name.text())) layers.push_back(layer);
    std::vector<Problem> problems;
    for (const Problem& problem : problems_)
        if (!names.contains(problem.subject)) problems.push_back(problem);
    const bool live_too = live_ && !names.contains(live_->name().text());
    return std::make_shared<const Catalogue>(
        std::move(layers), std::move(problems), live_too ? live_ : nullptr);
}

bool Catalogue::is_live(std::string_view name) const {
    return live_ && live_->name().text() == name;
}

LayerPointer Catalogue::find(std::string_view name, const Audience& audience) const {
    if (is_live(name)) return live_->seen_by(audience);
    const auto found = std::lower_bound(
        layers_.begin(), layers_.end(), name, [](const LayerPointer& layer, std::string_view text) {
            return layer->name.text() < text;
        });
    const bool there = found != layers_.end() && (*found)->name.text() == name;
    return there && audience.may_see(name, (*found)->sensitivity) ? *found : nullptr;
}

bool Catalogue::has(std::string_view name) const {
    return is_live(name) ||
           std::any_of(layers_.begin(), layers_.end(), [&](const LayerPointer& layer) {
               return layer->name.text() == name;
           });
}

std::vector<LayerPointer> Catalogue::layers(const Audience& audience) const {
    std::vector<LayerPointer> visible;
    std::copy_if(layers_.begin(),
                 layers_.end(),
                 std::back_inserter(visible),
                 [&](const LayerPointer& layer) {
                     return audience.may_see(layer->name.text(), layer->sensitivity);
                 });
    if (!live_ || !live_->is_listed(audience)) return visible;
    if (auto live = live_->seen_by(audience)) {
        const auto after = std::upper_bound(
            visible.begin(), visible.end(), live, [](const auto& a, const auto& b) {
                return a->name < b->name;
            });
        visible.insert(after, std::move(live));
    }
    return visible;
}

std::vector<Problem> Catalogue::problems(const Audience& audience) const {
    std::vector<Problem> visible;
    std::copy_if(problems_.begin(),
                 problems_.end(),
                 std::back_inserter(visible),
                 [&](const Problem& problem) {
                     return audience.may_see(problem.subject, problem.sensitivity);
                 });
    return visible;
}

Version Catalogue::version(const Audience& audience) const {
    return version_of(layers(audience), problems(audience));
}

}  // namespace relief::workspace
