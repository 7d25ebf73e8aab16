#pragma once
// What changed among the reports that a view sees, as events.

#include "server/service/event_hub.hpp"
#include "tiler/report/privacy_levels.hpp"
#include "tiler/shown/shown_store.hpp"
#include "tiler/workspace/layer.hpp"

#include <vector>

namespace relief::service {

/// `report`: {"layer", "version", "reports": [{"id", "lon", "lat", "category", "severity",
/// "status"}]}, and `tiles`: {"layer", "version"}: any of them may have changed. Heard by those
/// whose view it is, and by nobody else. `put`: those that everyone may be told of one by one; only
/// what is low is, and of very many none.
std::vector<Happening> news_of_reports(report::View view,
                                       const workspace::Layer& layer,
                                       const std::vector<shown::PublicReport>& put);

}  // namespace relief::service
