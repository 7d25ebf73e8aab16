#pragma once
// What /metrics tells of a running server's parts.

#include "server/http/server.hpp"
#include "server/ops/metrics.hpp"
#include "server/ops/work_pool.hpp"
#include "server/service/catalogue_keeper.hpp"
#include "server/service/event_hub.hpp"
#include "server/service/tile_service.hpp"
#include "tiler/shown/shown_index.hpp"
#include "tiler/source/raster_reader.hpp"

namespace relief::command {

struct ProbedParts {
    const source::RasterReader& reader;
    const shown::ShownIndex& shown;
    service::TileService& tiles;
    const ops::WorkPool& pool;
    const http::Server& server;
    const service::EventHub& events;
    const service::CatalogueKeeper& catalogue;
};

/// The parts are asked at each scrape, as long as `metrics` is. Nothing in them tells of reports or
/// layers that not everyone may see.
void add_probes(ops::Metrics& metrics, const ProbedParts& parts);

}  // namespace relief::command
