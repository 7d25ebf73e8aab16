// POST /hooks/{source}

#include "server/http/status.hpp"
#include "server/route/house.hpp"
#include "tiler/report/reading.hpp"

#include <nlohmann/json.hpp>

#include <functional>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace relief::route {
namespace {

using HookDocument = nlohmann::ordered_json;

constexpr std::size_t most_records = 1000;  // of one message

/// What a message brought, and what became of it.
struct HookWork {
    std::vector<intake::Posted> posts;
    HookDocument rejected = HookDocument::array();
    std::mutex mutex;
    std::size_t waiting = 0;  ///< for the disk; under the mutex, as what follows
    std::size_t stored = 0;
    std::size_t changed = 0;
    std::size_t unchanged = 0;
    std::optional<Error> failure;
};

/// Sources that are called as a format are read as that; others as their content shows.
report::ReadingWish hook_wish(std::string_view source) {
    report::ReadingWish wish;
    wish.format = find_name<report::Format>(report::format_names, source);
    wish.origin = std::string(source);
    wish.now = present_moment();
    // The desk hashes it: on its way there it stays as it came.
    wish.contact_hash = [](std::string_view contact) { return std::string(contact); };
    return wish;
}

void add_post(HookWork& work, report::Draft draft, const http::Request& request) {
    intake::Posted posted;
    posted.sent.contact = std::exchange(draft.contact, {});
    posted.sent.draft = std::move(draft);
    // What a form's answers say of their own truth counts for nothing.
    posted.sent.draft.status.reset();
    // An alert names its agency; here it is what this source says, and changes no other's.
    posted.sent.draft.origin = std::string(request.capture("source"));
    posted.address = request.remote_address;
    work.posts.push_back(std::move(posted));
}

void add_found(HookWork& work, report::Found found, const http::Request& request) {
    if (auto* draft = std::get_if<report::Draft>(&found.what))
        return add_post(work, std::move(*draft), request);
    auto* warning = std::get_if<report::Warning>(&found.what);
    if (warning != nullptr && warning->as_report)
        return add_post(work, std::move(*warning->as_report), request);
    const std::string reason = warning != nullptr ? warning->as_report.error().what
                                                  : std::get<report::Reject>(found.what).reason;
    work.rejected.push_back({{"row", found.row}, {"reason", reason}});
}

/// Errors: bad_request naming what is wrong; too_large.
Result<std::shared_ptr<HookWork>> read_hook(const http::Request& request) {
    auto work = std::make_shared<HookWork>();
    std::size_t records = 0;
    const auto read = report::read_reports(
        request.body, hook_wish(request.capture("source")), [&](report::Found found) {
            if (++records > most_records) return false;
            add_found(*work, std::move(found), request);
            return true;
        });
    if (!read) return read.error();
    if (records > most_records) return Error{Fault::too_large, "a message may have 1,000 records"};
    if (work->posts.empty() && !work->rejected.empty())
        return bad_request("no record can be taken: " +
                           work->rejected[0]["reason"].get<std::string>());
    return work;
}

Result<http::Response> summary_of(const HookWork& work) {
    if (work.failure) return *work.failure;
    const HookDocument document{{"stored", work.stored},
                                {"updated", work.changed},
                                {"unchanged", work.unchanged},
                                {"rejected", work.rejected}};
    auto response =
        http::json(document.dump(-1, ' ', false, HookDocument::error_handler_t::replace));
    response.etag.clear();
    response.cache_control = "private, no-store";
    if (work.stored > 0) response.status = http::created();
    return response;
}

access::SignedMessage signed_message(const http::Request& request) {
    return {.source = request.capture("source"),
            .timestamp = request.header("x-relief-timestamp").value_or(""),
            .signature = request.header("x-relief-signature").value_or(""),
            .body = request.body};
}

void note_receipt(HookWork& work, const Result<intake::Receipt>& receipt) {
    if (!receipt) {
        work.failure = receipt.error();
        return;
    }
    if (receipt->outcome == intake::Outcome::stored)
        ++work.stored;
    else if (receipt->outcome == intake::Outcome::updated)
        ++work.changed;
    else
        ++work.unchanged;
}

/// Whoever is told that a message failed may send the same one again: what of it is on disk has a
/// name there, and changes nothing.
void answer_hook(const House& house,
                 const http::Request& request,
                 const Result<http::Response>& answer,
                 const http::Responder& respond) {
    if (!answer) house.hooks->forget(signed_message(request));
    respond(answer ? *answer : http::problem(answer.error()));
}

/// Answers when the disk has all of it.
void hand_in_all(const House& house,
                 const std::shared_ptr<HookWork>& work,
                 const std::function<void(const HookWork& done)>& then) {
    auto posts = std::exchange(work->posts, {});
    // One more than there are, so that none of them is the last before all are handed in.
    work->waiting = posts.size() + 1;
    const auto done = [work, then](const std::optional<Result<intake::Receipt>>& receipt) {
        bool last = false;
        {
            const std::lock_guard lock(work->mutex);
            if (receipt) note_receipt(*work, *receipt);
            last = --work->waiting == 0;
        }
        if (last) then(*work);
    };
    for (auto& post : posts) {
        const bool taken = house.reports->post(
            std::move(post), [done](const Result<intake::Receipt>& receipt) { done(receipt); });
        if (!taken)
            done(Result<intake::Receipt>(Error{
                Fault::too_busy, "more reports come in than can be written; send it again soon"}));
    }
    done(std::nullopt);
}

Result<void> admit_hook(const House& house, const http::Request& request) {
    const Error refused{Fault::unknown_asker,
                        "the message is not signed as this server asks for: X-Relief-Timestamp in "
                        "seconds, X-Relief-Signature: sha256=HEX of HMAC-SHA256(secret, timestamp "
                        "\".\" body), sent once and within 5 minutes"};
    if (house.hooks == nullptr || house.reports == nullptr) return refused;
    switch (house.hooks->admit(signed_message(request), present_moment())) {
        case access::HookGate::Verdict::admitted: return {};
        case access::HookGate::Verdict::refused: return refused;
        case access::HookGate::Verdict::full: break;
    }
    return Error{Fault::too_busy, "more messages come in than are remembered; send it again later"};
}

void take_hook(const House& house,
               const std::shared_ptr<const http::Request>& request,
               const std::shared_ptr<http::Responder>& respond) {
    if (const auto good = admit_hook(house, *request); !good)
        return (*respond)(http::problem(good.error()));
    const auto work = read_hook(*request);
    if (!work) return answer_hook(house, *request, work.error(), *respond);
    if (house.audit != nullptr)
        house.audit->tell({.actor = "hook",
                           .role = "hook",
                           .action = "import",
                           .object = std::string(request->capture("source")),
                           .count = static_cast<std::int64_t>((*work)->posts.size())});
    hand_in_all(house, *work, [&house, request, respond](const HookWork& done) {
        answer_hook(house, *request, summary_of(done), *respond);
    });
}

http::Handler hook_handler(const House& house) {
    return [&house](const std::shared_ptr<const http::Request>& request,
                    http::Responder responder) {
        const auto respond = std::make_shared<http::Responder>(std::move(responder));
        const bool taken =
            house.pool.post([&house, request, respond] { take_hook(house, request, respond); });
        if (!taken)
            (*respond)(http::problem(
                {Fault::too_busy, "the server is as busy as it can be; ask again in a moment"}));
    };
}

}  // namespace

void add_hook_routes(http::RouteTable& table, const House& house) {
    table.add({.method = "POST",
               .pattern = "/hooks/{source}",
               .summary = "Reports of other programs, signed with the secret of their source",
               .tag = "reports",
               .parameters = {{"source",
                               "path",
                               "A name under `hooks` in the configuration; kobo, odk and ushahidi "
                               "are read as what these tools send",
                               R"({"type":"string"})",
                               "kobo"}},
               .media_types = {"application/json"},
               .handler = hook_handler(house),
               .body_types = {"application/json", "application/xml", "text/csv"}});
}

}  // namespace relief::route
