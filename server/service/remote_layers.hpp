#pragma once
// Layers of remote files as they are at the moment.

#include "server/service/remote_watch.hpp"
#include "tiler/workspace/catalogue.hpp"
#include "tiler/workspace/configuration.hpp"

#include <vector>

namespace relief::service {

struct RemoteNews {
    RemoteWatch& watch;
    std::vector<workspace::Problem>& problems;
};

/// Takes out layers whose addresses the configuration does not allow any more, lets the watch
/// follow the others, and gives them the content that it knows of. A layer whose file cannot be
/// reached stays; both are told as problems.
void settle_remotes(std::vector<workspace::Layer>& layers,
                    const workspace::Configuration& configuration,
                    const RemoteNews& news);

}  // namespace relief::service
