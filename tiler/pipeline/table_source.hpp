#pragma once
// From a table of PostgreSQL to an index over what one answer needs of it.

#include "tiler/core/result.hpp"
#include "tiler/postgis/connection_pool.hpp"
#include "tiler/postgis/table_facts.hpp"
#include "tiler/vector/index_builder.hpp"
#include "tiler/workspace/layer.hpp"

#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace relief::pipeline {

struct FeatureReach;
struct OpenFeatures;

/// For any thread.
class TableSource {
public:
    explicit TableSource(vector::Repair repair)
        : connections_(most_connections), repair_(std::move(repair)) {}

    /// Of an observation that is a table. The choice that comes back means a time by itself: the
    /// newest of all is not the newest of a window. Errors: as FeatureSources::open().
    Result<OpenFeatures> open(const workspace::Observation& observation, const FeatureReach& reach);

private:
    /// To one database: it has other work to do.
    static constexpr std::size_t most_connections = 6;
    using FactsPointer = std::shared_ptr<const postgis::TableFacts>;
    struct Known {
        std::string version;
        FactsPointer facts;
    };
    Result<FactsPointer> facts_of(const workspace::Observation& observation,
                                  const TableAddress& address,
                                  postgis::Connection& connection,
                                  const Deadline& deadline);

    postgis::ConnectionPool connections_;
    vector::Repair repair_;
    std::mutex mutex_;
    std::map<std::string, Known> known_;  ///< by address
};

}  // namespace relief::pipeline
