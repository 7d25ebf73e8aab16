#pragma once
// From the parts of a request on the wire to the Request that routes see.

#include "server/http/proxies.hpp"
#include "server/http/request.hpp"
#include "tiler/core/result.hpp"

#include <atomic>
#include <cstdint>
#include <string>
#include <string_view>

namespace relief::http {

/// Makes "4f1c9a0e77d2b356-1", "…-2": unique while this server runs and, by the random beginning,
/// among servers whose logs are read together. For any thread.
class RequestIds {
public:
    explicit RequestIds(std::uint64_t beginning);
    std::string next();

private:
    std::string beginning_;
    std::atomic<std::uint64_t> count_{0};
};

/// 1 to 128 characters of A-Z a-z 0-9 . _ -: safe in headers, logs and file names.
bool is_request_id(std::string_view text) noexcept;

/// What the server knows of itself.
struct Station {
    ProxyList proxies;
    std::string public_url;  ///< without a slash at its end; empty: taken from the request
    std::string scheme;      ///< "http" or "https"
};

/// What the connection and the head tell.
struct Arrival {
    std::string_view peer;       ///< address of the other end
    std::string_view local;      ///< "127.0.0.1:8080", when the client names no host
    std::string_view authority;  ///< as Head::authority
    std::string_view target;     ///< as sent
};

/// Fills target, segments, query, id, remote_address and base_url of a request that has its method
/// and headers already.
/// Errors: those of parse_target(); all but segments and query is filled then too.
Result<void> complete(Request& request,
                      const Arrival& arrival,
                      const Station& station,
                      RequestIds& ids);

}  // namespace relief::http
