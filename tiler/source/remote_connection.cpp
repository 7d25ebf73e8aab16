#include "tiler/source/remote_connection.hpp"

#include "tiler/source/gdal_runtime.hpp"

#include <cpl_conv.h>
#include <cpl_string.h>
#include <cpl_vsi.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <curl/curl.h>
#include <string_view>
#include <thread>
#include <utility>

namespace relief::source {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds connecting{5000};
constexpr milliseconds answering{15000};  // of one question; no part of a file is large
constexpr std::array<milliseconds, 2> pauses{milliseconds(100), milliseconds(400)};
constexpr const char* signature_seconds = "900";
constexpr std::chrono::minutes signature_used{10};
constexpr std::size_t longest_header = 1000;

template <typename Value>
void set(CURL* handle, CURLoption option, Value value) {
    curl_easy_setopt(handle, option, value);
}

struct ListFree {
    void operator()(curl_slist* list) const noexcept { curl_slist_free_all(list); }
};
using HeaderList = std::unique_ptr<curl_slist, ListFree>;

void append(HeaderList& list, const std::string& line) {
    list.reset(curl_slist_append(list.release(), line.c_str()));
}

std::string lower_name(std::string_view text) {
    std::string name(text);
    std::transform(name.begin(), name.end(), name.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return name;
}

std::optional<std::uint64_t> number_in(std::string_view text) {
    std::uint64_t number = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (problem != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

/// "bytes 0-99/1234" (RFC 9110, 14.4).
void take_content_range(std::string_view value, RemoteAnswer& answer) {
    constexpr std::string_view unit = "bytes ";
    if (!value.starts_with(unit)) return;
    value.remove_prefix(unit.size());
    const std::size_t slash = value.find('/');
    if (slash == std::string_view::npos) return;
    answer.size = number_in(value.substr(slash + 1));
    answer.offset = number_in(value.substr(0, value.find('-'))).value_or(0);
}

void take_header(std::string_view line, RemoteAnswer& answer) {
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || line.size() > longest_header) return;
    const std::string name = lower_name(line.substr(0, colon));
    std::string_view value = line.substr(colon + 1);
    while (!value.empty() && (value.front() == ' ' || value.front() == '\t'))
        value.remove_prefix(1);
    while (!value.empty() && static_cast<unsigned char>(value.back()) <= ' ')
        value.remove_suffix(1);
    // Some of it is shown on terminals.
    const bool plain = std::none_of(
        value.begin(), value.end(), [](char c) { return static_cast<unsigned char>(c) < ' '; });
    if (!plain) return;
    if (name == "etag") answer.etag = value;
    if (name == "last-modified") answer.last_modified = value;
    if (name == "content-encoding") answer.encoding = value;
    if (name == "location") answer.location = value.substr(0, value.find_first_of("?#"));
    if (name == "x-amz-bucket-region") answer.region = value;
    if (name == "content-length") answer.length = number_in(value);
    if (name == "content-range") take_content_range(value, answer);
}

bool mends_itself(int status) noexcept {
    return status == 429 || status == 500 || status == 502 || status == 503 || status == 504;
}

/// Why an answer is none; in words that name no address.
std::string words_for(const RemoteAnswer& answer) {
    const std::string status = " (status " + std::to_string(answer.status) + ")";
    if (!answer.region.empty() &&
        (answer.status == 301 || answer.status == 307 || answer.status == 400))
        return "its bucket lies in the region " + answer.region +
               "; start Relief with AWS_REGION=" + answer.region;
    if (answer.status >= 300 && answer.status < 400)
        return "its server sends to another address" + status +
               ", which is not followed; name the file by the address where it is";
    if (answer.status == 401 || answer.status == 403)
        return "its server does not let it be read" + status;
    if (answer.status == 404 || answer.status == 410) return "it is not there" + status;
    if (answer.status == 416) return "it is empty or shorter than it was" + status;
    return "its server answers with an error" + status;
}

std::string words_for(CURLcode code) {
    switch (code) {
        case CURLE_COULDNT_RESOLVE_HOST: return "the name of its server is not known";
        case CURLE_COULDNT_CONNECT: return "its server cannot be reached";
        case CURLE_OPERATION_TIMEDOUT: return "its server does not answer in time";
        case CURLE_PEER_FAILED_VERIFICATION:
        case CURLE_SSL_CACERT_BADFILE:
        case CURLE_SSL_CONNECT_ERROR: return "its server is not the one that it claims to be (TLS)";
        case CURLE_COULDNT_RESOLVE_PROXY: return "the name of the proxy is not known";
        default: return "the connection to its server broke off";
    }
}

bool mends_itself(CURLcode code) noexcept {
    return code != CURLE_PEER_FAILED_VERIFICATION && code != CURLE_SSL_CACERT_BADFILE &&
           code != CURLE_UNSUPPORTED_PROTOCOL && code != CURLE_URL_MALFORMAT &&
           code != CURLE_ABORTED_BY_CALLBACK;
}

Error too_late() {
    return {Fault::out_of_time, "the remote file took too long to answer"};
}

Error unreadable_remote(const std::string& why, const std::string& detail) {
    return source_broken("the remote file cannot be read: " + why, detail);
}

}  // namespace

/// What one question gathers while libcurl runs.
struct RemoteConnection::Transfer {
    const RemoteQuestion& question;
    RemoteAnswer answer{};
    std::size_t most = 0;

    // NOLINTNEXTLINE(bugprone-easily-swappable-parameters): libcurl's own order
    static std::size_t take_line(char* bytes, std::size_t, std::size_t count, void* self) {
        auto& transfer = *static_cast<Transfer*>(self);
        const std::string_view line(bytes, count);
        // Another status line begins another answer: interim ones come before the final one.
        if (line.starts_with("HTTP/")) transfer.answer = {};
        take_header(line, transfer.answer);
        return count;
    }
    /// Takes no byte beyond those that were asked for: a server may send more, and for ever.
    // NOLINTNEXTLINE(bugprone-easily-swappable-parameters): libcurl's own order
    static std::size_t take_bytes(char* bytes, std::size_t, std::size_t count, void* self) {
        auto& transfer = *static_cast<Transfer*>(self);
        Bytes& held = transfer.answer.bytes;
        if (held.size() + count > transfer.most) return 0;
        held.insert(held.end(), bytes, bytes + count);
        return count;
    }
    // NOLINTNEXTLINE(readability-function-size,bugprone-easily-swappable-parameters): likewise
    static int ask_deadline(void* self, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
        return static_cast<Transfer*>(self)->question.deadline.passed() ? 1 : 0;
    }
};

struct RemoteConnection::Attempt {
    Result<RemoteAnswer> answer;
    bool again = false;  ///< it may go better the next time
};

RemoteConnection::RemoteConnection(RemoteAddress address)
    : address_(std::move(address)), handle_(curl_easy_init()) {}

RemoteConnection::~RemoteConnection() {
    curl_easy_cleanup(handle_);
}

Result<std::string> RemoteConnection::url_for(bool head) {
    if (address_.scheme() != RemoteAddress::Scheme::s3) return address_.text();
    const auto now = std::chrono::steady_clock::now();
    if (!head && signed_ && now < signed_->until) return signed_->text;
    const std::string bucket(address_.origin().substr(std::string_view("s3://").size()));
    const std::string name = "/vsis3/" + bucket + std::string(address_.path());
    CPLStringList options;
    options.SetNameValue("VERB", head ? "HEAD" : "GET");
    options.SetNameValue("EXPIRATION_DELAY", signature_seconds);
    const GdalMessages messages;
    char* made = VSIGetSignedURL(name.c_str(), options.List());
    if (made == nullptr)
        return unreadable_remote(
            "S3 needs credentials: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or "
            "AWS_NO_SIGN_REQUEST=YES for a public bucket, in the environment of Relief",
            address_.text() + ": " + messages.last());
    std::string url(made);
    CPLFree(made);
    if (CPLTestBool(CPLGetConfigOption("AWS_NO_SIGN_REQUEST", "NO")))
        url.resize(std::min(url.find('?'), url.size()));
    if (!head) signed_ = SignedUrl{url, now + signature_used};
    return url;
}

void RemoteConnection::prepare(const std::string& url, Transfer& transfer) const {
    CURL* handle = handle_;
    curl_easy_reset(handle);  // connections and what is known of names stay
    set(handle, CURLOPT_URL, url.c_str());
    set(handle, CURLOPT_PROTOCOLS_STR, "http,https");
    set(handle, CURLOPT_FOLLOWLOCATION, 0L);
    set(handle, CURLOPT_PATH_AS_IS, 1L);
    set(handle, CURLOPT_NOSIGNAL, 1L);
    set(handle, CURLOPT_USERAGENT, "Relief");
    const auto left = std::chrono::duration_cast<milliseconds>(transfer.question.deadline.end() -
                                                               Deadline::Clock::now());
    const auto at_most = [&](milliseconds time) {
        return static_cast<long>(std::max<std::int64_t>(1, std::min(time, left).count()));
    };
    set(handle, CURLOPT_CONNECTTIMEOUT_MS, at_most(connecting));
    set(handle, CURLOPT_TIMEOUT_MS, at_most(answering));
    set(handle, CURLOPT_NOPROGRESS, 0L);
    set(handle, CURLOPT_XFERINFOFUNCTION, &Transfer::ask_deadline);
    set(handle, CURLOPT_XFERINFODATA, &transfer);
    set(handle, CURLOPT_HEADERFUNCTION, &Transfer::take_line);
    set(handle, CURLOPT_HEADERDATA, &transfer);
    set(handle, CURLOPT_WRITEFUNCTION, &Transfer::take_bytes);
    set(handle, CURLOPT_WRITEDATA, &transfer);
    const auto& range = transfer.question.range;
    if (!range) return set(handle, CURLOPT_NOBODY, 1L);
    const std::string bytes =
        std::to_string(range->offset) + "-" + std::to_string(range->end() - 1);
    set(handle, CURLOPT_RANGE, bytes.c_str());
    transfer.most = range->length;
}

RemoteConnection::Attempt RemoteConnection::judged(Transfer& transfer, int code) const {
    RemoteAnswer& answer = transfer.answer;
    const bool whole = transfer.question.range && answer.status == 200;
    const auto refuse = [&](const std::string& why) {
        return Attempt{unreadable_remote(why, address_.text() + " " + answer.location)};
    };
    if (answer.status == 412)
        return {Error{Fault::too_busy,
                      "the remote file has changed just now; ask again in a moment",
                      address_.text()}};
    if (answer.status != 200 && answer.status != 206) {
        Attempt attempt = refuse(words_for(answer));
        attempt.again = mends_itself(answer.status);
        return attempt;
    }
    if (!answer.encoding.empty() && answer.encoding != "identity")
        return refuse("its server sends it compressed once more (Content-Encoding)");
    if (whole)
        return refuse(
            "its server sends whole files only, no parts of them (Range); copy it to a server "
            "that does, or download it and `relief add` the copy");
    if (code == CURLE_WRITE_ERROR) return refuse("its server sends more than was asked for");
    if (!transfer.question.range) answer.size = answer.length;
    return {std::move(answer)};
}

RemoteConnection::Attempt RemoteConnection::try_once(const RemoteQuestion& question) {
    if (handle_ == nullptr || question.deadline.passed()) return {too_late()};
    const auto url = url_for(!question.range);
    if (!url) return {url.error()};
    Transfer transfer{question};
    prepare(*url, transfer);
    HeaderList headers;
    if (!question.if_match.empty()) append(headers, "If-Match: " + question.if_match);
    set(handle_, CURLOPT_HTTPHEADER, headers.get());
    const CURLcode code = curl_easy_perform(handle_);
    ++figures_.requests;
    long status = 0;
    curl_easy_getinfo(handle_, CURLINFO_RESPONSE_CODE, &status);
    transfer.answer.status = static_cast<int>(status);
    figures_.bytes += transfer.answer.bytes.size();
    // The body of an error, or of a server that knows no ranges, is not taken: CURLE_WRITE_ERROR.
    if (code == CURLE_OK || code == CURLE_WRITE_ERROR) return judged(transfer, code);
    // The clock of libcurl counts whole milliseconds and may ring a little early.
    const bool in_time = question.deadline.end() - Deadline::Clock::now() > milliseconds(20);
    if (!in_time || question.deadline.passed()) return {too_late()};
    return {unreadable_remote(words_for(code), address_.text() + ": " + curl_easy_strerror(code)),
            mends_itself(code)};
}

Result<RemoteAnswer> RemoteConnection::ask(const RemoteQuestion& question) {
    for (const milliseconds pause : pauses) {
        Attempt attempt = try_once(question);
        const bool in_time = question.deadline.end() - Deadline::Clock::now() > pause;
        if (attempt.answer || !attempt.again || !in_time) return std::move(attempt.answer);
        std::this_thread::sleep_for(pause);
    }
    return try_once(question).answer;
}

}  // namespace relief::source
