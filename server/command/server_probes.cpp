#include "server/command/server_probes.hpp"

#include <functional>
#include <string>
#include <utility>

namespace relief::command {
namespace {

using Value = std::function<double()>;

struct Described {
    const char* name;
    const char* help;
};

void add_gauge(ops::Metrics& metrics, const Described& what, Value value) {
    metrics.add_probe({what.name, what.help, "", "", false, std::move(value)});
}

void add_counter(ops::Metrics& metrics, const Described& what, Value value) {
    metrics.add_probe({what.name, what.help, "", "", true, std::move(value)});
}

void add_memory(ops::Metrics& metrics, const char* consumer, Value value) {
    metrics.add_probe({"relief_memory_bytes",
                       "Bytes that each consumer of the memory budget holds",
                       "consumer",
                       consumer,
                       false,
                       std::move(value)});
}

void add_memory_probes(ops::Metrics& metrics, const ProbedParts& parts) {
    add_memory(metrics, "decoded-blocks", [parts] {
        return static_cast<double>(parts.reader.memory_use().block_bytes);
    });
    add_memory(metrics, "remote-files", [parts] {
        return static_cast<double>(parts.reader.memory_use().remote_bytes);
    });
    // Of what everyone is shown, and coarsely: anyone may read it, and nobody is to count by it the
    // reports that are not shown.
    add_memory(metrics, "reports", [parts] {
        constexpr std::size_t whole = 1U << 20U;
        const std::size_t begun = (parts.shown.bytes() + whole - 1) / whole;
        return static_cast<double>(begun * whole);
    });
    add_memory(metrics, "tiles", [parts] {
        const auto& memory = parts.tiles.caches().memory;
        return memory ? static_cast<double>(memory->use().bytes) : 0.0;
    });
    add_gauge(metrics, {"relief_disk_cache_bytes", "Bytes of the tile cache on disk"}, [parts] {
        const auto& disk = parts.tiles.caches().disk;
        return disk ? static_cast<double>(disk->use().bytes) : 0.0;
    });
    add_gauge(metrics, {"relief_open_datasets", "Raster files held open"}, [parts] {
        return static_cast<double>(parts.reader.memory_use().open_files);
    });
}

void add_event_probes(ops::Metrics& metrics, const ProbedParts& parts) {
    add_gauge(metrics, {"relief_event_streams", "Open streams of /events"}, [parts] {
        return static_cast<double>(parts.events.counts().streams);
    });
    add_counter(metrics, {"relief_events_total", "What was told on /events to everyone"}, [parts] {
        return static_cast<double>(parts.events.counts().told);
    });
    add_counter(metrics,
                {"relief_event_streams_left_total",
                 "Streams of /events cut off because their reader was too slow"},
                [parts] { return static_cast<double>(parts.events.counts().left); });
}

}  // namespace

void add_probes(ops::Metrics& metrics, const ProbedParts& parts) {
    add_memory_probes(metrics, parts);
    add_gauge(metrics, {"relief_queue_waiting", "Requests waiting for a render thread"}, [parts] {
        return static_cast<double>(parts.pool.waiting());
    });
    add_gauge(metrics, {"relief_connections", "Open connections"}, [parts] {
        return static_cast<double>(parts.server.open_connections());
    });
    add_event_probes(metrics, parts);
    add_gauge(metrics, {"relief_layers", "Layers that anyone may see"}, [parts] {
        return static_cast<double>(parts.catalogue.current()->layers(Audience::anonymous()).size());
    });
}

}  // namespace relief::command
