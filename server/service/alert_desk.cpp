#include "server/service/alert_desk.hpp"

#include "tiler/alert/alert_store.hpp"

namespace relief::service {

Result<std::vector<report::Alert>> AlertDesk::current(Instant now) const {
    constexpr std::size_t most = 1000;
    const auto store = alert::AlertStore::open_existing(workspace_);
    if (store) return store->current(now, most);
    if (store.error().fault == Fault::not_found) return std::vector<report::Alert>();
    return store.error();
}

}  // namespace relief::service
