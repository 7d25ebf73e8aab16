#pragma once
// A request as routes see it: decoded, bounded, with its deadline.

#include "tiler/core/audience.hpp"
#include "tiler/core/deadline.hpp"
#include "tiler/core/instant.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace relief::http {

using NameValue = std::pair<std::string, std::string>;

/// The decoded pairs of a query, in order.
struct Query {
    std::vector<NameValue> items;
    /// The first value of a name; names are case-sensitive.
    std::optional<std::string_view> find(std::string_view name) const noexcept;
};

struct Request {
    std::string method;  ///< "GET"; "HEAD" is answered by the GET route
    std::string target;  ///< as sent, for the log (token=… already cut out)
    std::vector<std::string>
        segments;  ///< path split at "/" first, then percent-decoded: "%2F" stays inside one
    Query query;
    std::vector<NameValue> headers;  ///< names in lower case
    std::string body;
    std::string remote_address;  ///< of the client; behind a listed proxy the forwarded one
    std::string id;              ///< X-Request-Id, given or made
    std::string base_url;  ///< "https://maps.example.org", no trailing slash: for absolute links
    Audience audience;
    std::string asker;  ///< id of the token that was shown; empty: none, or an unknown one
    std::string pass;   ///< id of the token or session behind it
    std::string name;   ///< of the user, where one is signed in
    std::optional<Instant> expires{};  ///< when what was shown ends by itself
    std::string denied;  ///< for the audit log: the word why it was turned away at the door
    Deadline deadline;
    std::chrono::steady_clock::time_point received{};
    std::vector<NameValue> captures;  ///< of the route's pattern

    std::optional<std::string_view> header(std::string_view lower_case_name) const noexcept;
    /// A capture of the matched pattern; empty when there is none of that name.
    std::string_view capture(std::string_view name) const noexcept;
};

}  // namespace relief::http
