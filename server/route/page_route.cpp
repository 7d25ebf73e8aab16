// /, /docs, /assets/… and /openapi.json

#include "server/route/house.hpp"
#include "server/viewer/assets.hpp"
#include "tiler/core/version.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <memory>
#include <mutex>

namespace relief::route {
namespace {

// All comes from this server alone. A worker keeps to the policy that its own script came with, so
// that scripts state it like pages do.
constexpr std::string_view content_policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "connect-src 'self'; "
    "worker-src 'self' blob:; font-src 'self'; manifest-src 'self'; base-uri 'none'; "
    "frame-ancestors 'none'; form-action ";

/// The form for reports works without its script too; all others are sent by scripts alone.
std::string policy_of(const viewer::Asset& asset) {
    return std::string(content_policy) + (asset.path == "/report" ? "'self'" : "'none'");
}

std::string_view text_of(const viewer::Asset& asset) {
    return {reinterpret_cast<const char*>(asset.bytes.data()), asset.bytes.size()};
}

/// What a page of the documentation calls itself, before the name of the whole; both stand in its
/// title.
std::string_view title_of(std::string_view page) {
    constexpr std::string_view begin = "<title>";
    const auto at = page.find(begin);
    if (at == std::string_view::npos) return {};
    const auto title = page.substr(at + begin.size());
    return title.substr(0, std::min(title.find(" · "), title.find("</title>")));
}

/// Files that pages load for themselves are no part of the interface.
std::string summary_of(const viewer::Asset& asset) {
    if (asset.path == "/") return "The web viewer";
    if (asset.path == "/report") return "The form for reports";
    if (asset.path == "/audit-log") return "The audit log, for admins";
    if (asset.path == "/moderate") return "The review of reports, for moderators";
    if (!asset.media_type.starts_with("text/html")) return "";
    return "Documentation: " + std::string(title_of(text_of(asset)));
}

/// Prepared once: the same bytes and headers for every asker.
http::Response page(const viewer::Asset& asset) {
    const std::string_view content = text_of(asset);
    http::Response response = http::text(content, asset.media_type);
    response.etag = fingerprint(content);
    response.cache_control = asset.immutable ? "public, max-age=31536000, immutable" : "no-cache";
    if (asset.media_type.starts_with("text/"))
        response.headers.emplace_back("Content-Security-Policy", policy_of(asset));
    return response;
}

struct OpenApi {
    std::once_flag made;
    http::Response response;
};

http::Response openapi_once(OpenApi& kept, const http::RouteTable& table, const House& house) {
    std::call_once(kept.made,
                   [&] { kept.response = http::json(http::openapi(table, house.version)); });
    return kept.response;
}

}  // namespace

void add_page_routes(http::RouteTable& table, const House& house) {
    for (const viewer::Asset& asset : viewer::assets()) {
        table.add(
            {.method = "GET",
             .pattern = std::string(asset.path),
             .summary = summary_of(asset),
             .tag = "pages",
             .parameters = {},
             .media_types = {std::string(asset.media_type.substr(0, asset.media_type.find(';')))},
             .handler = [ready = page(asset)](const std::shared_ptr<const http::Request>&,
                                              const http::Responder& respond) { respond(ready); }});
    }
    // The table lives as long as the server; the document is written when it is first asked for,
    // and kept.
    const auto kept = std::make_shared<OpenApi>();
    table.add(
        {.method = "GET",
         .pattern = "/openapi.json",
         .summary = "This document",
         .tag = "operation",
         .parameters = {},
         .media_types = {"application/json"},
         .handler = [&table, &house, kept](const std::shared_ptr<const http::Request>& request,
                                           http::Responder respond) {
             answer_later(
                 house, request, std::move(respond), [&table, &house, kept](const http::Request&) {
                     return openapi_once(*kept, table, house);
                 });
         }});
}

}  // namespace relief::route
