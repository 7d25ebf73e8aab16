#include "tiler/ingest/table.hpp"

#include "tiler/ingest/incoming.hpp"
#include "tiler/postgis/table_catalogue.hpp"
#include "tiler/workspace/layer_store.hpp"

#include <chrono>
#include <utility>

namespace relief::ingest {
namespace {

constexpr std::chrono::seconds patience_for_table{30};

Result<void> check_said(const AddOrder& order) {
    if (order.kind) return bad_request("--kind is for rasters; it is a table of features");
    if (!order.style_words.empty())
        return bad_request("--" + order.style_words.front().first +
                           " is for rasters; it is a table of features");
    if (!order.layer.empty())
        return bad_request("--layer is for files; the address says which table");
    if (order.time)
        return bad_request(
            "--time is for files, which are of one time; a column says when rows are, see "
            "--time-attribute");
    return {};
}

}  // namespace

Result<workspace::Observation> inspect_table(postgis::Connection& connection,
                                             const TableAddress& address,
                                             const std::string& time_attribute,
                                             const Deadline& deadline) {
    auto table = postgis::describe_table(connection, {address, time_attribute}, deadline);
    if (!table) return table.error();
    workspace::Observation observation;
    observation.version = std::move(table->version);
    observation.file = address.text();
    observation.added = false;
    observation.modified = now_in_seconds();
    observation.content = std::move(table->description);
    return observation;
}

Result<workspace::Observation> inspect_table(const TableAddress& address,
                                             const std::string& time_attribute) {
    const Deadline deadline(Deadline::Clock::now() + patience_for_table);
    auto connection = postgis::Connection::open(address.database, deadline);
    if (!connection) return connection.error();
    return inspect_table(*connection, address, time_attribute, deadline);
}

Result<Added> add_table(const AddOrder& order, const TableAddress& address) {
    if (auto checked = check_said(order); !checked) return checked.error();
    const auto name = name_of(order);
    if (!name) return name.error();
    auto observation = inspect_table(address, order.time_attribute);
    if (!observation) return observation.error();
    auto store = workspace::LayerStore::open(order.workspace);
    if (!store) return store.error();
    const auto freed = store->register_observation({.layer = *name,
                                                    .title = order.title,
                                                    .sensitivity = order.sensitivity,
                                                    .provenance = order.provenance,
                                                    .style_words = {},
                                                    .observation = *observation});
    if (!freed) return freed.error();
    // What is left behind costs disk, not truth: the layer stands either way.
    static_cast<void>(store->delete_unreferenced(*freed));
    return Added{*name, std::move(*observation), !freed->empty()};
}

}  // namespace relief::ingest
