#pragma once
// What Prometheus asks for; every label has a bounded set of values.

#include "tiler/core/bytes.hpp"

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace relief::ops {

class Metrics {
public:
    Metrics();
    ~Metrics();
    Metrics(const Metrics&) = delete;
    Metrics& operator=(const Metrics&) = delete;
    Metrics(Metrics&&) = delete;
    Metrics& operator=(Metrics&&) = delete;

    /// relief_http_requests_total{route,status_class}, relief_http_request_seconds{route},
    /// relief_http_response_bytes_total{route}.
    struct Answer {
        std::string_view route{};  ///< a pattern of the route table, or "" for none
        int status = 0;
        std::size_t bytes = 0;
        std::chrono::microseconds duration{};
    };
    void answered(const Answer& answer);

    /// relief_tiles_total{cache="hit|miss|coalesced|stale|disk"}; any other word counts as "other".
    void tile(std::string_view cache);

    /// A gauge or counter whose value is asked for at each scrape:
    /// relief_memory_bytes{consumer="tiles"} and the like. The same name and label value again
    /// replaces the probe.
    struct Probe {
        std::string name{};  ///< with the relief_ prefix
        std::string help{};
        std::string label{};  ///< may be empty
        std::string label_value{};
        bool counter = false;
        std::function<double()> value{};
    };
    void add_probe(Probe probe);

    /// Prometheus text format 0.0.4. Adds process_resident_memory_bytes, process_cpu_seconds_total,
    /// process_open_fds, relief_build_info.
    std::string text() const;
    /// The text, made anew up to ten times a second; who asks more often gets the very same bytes
    /// again, so that anyone may ask as often as they like. For any thread.
    SharedBytes recent_text(std::chrono::steady_clock::time_point now) const;

private:
    struct Registry;
    std::unique_ptr<Registry> registry_;
};

}  // namespace relief::ops
