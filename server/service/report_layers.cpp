#include "server/service/report_layers.hpp"

#include "tiler/pipeline/report_source.hpp"

#include <utility>

namespace relief::service {
namespace {

/// The level of what a view shows: of the open one nothing is told that not everyone may know.
Sensitivity level_of(report::View view) noexcept {
    switch (view) {
        case report::View::open: return Sensitivity::low;
        case report::View::analyst: return Sensitivity::moderate;
        case report::View::exact: return Sensitivity::high;
    }
    return Sensitivity::severe;
}

std::shared_ptr<const workspace::Layer> layer_of(report::View view, shown::Sight sight) {
    workspace::Layer layer{LayerName::of_reports(), "Reports", level_of(view), {}, {}, {}, true};
    layer.provenance.source = "Reports from people on the ground";
    layer.provenance.method = "Sent in, reviewed by moderators";
    workspace::Observation now;
    now.version = {sight.version};
    now.added = false;
    now.modified = sight.changed;
    now.content = pipeline::ReportFeatures::described(*sight.content);
    now.live = std::make_shared<const pipeline::ReportFeatures>(std::move(sight));
    layer.observations.push_back(std::move(now));
    return std::make_shared<const workspace::Layer>(std::move(layer));
}

}  // namespace

report::View view_of(const Audience& audience) {
    const std::string name = LayerName::of_reports().text();
    const Role role = audience.role();
    if ((role == Role::moderator || role == Role::admin) &&
        audience.may_see(name, level_of(report::View::exact)))
        return report::View::exact;
    if (role == Role::analyst && audience.may_see(name, level_of(report::View::analyst)))
        return report::View::analyst;
    return report::View::open;
}

ReportLayers::ReportLayers() {
    const auto nothing = shown::Board().now();
    layers_[0] = layer_of(report::View::open, {nothing, nullptr, "none", Instant{}});
}

std::shared_ptr<const workspace::Layer> ReportLayers::show(report::View view, shown::Sight sight) {
    const bool any = sight.content->size() != 0;
    auto layer = layer_of(view, std::move(sight));
    const std::lock_guard lock(mutex_);
    layers_.at(static_cast<std::size_t>(view)) = layer;
    listed_.at(static_cast<std::size_t>(view)) |= any;
    return layer;
}

std::shared_ptr<const workspace::Layer> ReportLayers::seen_by(const Audience& audience) const {
    const auto view = static_cast<std::size_t>(view_of(audience));
    const std::lock_guard lock(mutex_);
    return layers_.at(view) ? layers_.at(view) : layers_.front();
}

bool ReportLayers::is_listed(const Audience& audience) const {
    const auto view = static_cast<std::size_t>(view_of(audience));
    const std::lock_guard lock(mutex_);
    return listed_.at(view) || listed_.front();
}

}  // namespace relief::service
