#include "server/http/status.hpp"

#include "server/http/target.hpp"

#include <nlohmann/json.hpp>

namespace relief::http {
namespace {

constexpr std::size_t longest_detail = 1000;

/// RFC 9457 with about:blank as type: the title is then the phrase of the status.
Response problem_of(int status, std::string_view detail) {
    const nlohmann::ordered_json document{
        {"type", "about:blank"},
        {"title", reason_of(status)},
        {"status", status},
        {"detail", detail.substr(0, longest_detail)},
    };
    Response response;
    response.status = status;
    response.content_type = "application/problem+json";
    // A detail may quote what the client sent, cut in the middle of a character.
    response.body = shared_text(
        document.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
    response.cache_control = "no-store";
    return response;
}

void retry_after(Response& response, std::string_view seconds) {
    response.headers.emplace_back("Retry-After", seconds);
}

}  // namespace

int status_of(Fault fault) noexcept {
    switch (fault) {
        case Fault::bad_request: return 400;
        case Fault::not_found: return 404;
        case Fault::not_acceptable: return 406;
        case Fault::unsupported_media: return 415;
        case Fault::too_large: return 413;
        case Fault::source_broken:
        case Fault::too_busy:
        case Fault::out_of_time: return 503;
        case Fault::conflict: return 409;
        case Fault::unknown_asker: return 401;
        case Fault::not_allowed: return 403;
    }
    return 500;
}

int status_of(Refusal why) noexcept {
    switch (why) {
        case Refusal::malformed: return 400;
        case Refusal::timed_out: return 408;
        case Refusal::body_too_large: return 413;
        case Refusal::line_too_long: return 414;
        case Refusal::head_too_large: return 431;
        case Refusal::expectation_unknown: return 417;
        case Refusal::not_implemented: return 501;
        case Refusal::version_unknown: return 505;
        case Refusal::too_busy: return 503;
    }
    return 400;
}

// Source: the IANA registry of HTTP status codes.
std::string_view reason_of(int status) noexcept {
    switch (status) {
        case 200: return "OK";
        case 201: return "Created";
        case 202: return "Accepted";
        case 204: return "No Content";
        case 206: return "Partial Content";
        case 301: return "Moved Permanently";
        case 302: return "Found";
        case 303: return "See Other";
        case 304: return "Not Modified";
        case 307: return "Temporary Redirect";
        case 308: return "Permanent Redirect";
        case 400: return "Bad Request";
        case 401: return "Unauthorized";
        case 403: return "Forbidden";
        case 404: return "Not Found";
        case 405: return "Method Not Allowed";
        case 406: return "Not Acceptable";
        case 408: return "Request Timeout";
        case 409: return "Conflict";
        case 410: return "Gone";
        case 411: return "Length Required";
        case 412: return "Precondition Failed";
        case 413: return "Content Too Large";
        case 414: return "URI Too Long";
        case 415: return "Unsupported Media Type";
        case 416: return "Range Not Satisfiable";
        case 417: return "Expectation Failed";
        case 422: return "Unprocessable Content";
        case 429: return "Too Many Requests";
        case 431: return "Request Header Fields Too Large";
        case 500: return "Internal Server Error";
        case 501: return "Not Implemented";
        case 503: return "Service Unavailable";
        case 505: return "HTTP Version Not Supported";
        default: return "Unknown";
    }
}

Response problem(const Error& error) {
    auto response = problem_of(status_of(error.fault), error.what);
    // RFC 9110 15.6.4. A file that was replaced badly takes longer to mend than a queue to empty.
    if (error.fault == Fault::too_busy || error.fault == Fault::out_of_time) {
        retry_after(response, "2");
    }
    if (error.fault == Fault::source_broken) retry_after(response, "30");
    return response;
}

Response method_not_allowed(std::string_view method, std::string_view allow) {
    auto response = problem_of(
        405,
        std::string(method) + " is not answered at this address; allowed: " + std::string(allow));
    response.headers.emplace_back("Allow", allow);
    return response;
}

Response refusal(const Refused& refused) {
    auto response = problem_of(status_of(refused.why), refused.what);
    if (refused.why == Refusal::too_busy) retry_after(response, "2");
    return response;
}

Response internal_failure() {
    return problem_of(500, "the server failed at this request; the log tells more under its id");
}

Response no_such_address(std::string_view target) {
    constexpr std::size_t longest = 200;
    const auto path = target.substr(0, target.find('?'));
    return problem_of(404,
                      "there is nothing at " + for_log(path.substr(0, longest)) +
                          "; /openapi.json lists all addresses");
}

Response preflight(std::string_view allow) {
    Response response;
    response.status = 204;
    response.headers = {
        {"Allow", std::string(allow)},
        {"Access-Control-Allow-Methods", std::string(allow)},
        {"Access-Control-Allow-Headers",
         "authorization, content-type, if-none-match, x-request-id, range, idempotency-key"},
        {"Access-Control-Max-Age", "86400"},
    };
    return response;
}

Response too_many_requests(std::chrono::seconds wait) {
    const std::string seconds = std::to_string(wait.count());
    auto response = problem_of(429, "too many requests from here; ask again in " + seconds + " s");
    retry_after(response, seconds);
    return response;
}

Response found_at(std::string_view address) {
    Response response;
    response.status = 302;
    response.headers.emplace_back("Location", address);
    response.cache_control = "no-store";
    return response;
}

bool is_ok(int status) noexcept {
    return status == 200;
}
bool is_error(int status) noexcept {
    return status >= 400;
}
bool is_bodiless(int status) noexcept {
    return status < 200 || status == 204 || status == 304;
}
int not_modified() noexcept {
    return 304;
}

int no_content() noexcept {
    return 204;
}

int created() noexcept {
    return 201;
}

}  // namespace relief::http
