#include "server/oidc/web_question.hpp"

#include "server/access/strict_json.hpp"
#include "tiler/workspace/web_address.hpp"

#include <algorithm>
#include <chrono>
#include <curl/curl.h>
#include <memory>

namespace relief::oidc {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds most_patience{10000};
constexpr std::size_t most_bytes = std::size_t{256} << 10U;

struct CloseHandle {
    void operator()(CURL* handle) const noexcept { curl_easy_cleanup(handle); }
};
struct FreeLines {
    void operator()(curl_slist* list) const noexcept { curl_slist_free_all(list); }
};
using Handle = std::unique_ptr<CURL, CloseHandle>;
using HeaderLines = std::unique_ptr<curl_slist, FreeLines>;

template <typename Value>
void set(const Handle& handle, CURLoption option, Value value) {
    curl_easy_setopt(handle.get(), option, value);
}

void append(HeaderLines& lines, const std::string& line) {
    lines.reset(curl_slist_append(lines.release(), line.c_str()));
}

struct Transfer {
    const Deadline& deadline;
    std::string body{};

    // NOLINTNEXTLINE(bugprone-easily-swappable-parameters): libcurl's own order
    static std::size_t take(char* bytes, std::size_t, std::size_t count, void* self) {
        auto& body = static_cast<Transfer*>(self)->body;
        if (body.size() + count > most_bytes) return 0;
        body.append(bytes, count);
        return count;
    }
    // NOLINTNEXTLINE(readability-function-size,bugprone-easily-swappable-parameters): likewise
    static int may_go_on(void* self, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
        return static_cast<Transfer*>(self)->deadline.passed() ? 1 : 0;
    }
};

std::string form_of(const WebQuestion& question) {
    std::string body;
    for (const auto& [name, value] : *question.form)
        body += (body.empty() ? "" : "&") + form_encoded(name) + '=' + form_encoded(value);
    return body;
}

HeaderLines headers_of(const WebQuestion& question) {
    HeaderLines lines;
    append(lines, "Accept: application/json");
    if (!question.bearer.empty()) append(lines, "Authorization: Bearer " + question.bearer);
    return lines;
}

void prepare(const Handle& handle, const WebQuestion& question, Transfer& transfer) {
    set(handle, CURLOPT_URL, question.address.c_str());
    set(handle, CURLOPT_PROTOCOLS_STR, "http,https");
    set(handle, CURLOPT_FOLLOWLOCATION, 0L);
    set(handle, CURLOPT_NOSIGNAL, 1L);
    set(handle, CURLOPT_USERAGENT, "Relief");
    const auto left =
        std::chrono::duration_cast<milliseconds>(question.deadline.end() - Deadline::Clock::now());
    set(handle,
        CURLOPT_TIMEOUT_MS,
        static_cast<long>(std::max<std::int64_t>(1, std::min(most_patience, left).count())));
    set(handle, CURLOPT_NOPROGRESS, 0L);
    set(handle, CURLOPT_XFERINFOFUNCTION, &Transfer::may_go_on);
    set(handle, CURLOPT_XFERINFODATA, &transfer);
    set(handle, CURLOPT_WRITEFUNCTION, &Transfer::take);
    set(handle, CURLOPT_WRITEDATA, &transfer);
    if (!question.basic.empty()) {
        set(handle, CURLOPT_HTTPAUTH, static_cast<long>(CURLAUTH_BASIC));
        set(handle, CURLOPT_USERPWD, question.basic.c_str());
    }
}

/// The provider's word for a refusal (RFC 6749, 5.2); never its description, which may quote.
std::string word_in(const std::string& body) {
    const auto document = access::read_strictly(body);
    if (!document || !document->is_object()) return {};
    return std::string(access::text_member(*document, "error").value_or("").substr(0, 60));
}

Result<std::string> judged(const Handle& handle, Transfer& transfer) {
    long status = 0;
    curl_easy_getinfo(handle.get(), CURLINFO_RESPONSE_CODE, &status);
    if (status == 200) return std::move(transfer.body);
    const std::string words = "it answers with the status " + std::to_string(status);
    if (status >= 400 && status < 500) return bad_request(words, word_in(transfer.body));
    if (status >= 300 && status < 400)
        return source_broken("it sends to another address, which is not followed");
    return source_broken(words);
}

}  // namespace

std::string form_encoded(std::string_view text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    constexpr std::string_view plain = "*-._";
    std::string encoded;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                          (c >= '0' && c <= '9') || plain.find(c) != std::string_view::npos;
        if (word)
            encoded += c;
        else
            encoded += {'%', digits[byte >> 4U], digits[byte & 15U]};
    }
    return encoded;
}

Result<std::string> ask(const WebQuestion& question) {
    if (!workspace::is_confidential_address(question.address))
        return source_broken("its address is neither https nor of this machine");
    const Handle handle(curl_easy_init());
    if (!handle || question.deadline.passed()) return source_broken("there was no time to ask it");
    Transfer transfer{question.deadline};
    prepare(handle, question, transfer);
    const HeaderLines lines = headers_of(question);
    set(handle, CURLOPT_HTTPHEADER, lines.get());
    const std::string form = question.form ? form_of(question) : std::string();
    if (question.form) {
        set(handle, CURLOPT_POSTFIELDSIZE, static_cast<long>(form.size()));
        set(handle, CURLOPT_POSTFIELDS, form.c_str());
    }
    const CURLcode code = curl_easy_perform(handle.get());
    if (code == CURLE_WRITE_ERROR) return source_broken("it answers with more than 256 KiB");
    if (code != CURLE_OK) return source_broken(curl_easy_strerror(code));
    return judged(handle, transfer);
}

}  // namespace relief::oidc
