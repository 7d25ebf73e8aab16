#pragma once
// The layer of reports, as each asker may see it.

#include "tiler/report/public_view.hpp"
#include "tiler/shown/content.hpp"
#include "tiler/workspace/catalogue.hpp"

#include <array>
#include <memory>
#include <mutex>

namespace relief::service {

/// Whom a view is for: moderators and admins see exact places and analysts theirs where nothing
/// keeps the layer from them; all others, and maps that were lent a part of what somebody sees
/// without the reports, see what everyone does.
report::View view_of(const Audience& audience);

/// For any thread. Readers share a lock with the one who shows for as long as it takes to copy a
/// pointer.
class ReportLayers final : public workspace::LiveLayer {
public:
    ReportLayers();

    /// From now on this is what the view sees; gives it as a layer.
    std::shared_ptr<const workspace::Layer> show(report::View view, shown::Sight sight);

    const LayerName& name() const override { return name_; }
    /// The open view in the place of one that is not there (yet).
    std::shared_ptr<const workspace::Layer> seen_by(const Audience& audience) const override;
    /// Since the first report that this audience could see: nobody learns that there are others.
    bool is_listed(const Audience& audience) const override;

private:
    LayerName name_ = LayerName::of_reports();
    mutable std::mutex mutex_;
    std::array<std::shared_ptr<const workspace::Layer>, 3> layers_;
    std::array<bool, 3> listed_{};
};

}  // namespace relief::service
