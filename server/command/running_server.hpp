#pragma once
// Everything a running server is made of, put together once and taken apart in order.

#include "tiler/core/result.hpp"
#include "tiler/workspace/configuration.hpp"

#include <filesystem>
#include <functional>
#include <vector>

namespace relief::command {

struct ServeOrder {
    std::filesystem::path workspace;
    std::vector<std::filesystem::path> served;
    workspace::Configuration configuration;
    std::function<Result<workspace::Configuration>()> read_again;  ///< for SIGHUP
};

/// Binds the port, serves until SIGTERM or SIGINT, drains. Gives the exit status.
int run_server(const ServeOrder& order);

}  // namespace relief::command
