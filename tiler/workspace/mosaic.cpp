#include "tiler/workspace/mosaic.hpp"

#include <algorithm>
#include <limits>
#include <string_view>
#include <tuple>
#include <utility>

namespace relief::workspace {
namespace {

constexpr std::int64_t never = std::numeric_limits<std::int64_t>::min();
constexpr InstantRange no_time{{std::numeric_limits<std::int64_t>::max()},
                               {std::numeric_limits<std::int64_t>::min()}};
constexpr std::int32_t unknown_cloud = 1'000'000;  // beyond all that are known

std::int64_t moment(const Scene& scene) noexcept {
    return scene.time ? scene.time->first.milliseconds : never;
}

/// Smaller comes first; the version last, so that the order is the same on every machine.
auto rank(const Scene& scene, SceneOrder order) {
    // ~ turns the order around without the overflow that a minus would have.
    const std::int64_t newest = ~moment(scene);
    const std::int64_t cloud = scene.cloud.value_or(unknown_cloud);
    const std::int64_t important = -static_cast<std::int64_t>(scene.priority);
    const std::string_view version = scene.version.text;
    switch (order) {
        case SceneOrder::clearest: return std::tuple(cloud, newest, important, version);
        case SceneOrder::priority: return std::tuple(important, newest, cloud, version);
        case SceneOrder::newest: break;
    }
    return std::tuple(newest, important, cloud, version);
}

InstantRange joined(const std::optional<InstantRange>& all, const InstantRange& time) {
    if (!all) return time;
    return {std::min(all->first, time.first), std::max(all->last, time.last)};
}

std::optional<InstantRange> extent_of(const std::vector<Scene>& scenes) {
    std::optional<InstantRange> extent;
    for (const Scene& scene : scenes) {
        if (scene.time) extent = joined(extent, *scene.time);
    }
    return extent;
}

Version version_of(const MosaicParts& parts) {
    std::string text = parts.pyramid.version.text;
    for (const Scene& scene : parts.scenes) {
        text += '|';
        text += scene.version.text;
        if (!scene.time) continue;
        text += std::to_string(scene.time->first.milliseconds);
        if (scene.time->first == scene.time->last) continue;
        text += '/';
        text += std::to_string(scene.time->last.milliseconds);
    }
    return {fingerprint(text)};
}

geo::BoxTree tree_of(const std::vector<Scene>& scenes) {
    std::vector<geo::BoxTree::Entry> entries;
    entries.reserve(scenes.size());
    for (std::size_t i = 0; i < scenes.size(); ++i) {
        for (const geo::PlaneBox& box : geo::folded(geo::plane_box_of(scenes[i].footprint)))
            entries.push_back({box, static_cast<std::uint32_t>(i)});
    }
    return geo::BoxTree(entries);
}

/// How far a time lies outside a span, at most the largest number.
std::int64_t distance(const InstantRange& time, const InstantRange& span) noexcept {
    if (time.last < span.first) return span.first.milliseconds - time.last.milliseconds;
    return span.last < time.first ? time.first.milliseconds - span.last.milliseconds : 0;
}

/// They share an instant. Of a span that was tightened the end may lie before the begin.
bool meets(const InstantRange& time, const InstantRange& span) noexcept {
    return time.first <= span.last && span.first <= time.last;
}

/// The moment of the scene that is closest, of several that are as close the one that begins first;
/// of a scene that was taken some time in a day, month or year the first moment that is asked for.
/// A span without any moment when none is close enough.
InstantRange nearest_to(const Mosaic& mosaic, const InstantRange& span, std::int64_t age) {
    const Scene* nearest = nullptr;
    for (const Scene& scene : mosaic.scenes()) {
        if (!scene.time || distance(*scene.time, span) > age) continue;
        const auto rank = [&](const Scene& one) {
            return std::pair(distance(*one.time, span), *one.time);
        };
        if (nearest == nullptr || rank(scene) < rank(*nearest)) nearest = &scene;
    }
    if (nearest == nullptr) return no_time;
    return std::clamp(span.first, nearest->time->first, nearest->time->last);
}

/// As late a begin and as early an end as mean the same scenes, so that spans which do are the
/// same; none when all there are meet it. Where every scene that does reaches over it, the end may
/// come before the begin: they all hold what lies between.
std::optional<InstantRange> tightened(const Mosaic& mosaic, const InstantRange& span) {
    InstantRange tight = no_time;
    bool all = true;
    bool any = false;
    for (const Scene& scene : mosaic.scenes()) {
        const bool inside = scene.time && meets(*scene.time, span);
        all = all && inside;
        any = any || inside;
        if (!scene.time) continue;
        if (scene.time->last >= span.first) tight.first = std::min(tight.first, scene.time->last);
        if (scene.time->first <= span.last) tight.last = std::max(tight.last, scene.time->first);
    }
    if (!any) return no_time;
    return all ? std::nullopt : std::optional(tight);
}

}  // namespace

Mosaic::Mosaic(MosaicParts parts) : parts_(std::move(parts)), extent_(extent_of(parts_.scenes)) {
    std::sort(parts_.scenes.begin(), parts_.scenes.end(), [&](const Scene& a, const Scene& b) {
        return rank(a, parts_.order) < rank(b, parts_.order);
    });
    version_ = version_of(parts_);
    for (const Scene& scene : parts_.scenes) {
        const auto bands = static_cast<int>(scene.form->bands.size());
        if (bands < parts_.pyramid.bands) least_band_ = std::max(least_band_, bands + 1);
    }
    tree_ = tree_of(parts_.scenes);
}

std::string Mosaic::file_of(const Scene& scene) const {
    return parts_.folder + "/" + scene.version.text + ".tif";
}

bool Mosaic::in_span(const Scene& scene, const MosaicChoice& choice) const noexcept {
    if (!choice.span || !extent_) return true;
    return scene.time && meets(*scene.time, *choice.span);
}

std::optional<InstantRange> Mosaic::extent_in(const MosaicChoice& choice) const {
    std::optional<InstantRange> extent;
    for (const Scene& scene : parts_.scenes) {
        if (scene.time && in_span(scene, choice)) extent = joined(extent, *scene.time);
    }
    return extent;
}

bool Mosaic::any_in(const MosaicChoice& choice) const {
    return std::any_of(parts_.scenes.begin(), parts_.scenes.end(), [&](const Scene& scene) {
        return in_span(scene, choice);
    });
}

std::vector<std::uint32_t> Mosaic::touching(const geo::PlaneBox& box,
                                            const MosaicChoice& choice) const {
    std::vector<std::uint32_t> names;
    for (const geo::PlaneBox& part : geo::folded(box)) {
        const auto found = tree_.found(part);
        names.insert(names.end(), found.begin(), found.end());
    }
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    std::erase_if(names, [&](std::uint32_t name) {
        const Scene& scene = parts_.scenes[name];
        return !in_span(scene, choice) || !geo::touches(scene.footprint, box);
    });
    if (choice.pick == Pick::newest && parts_.order != SceneOrder::newest) {
        std::stable_sort(names.begin(), names.end(), [&](std::uint32_t a, std::uint32_t b) {
            return moment(parts_.scenes[a]) > moment(parts_.scenes[b]);
        });
    }
    return names;
}

std::optional<InstantRange> span_of(const Mosaic& mosaic, const TimeChoice& time, Instant now) {
    using Limits = std::numeric_limits<std::int64_t>;
    constexpr std::int64_t ever = Limits::max();
    if (time.rule == TimeChoice::Rule::newest && !time.maximum_age) return std::nullopt;
    InstantRange span{time.interval.first.value_or(Instant{Limits::min()}),
                      time.interval.last.value_or(Instant{ever})};
    const std::int64_t age = time.maximum_age ? time.maximum_age->count() : ever;
    if (time.rule == TimeChoice::Rule::nearest)
        return tightened(mosaic, nearest_to(mosaic, span, age));
    if (!time.maximum_age) return tightened(mosaic, span);
    const bool open = time.rule == TimeChoice::Rule::newest || !time.interval.last;
    const std::int64_t end = open ? now.milliseconds : time.interval.last->milliseconds;
    span.first.milliseconds = std::max(span.first.milliseconds, end - age);
    return tightened(mosaic, span);
}

bool is_default(const Mosaic& mosaic, const MosaicChoice& choice) noexcept {
    const bool first = choice.pick == Pick::first ||
                       (choice.pick == Pick::newest && mosaic.order() == SceneOrder::newest);
    return first && (!choice.span || !mosaic.extent());
}

std::size_t depth_of(const Mosaic& mosaic) {
    constexpr std::size_t samples = 1000;
    const std::size_t step = mosaic.scenes().size() / samples + 1;
    std::size_t depth = 1;
    for (std::size_t i = 0; i < mosaic.scenes().size(); i += step) {
        const geo::PlaneBox box = geo::plane_box_of(mosaic.scenes()[i].footprint);
        const double x = (box.west + box.east) / 2;
        const double y = (box.south + box.north) / 2;
        depth = std::max(depth, mosaic.touching({x, y, x, y}, {}).size());
    }
    return depth;
}

}  // namespace relief::workspace
