// POST /reports

#include "server/access/token.hpp"
#include "server/http/letters.hpp"
#include "server/http/status.hpp"
#include "server/intake/multipart.hpp"
#include "server/route/admission.hpp"
#include "server/route/house.hpp"
#include "server/route/report_document.hpp"

#include <algorithm>
#include <utility>

namespace relief::route {
namespace {

std::string_view type_of_body(const http::Request& request) {
    std::string_view type = request.header("content-type").value_or("");
    return http::trimmed(http::take_until(type, ';'));
}

bool is_multipart(const http::Request& request) {
    return http::same_ignoring_case(type_of_body(request), "multipart/form-data");
}

/// Without photos. Errors: unsupported_media naming the type; bad_request naming the member.
Result<intake::SentReport> read_report(const http::Request& request) {
    const std::string_view type = type_of_body(request);
    if (http::same_ignoring_case(type, "application/geo+json") ||
        http::same_ignoring_case(type, "application/json"))
        return intake::read_feature(request.body);
    if (http::same_ignoring_case(type, "application/x-www-form-urlencoded")) {
        const auto fields = intake::parse_form(request.body);
        if (!fields) return fields.error();
        return intake::read_fields(*fields);
    }
    return Error{Fault::unsupported_media,
                 "a report is application/geo+json, application/json, "
                 "application/x-www-form-urlencoded or multipart/form-data, not \"" +
                     std::string(type.substr(0, 100)) + "\""};
}

/// With whom it came from, so that nobody meets the keys of another token. Errors: bad_request.
Result<std::string> idempotency_key(const http::Request& request) {
    constexpr std::size_t longest = 255;
    const auto key = request.header("idempotency-key");
    if (!key) return std::string();
    const std::string_view text = http::trimmed(*key);
    const bool visible =
        std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 0x7F; });
    if (text.empty() || text.size() > longest || !visible)
        return bad_request(
            "Idempotency-Key is to be 1 to 255 visible characters of ASCII, such as a UUID");
    return request.asker + '\n' + std::string(text);
}

http::Response receipt_of(const http::Request& request, const intake::Receipt& receipt) {
    if (receipt.outcome == intake::Outcome::conflict)
        return http::problem({Fault::conflict,
                              "this Idempotency-Key came before with another report; a new report "
                              "needs a key of its own"});
    const std::string address = report_address(request.base_url, receipt.id);
    http::Response response =
        http::json(R"({"id":")" + receipt.id + R"(","href":")" + address + "\"}");
    response.status = http::created();
    response.etag.clear();
    response.cache_control = "private, no-store";
    response.headers.emplace_back("Location", address);
    return response;
}

/// Where an answer goes to.
struct Asked {
    const House& house;
    std::shared_ptr<const http::Request> request;
    http::Responder respond;
};

/// Its photos stay as long as `photos` lives, which is until it is stored.
void hand_in(const Asked& asked,
             intake::Posted posted,
             std::shared_ptr<const intake::PhotoDesk::Kept> photos) {
    posted.address = asked.request->remote_address;
    if (photos) posted.photos = photos->names();
    const bool taken = asked.house.reports->post(
        std::move(posted), [asked, held = std::move(photos)](const auto& receipt) {
            asked.respond(receipt ? receipt_of(*asked.request, *receipt)
                                  : http::problem(receipt.error()));
        });
    if (!taken)
        asked.respond(http::problem(
            {Fault::too_busy, "more reports come in than can be written; send it again soon"}));
}

/// A boundary is made anew for each sending: the same key and body are the same fields and photos.
std::string fingerprint_of(const intake::Multipart& form) {
    std::string parts;
    for (const auto& [name, value] : form.fields)
        parts += access::fingerprint_of(name) + access::fingerprint_of(value);
    for (const std::string_view photo : form.photos) parts += access::fingerprint_of(photo);
    return access::fingerprint_of(parts);
}

Result<intake::Multipart> form_of(const http::Request& request) {
    return intake::read_multipart({request.header("content-type").value_or(""), request.body});
}

/// With photos on a thread of theirs, for they take long. Errors: those of read_fields() and of
/// PhotoDesk::keep().
Result<void> hand_in_form(const Asked& asked,
                          const std::string& key,
                          const intake::Multipart& form) {
    auto sent = intake::read_fields(form.fields);
    if (!sent) return sent.error();
    std::shared_ptr<const intake::PhotoDesk::Kept> kept;
    if (!form.photos.empty()) {
        auto photos = asked.house.photos->keep(form.photos);
        if (!photos) return photos.error();
        kept = std::move(*photos);
    }
    hand_in(asked,
            {.sent = std::move(*sent),
             .idempotency_key = key,
             .body_hash = key.empty() ? std::string() : fingerprint_of(form)},
            std::move(kept));
    return {};
}

void take_form_with_photos(const Asked& asked, const std::string& key) {
    if (asked.house.photos == nullptr)
        return asked.respond(http::problem(not_found("no photos are taken here")));
    const bool taken = asked.house.photos->later_for(counted_as(*asked.request), [asked, key] {
        const auto form = form_of(*asked.request);
        const auto done = form ? hand_in_form(asked, key, *form) : form.error();
        if (!done) asked.respond(http::problem(done.error()));
    });
    if (!taken)
        asked.respond(
            http::problem({Fault::too_busy, "too many photos come in; send it again in a moment"}));
}

/// What has no photos waits for nobody's. Only a form with some is larger than other reports.
void take_form(const Asked& asked, const std::string& key) {
    const std::size_t most = asked.house.body_bytes;
    if (most > 0 && asked.request->body.size() > most) return take_form_with_photos(asked, key);
    const auto form = form_of(*asked.request);
    if (form && !form->photos.empty()) return take_form_with_photos(asked, key);
    const auto done = form ? hand_in_form(asked, key, *form) : form.error();
    if (!done) asked.respond(http::problem(done.error()));
}

/// Read on the thread of the connection: reports must come in while all others draw.
void post_report(const Asked& asked) {
    const http::Request& request = *asked.request;
    if (asked.house.reports == nullptr)
        return asked.respond(http::problem(not_found("no reports are taken here")));
    const auto* const limits = asked.house.limits;
    if (request.audience.is_anonymous() && limits != nullptr && !limits->takes_anonymous_reports())
        return asked.respond(http::problem({Fault::unknown_asker, "reports need a token here"}));
    const auto key = idempotency_key(request);
    if (!key) return asked.respond(http::problem(key.error()));
    if (is_multipart(request)) return take_form(asked, *key);
    const std::size_t most = asked.house.body_bytes;
    if (most > 0 && request.body.size() > most)
        return asked.respond(
            http::problem({Fault::too_large,
                           "the report is larger than " + std::to_string(most) +
                               " bytes; photos are sent along as multipart/form-data"}));
    auto sent = read_report(request);
    if (!sent) return asked.respond(http::problem(sent.error()));
    hand_in(asked,
            {.sent = std::move(*sent),
             .idempotency_key = *key,
             .body_hash = key->empty() ? std::string() : access::fingerprint_of(request.body)},
            nullptr);
}

}  // namespace

void add_report_routes(http::RouteTable& table, const House& house) {
    table.add({.method = "POST",
               .pattern = "/reports",
               .summary = "A new report: a GeoJSON Feature, or a form, with photos if there are "
                          "some. Answered with 201 and its address once it is on disk; with "
                          "Idempotency-Key, sending it again is safe",
               .tag = "reports",
               .parameters = {},
               .media_types = {"application/json"},
               .handler =
                   [&house](const std::shared_ptr<const http::Request>& request,
                            const http::Responder& respond) {
                       post_report({house, request, respond});
                   },
               .body_types = {"application/geo+json",
                              "application/json",
                              "application/x-www-form-urlencoded",
                              "multipart/form-data"},
               .body_bytes = house.report_bytes});
    add_report_reading_routes(table, house);
    add_report_moderation_routes(table, house);
    add_report_photo_routes(table, house);
}

}  // namespace relief::route
