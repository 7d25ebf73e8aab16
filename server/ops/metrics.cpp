#include "server/ops/metrics.hpp"

#include "server/ops/process_figures.hpp"

#include <prometheus/counter.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <algorithm>
#include <array>
#include <map>
#include <mutex>
#include <shared_mutex>
#include <utility>
#include <vector>

namespace relief::ops {
namespace {

using Families = std::vector<prometheus::MetricFamily>;

// The route table has some forty patterns; what exceeds this is a mistake and must not grow.
constexpr std::size_t most_routes = 128;
constexpr std::string_view other = "other";
constexpr std::string_view no_route = "none";
constexpr std::array<std::string_view, 6> status_classes{other, "1xx", "2xx", "3xx", "4xx", "5xx"};
constexpr std::array<std::string_view, 6> cache_states{
    other, "hit", "miss", "coalesced", "stale", "disk"};

// From a hit in memory (tens of microseconds) to the deadline of a rendering (20 s).
std::vector<double> duration_buckets() {
    return {0.0001,
            0.00025,
            0.0005,
            0.001,
            0.0025,
            0.005,
            0.01,
            0.025,
            0.05,
            0.1,
            0.25,
            0.5,
            1,
            2.5,
            5,
            10,
            20};
}

std::size_t class_of(int status) {
    const auto hundreds = static_cast<std::size_t>(std::max(status, 0) / 100);
    return hundreds < status_classes.size() ? hundreds : 0;
}

struct RouteFigures {
    std::array<prometheus::Counter*, status_classes.size()> requests{};
    prometheus::Counter* bytes = nullptr;
    prometheus::Histogram* seconds = nullptr;
};

prometheus::ClientMetric sample(const Metrics::Probe& probe) {
    prometheus::ClientMetric metric;
    if (!probe.label.empty()) metric.label = {{probe.label, probe.label_value}};
    const double value = probe.value();
    (probe.counter ? metric.counter.value : metric.gauge.value) = value;
    return metric;
}

// The exposition format wants the samples of one name together.
class Probes : public prometheus::Collectable {
public:
    void add(Metrics::Probe probe) {
        const std::scoped_lock lock(mutex_);
        const auto same = std::find_if(probes_.begin(), probes_.end(), [&probe](const auto& known) {
            return known.name == probe.name && known.label_value == probe.label_value;
        });
        if (same != probes_.end()) {
            *same = std::move(probe);
        } else {
            probes_.push_back(std::move(probe));
        }
    }

    Families Collect() const override {
        // Asked outside the lock: a probe may take locks of its own.
        std::vector<Metrics::Probe> probes;
        {
            const std::scoped_lock lock(mutex_);
            probes = probes_;
        }
        Families families;
        for (const auto& probe : probes) family_of(families, probe).metric.push_back(sample(probe));
        return families;
    }

private:
    static prometheus::MetricFamily& family_of(Families& families, const Metrics::Probe& probe) {
        const auto known =
            std::find_if(families.begin(), families.end(), [&probe](const auto& family) {
                return family.name == probe.name;
            });
        if (known != families.end()) return *known;
        const auto type =
            probe.counter ? prometheus::MetricType::Counter : prometheus::MetricType::Gauge;
        families.push_back({.name = probe.name, .help = probe.help, .type = type, .metric = {}});
        return families.back();
    }

    mutable std::mutex mutex_;
    std::vector<Metrics::Probe> probes_;
};

void add_process_probes(Probes& probes) {
    probes.add({.name = "process_resident_memory_bytes",
                .help = "Resident memory size in bytes.",
                .label = "",
                .label_value = "",
                .counter = false,
                .value = [] { return process_figures().resident_bytes; }});
    probes.add({.name = "process_cpu_seconds_total",
                .help = "Total user and system CPU time spent in seconds.",
                .label = "",
                .label_value = "",
                .counter = true,
                .value = [] { return process_figures().cpu_seconds; }});
    probes.add({.name = "process_open_fds",
                .help = "Number of open file descriptors.",
                .label = "",
                .label_value = "",
                .counter = false,
                .value = [] { return process_figures().open_files; }});
    probes.add({.name = "relief_build_info",
                .help = "Always 1; the label tells the version.",
                .label = "version",
                .label_value = RELIEF_VERSION,
                .counter = false,
                .value = [] { return 1.0; }});
}

}  // namespace

struct Metrics::Registry {
    Registry();
    const RouteFigures& figures_of(std::string_view route);
    RouteFigures make_figures(const std::string& route);

    prometheus::Registry registry;
    Probes probes;
    prometheus::Family<prometheus::Counter>& requests;
    prometheus::Family<prometheus::Counter>& bytes;
    prometheus::Family<prometheus::Histogram>& seconds;
    std::array<prometheus::Counter*, cache_states.size()> tiles{};

    // The library looks a counter up by a map of its labels; a request should cost less.
    std::shared_mutex mutex;
    std::map<std::string, RouteFigures, std::less<>> routes;

    std::mutex kept_mutex;
    SharedBytes kept;
    std::chrono::steady_clock::time_point span_begin;
    int made_in_span = 0;
};

Metrics::Registry::Registry()
    : requests(prometheus::BuildCounter()
                   .Name("relief_http_requests_total")
                   .Help("Answered requests.")
                   .Register(registry)),
      bytes(prometheus::BuildCounter()
                .Name("relief_http_response_bytes_total")
                .Help("Bytes of answers' bodies.")
                .Register(registry)),
      seconds(prometheus::BuildHistogram()
                  .Name("relief_http_request_seconds")
                  .Help("Time from the request's header to the answer.")
                  .Register(registry)) {
    auto& family = prometheus::BuildCounter()
                       .Name("relief_tiles_total")
                       .Help("Tiles answered, by where they came from.")
                       .Register(registry);
    for (std::size_t i = 0; i < tiles.size(); ++i) {
        tiles[i] = &family.Add({{"cache", std::string(cache_states[i])}});
    }
    add_process_probes(probes);
}

const RouteFigures& Metrics::Registry::figures_of(std::string_view route) {
    if (route.empty()) route = no_route;
    {
        const std::shared_lock lock(mutex);
        const auto known = routes.find(route);
        if (known != routes.end()) return known->second;
    }
    const std::unique_lock lock(mutex);
    if (routes.size() >= most_routes && !routes.contains(route)) route = other;
    const auto [place, added] = routes.try_emplace(std::string(route));
    if (added) place->second = make_figures(place->first);
    return place->second;
}

RouteFigures Metrics::Registry::make_figures(const std::string& route) {
    RouteFigures figures;
    for (std::size_t i = 0; i < status_classes.size(); ++i) {
        figures.requests[i] =
            &requests.Add({{"route", route}, {"status_class", std::string(status_classes[i])}});
    }
    figures.bytes = &bytes.Add({{"route", route}});
    figures.seconds = &seconds.Add({{"route", route}}, duration_buckets());
    return figures;
}

Metrics::Metrics() : registry_(std::make_unique<Registry>()) {}
Metrics::~Metrics() = default;

void Metrics::answered(const Answer& answer) {
    const RouteFigures& figures = registry_->figures_of(answer.route);
    figures.requests[class_of(answer.status)]->Increment();
    figures.bytes->Increment(static_cast<double>(answer.bytes));
    figures.seconds->Observe(std::chrono::duration<double>(answer.duration).count());
}

void Metrics::tile(std::string_view cache) {
    const auto state = std::find(cache_states.begin(), cache_states.end(), cache);
    const auto index = state == cache_states.end() ? 0 : state - cache_states.begin();
    registry_->tiles[static_cast<std::size_t>(index)]->Increment();
}

void Metrics::add_probe(Probe probe) {
    registry_->probes.add(std::move(probe));
}

std::string Metrics::text() const {
    Families families = registry_->registry.Collect();
    const Families asked = registry_->probes.Collect();
    families.insert(families.end(), asked.begin(), asked.end());
    return prometheus::TextSerializer().Serialize(families);
}

SharedBytes Metrics::recent_text(std::chrono::steady_clock::time_point now) const {
    constexpr std::chrono::seconds span{1};
    constexpr int most = 10;
    // Held while it is made: who asks meanwhile waits for it.
    const std::scoped_lock lock(registry_->kept_mutex);
    if (!registry_->kept || now - registry_->span_begin >= span) {
        registry_->span_begin = now;
        registry_->made_in_span = 0;
    }
    if (registry_->made_in_span < most) {
        const std::string made = text();
        registry_->kept = std::make_shared<const Bytes>(made.begin(), made.end());
        ++registry_->made_in_span;
    }
    return registry_->kept;
}

}  // namespace relief::ops
