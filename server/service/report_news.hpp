#pragma once
// What changed among the reports that a view sees, as events.

#include "server/service/event_hub.hpp"
#include "tiler/report/privacy_levels.hpp"
#include "tiler/shown/shown_index.hpp"
#include "tiler/workspace/layer.hpp"

#include <functional>
#include <memory>
#include <vector>

namespace relief::service {

/// What is asked each time that something is told, or told again: it may have been erased, raised
/// or suspended since it happened.
struct ReportsNow {
    std::shared_ptr<const shown::ShownIndex> shown;
    /// Whether the layer of reports is there for that audience. For any thread.
    std::function<bool(const Audience&)> visible;
};

/// `report`: {"layer", "version", "reports": [{"id", "lon", "lat", "category", "severity",
/// "status"}]}, and `tiles`: {"layer", "version"}: any of them may have changed. Heard by those
/// whose view it is, and by nobody else, while the layer is visible to them. `put`: those that
/// everyone may be told of one by one, by their ids; each is told as it is shown when it is told.
/// Only what is low is, and of very many none.
std::vector<Happening> news_of_reports(report::View view,
                                       const workspace::Layer& layer,
                                       const std::vector<shown::PublicReport>& put,
                                       const ReportsNow& now);

}  // namespace relief::service
