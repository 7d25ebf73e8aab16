#pragma once
// Layers of tables as they are at the moment.

#include "server/service/table_watch.hpp"
#include "tiler/workspace/catalogue.hpp"
#include "tiler/workspace/configuration.hpp"

#include <vector>

namespace relief::service {

struct TableNews {
    TableWatch& watch;
    std::vector<workspace::Problem>& problems;
};

/// Takes out layers whose databases the configuration does not allow any more, lets the watch
/// follow the others, and gives them what it knows of their tables. A layer whose database is away
/// stays; both are told as problems.
void settle_tables(std::vector<workspace::Layer>& layers,
                   const workspace::Configuration& configuration,
                   const TableNews& news);

}  // namespace relief::service
