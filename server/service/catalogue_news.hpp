#pragma once
// What one catalogue has that the one before had not, as events.

#include "server/service/event_hub.hpp"
#include "tiler/workspace/catalogue.hpp"

#include <vector>

namespace relief::service {

/// `layer`: {"layer", "change": "added"|"changed"|"removed", "version"}, without a version where it
/// was removed; a layer that is suspended or hidden from now on is removed for whom it is gone.
/// `tiles`: {"layer", "version", "bounds", "tiles": [{"z", "x": [first, last], "y": […]}]} of zooms
/// 0 to 10, whose deeper ones changed with them; where content came or changed. One `reset` takes
/// the place of very many.
std::vector<Happening> news_of(const workspace::Catalogue& before,
                               const workspace::Catalogue& after);

}  // namespace relief::service
