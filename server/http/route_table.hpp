#pragma once
// Every address of the server in one list: matched, refused with Allow, and described in OpenAPI.

#include "server/http/pattern.hpp"
#include "server/http/request.hpp"
#include "server/http/response.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace relief::http {

/// Called exactly once, from any thread.
using Responder = std::function<void(Response)>;
/// Must not block: parse, ask, and answer at once or from another thread later.
using Handler = std::function<void(std::shared_ptr<const Request>, Responder)>;

/// Says who asks, before an address is sought; what it answers, if anything, is the answer.
using Admission = std::function<std::optional<Response>(Request&)>;

/// For OpenAPI.
struct Parameter {
    std::string name;
    std::string where;  ///< "path" or "query"
    std::string meaning;
    std::string schema_json;  ///< e.g. {"type":"integer","minimum":0}
    std::string example;      ///< may be empty
};

struct Route {
    std::string method;   ///< "GET" (answers HEAD too), "POST", …
    std::string pattern;  ///< "/tiles/{id}/{z}/{x}/{y}.{format}": captures never cross "/";
                          ///< "{y}.{format}" splits at the last dot
    std::string summary;  ///< for OpenAPI; a route without one is not described there
    std::string tag;
    std::vector<Parameter> parameters;
    std::vector<std::string> media_types;  ///< of a 200
    Handler handler;
    std::vector<std::string> body_types{};  ///< of what is sent with it; none: nothing is
    /// Most bytes of a body, where they are more than the server's limit; only for patterns without
    /// captures. 0: the server's.
    std::size_t body_bytes = 0;
};

struct Match {
    const Route* route;
    std::vector<NameValue> captures;
};
struct NoRoute {};
struct WrongMethod {
    std::string allow;  ///< "GET, HEAD, OPTIONS"
};

class RouteTable {
public:
    /// Two routes of one method whose patterns match the same path: the one with more literal text
    /// wins.
    void add(Route route);
    /// Puts something around the handler of each route that is there.
    void wrap(const std::function<Handler(const Route&)>& around);
    /// Of every request but OPTIONS, which never carries a token (Fetch, 4.9).
    void admit_by(Admission admission) { admission_ = std::move(admission); }
    std::optional<Response> admit(Request& request) const {
        return admission_ ? admission_(request) : std::nullopt;
    }
    std::variant<Match, NoRoute, WrongMethod> match(std::string_view method,
                                                    const std::vector<std::string>& segments) const;
    /// Allowed methods of an address for OPTIONS; empty when there is no such address.
    std::string allowed(const std::vector<std::string>& segments) const;
    /// Most bytes of a body that the address of a target takes; 0: the server's limit.
    std::size_t body_bytes(std::string_view method, const std::string& target) const;
    const std::vector<Route>& routes() const noexcept { return routes_; }

private:
    Admission admission_;
    std::vector<Route> routes_;
    std::vector<Pattern> patterns_;  // of routes_, by index
};

/// OpenAPI 3.1 of the table, as JSON text.
std::string openapi(const RouteTable& table, std::string_view version);

}  // namespace relief::http
