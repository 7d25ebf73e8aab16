#include "server/http/finish.hpp"

#include "server/http/letters.hpp"
#include "server/http/status.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <utility>

namespace relief::http {
namespace {

// Below this a coding saves less than one packet's header costs.
constexpr std::size_t least_compressed = 200;

std::string strong_tag(const std::string& opaque, Coding coding) {
    return '"' + opaque + std::string(tag_suffix(coding)) + '"';
}

/// Is `tag` (with its quotes) in an If-None-Match list? Weak comparison: W/ does not count.
/// Source: RFC 9110 8.8.3.2, 13.1.2. A tag may hold commas, so the list is cut at the quotes.
bool lists(std::string_view list, std::string_view tag) noexcept {
    while (true) {
        const auto open = list.find('"');
        if (open == std::string_view::npos) return false;
        const auto close = list.find('"', open + 1);
        if (close == std::string_view::npos) return false;
        if (list.substr(open, close - open + 1) == tag) return true;
        list.remove_prefix(close + 1);
    }
}

/// The coding in which the client has this very content already. Only codings that it takes are
/// looked at: a shared cache may ask with the tag of a coding that this client cannot read.
std::optional<Coding> coding_it_has(std::string_view list,
                                    const Response& response,
                                    const AcceptedCodings& accepted) {
    if (lists(list, strong_tag(response.etag, Coding::identity))) return Coding::identity;
    if (!response.compressible) return std::nullopt;
    for (const auto coding : {Coding::gzip, Coding::brotli, Coding::zstd}) {
        if (accepted.takes(coding) && lists(list, strong_tag(response.etag, coding))) return coding;
    }
    return std::nullopt;
}

bool is_read(const Request& request) noexcept {
    return request.method == "GET" || request.method == "HEAD";
}

bool is_unmodified_since(const Request& request, const Response& response) {
    const auto field = request.header("if-modified-since");
    if (!field || !response.last_modified) return false;
    const auto since = parse_http_date(*field);
    // HTTP dates have whole seconds.
    return since && response.last_modified->milliseconds / 1000 <= since->milliseconds / 1000;
}

Coding coding_for(const Request& request, const Response& response) {
    const bool worth = response.compressible && response.body && is_ok(response.status) &&
                       response.body->size() >= least_compressed;
    if (!worth) return Coding::identity;
    return AcceptedCodings(request.header("accept-encoding")).best();
}

/// RFC 9110 13.2.2: a tag, when asked for, outweighs the date.
bool answers_unchanged(const Request& request, Response& response) {
    if (!is_read(request) || !is_ok(response.status)) return false;
    Coding has = Coding::identity;
    if (const auto list = request.header("if-none-match")) {
        if (response.etag.empty()) return false;
        const AcceptedCodings accepted(request.header("accept-encoding"));
        const auto found = trimmed(*list) == "*" ? coding_for(request, response)
                                                 : coding_it_has(*list, response, accepted);
        if (!found) return false;
        has = *found;
    } else if (is_unmodified_since(request, response)) {
        has = coding_for(request, response);
    } else {
        return false;
    }
    response.status = not_modified();
    response.body = nullptr;
    response.content_type.clear();
    if (!response.etag.empty())
        response.headers.emplace_back("ETag", strong_tag(response.etag, has));
    return true;
}

void encode_body(const Request& request, Response& response, const FinishTools& tools) {
    Coding coding = coding_for(request, response);
    if (coding != Coding::identity) {
        if (auto coded = tools.codes ? tools.known.make(response.body, coding)
                                     : tools.known.find(response.body, coding)) {
            response.body = std::move(coded);
            response.headers.emplace_back("Content-Encoding", name_of(coding));
        } else {
            coding = Coding::identity;
        }
    }
    if (!response.etag.empty()) {
        response.headers.emplace_back("ETag", strong_tag(response.etag, coding));
    }
}

void add_cache_headers(const Request& request, Response& response) {
    auto& headers = response.headers;
    // What a token opens is for who holds it: no cache on the way may keep it.
    if (!request.audience.is_anonymous()) response.cache_control = "private, no-store";
    if (is_error(response.status) && response.cache_control.empty()) {
        response.cache_control = "no-store";
    }
    if (!response.cache_control.empty())
        headers.emplace_back("Cache-Control", response.cache_control);
    if (response.last_modified) {
        headers.emplace_back("Last-Modified", to_http_date(*response.last_modified));
    }
    // Lists and documents differ with who asks; a picture that is kept for all is the same for all.
    if (response.compressible)
        headers.emplace_back("Vary", "Accept-Encoding, Authorization, Cookie");
}

/// W3C Server Timing: from the request's arrival.
void add_timing(const Request& request, Response& response) {
    const std::chrono::duration<double, std::milli> spent =
        std::chrono::steady_clock::now() - request.received;
    std::array<char, 32> digits{};
    const auto written = std::to_chars(
        digits.data(), digits.data() + digits.size(), spent.count(), std::chars_format::fixed, 3);
    response.headers.emplace_back("Server-Timing",
                                  "total;dur=" + std::string(digits.data(), written.ptr));
}

/// Never with Access-Control-Allow-Credentials: what a session opens is for our own pages only.
void add_origin_headers(const Request& request, Response& response, const Origins& origins) {
    auto& headers = response.headers;
    const bool all = std::find(origins.begin(), origins.end(), "*") != origins.end();
    if (!all) headers.emplace_back("Vary", "Origin");
    const auto asked = request.header("origin");
    const bool listed = asked && std::find(origins.begin(), origins.end(), *asked) != origins.end();
    if (!all && !listed) return;
    const std::string origin = all ? std::string("*") : std::string(*asked);
    headers.emplace_back("Access-Control-Allow-Origin", origin);
    headers.emplace_back("Timing-Allow-Origin", origin);
    headers.emplace_back(
        "Access-Control-Expose-Headers",
        "ETag, X-Request-Id, X-Cache, X-Relief-Empty, X-Relief-Observed, "
        "X-Relief-Age, X-Relief-Against, X-Relief-Degraded, X-Relief-Skipped, X-Relief-Thinned, "
        "Server-Timing, Content-Length, Retry-After, Location, Link");
}

bool has_header(const Response& response, std::string_view name) {
    return std::any_of(response.headers.begin(),
                       response.headers.end(),
                       [&](const NameValue& header) { return header.first == name; });
}

/// Pages state a policy of their own; documents and drawings need nothing at all, should somebody
/// get one shown as a page. A picture cannot be one.
void add_content_policy(Response& response) {
    const bool may_be_a_page = response.compressible || is_error(response.status);
    if (!may_be_a_page || has_header(response, "Content-Security-Policy")) return;
    response.headers.emplace_back("Content-Security-Policy",
                                  "default-src 'none'; base-uri 'none'; form-action 'none'; "
                                  "frame-ancestors 'none'");
}

void add_common_headers(const Request& request, Response& response) {
    auto& headers = response.headers;
    headers.emplace_back("X-Content-Type-Options", "nosniff");
    headers.emplace_back("X-Frame-Options", "DENY");
    headers.emplace_back("Referrer-Policy", "no-referrer");
    headers.emplace_back("Cross-Origin-Resource-Policy", "cross-origin");
    if (!request.id.empty()) headers.emplace_back("X-Request-Id", request.id);
}

}  // namespace

std::size_t bytes_to_compress(const Request& request,
                              const Response& response,
                              CodedBodies& known) {
    const auto coding = coding_for(request, response);
    const bool done = coding == Coding::identity || known.find(response.body, coding) != nullptr;
    return done ? 0 : response.body->size();
}

Response finish(const Request& request, Response response) {
    CodedBodies none(0);
    const Origins all{"*"};
    return finish(request, std::move(response), {none, all});
}

Response finish(const Request& request, Response response, const FinishTools& tools) {
    constexpr std::size_t added = 15;
    response.headers.reserve(response.headers.size() + added);
    if (!answers_unchanged(request, response)) encode_body(request, response, tools);
    if (!is_bodiless(response.status)) {
        if (!response.content_type.empty()) {
            response.headers.emplace_back("Content-Type", response.content_type);
        }
        const auto size = response.body ? response.body->size() : 0;
        if (!response.flow) response.headers.emplace_back("Content-Length", std::to_string(size));
    }
    add_cache_headers(request, response);
    add_timing(request, response);
    add_content_policy(response);
    add_common_headers(request, response);
    add_origin_headers(request, response, tools.origins);
    if (request.method == "HEAD" || is_bodiless(response.status)) {
        response.body = nullptr;
        if (response.flow) std::exchange(response.flow, nullptr)->stop();
    }
    return response;
}

}  // namespace relief::http
