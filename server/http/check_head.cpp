#include "server/http/check_head.hpp"

#include "server/http/authority.hpp"
#include "server/http/letters.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace relief::http {
namespace {

constexpr std::array<std::string_view, 7> known_methods{
    "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"};
constexpr int most_fields = 100;  // browsers send about 20, a chain of proxies adds a few

using MaybeRefused = std::optional<Refused>;

Refused malformed(std::string what) {
    return {Refusal::malformed, std::move(what)};
}

std::string_view take_line(std::string_view& rest) noexcept {
    const auto end = rest.find("\r\n");
    const auto line = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 2);
    return line;
}

/// What the fields say about host and framing, collected before anything is decided.
struct Fields {
    int count = 0;
    int hosts = 0;
    int lengths = 0;
    int codings = 0;
    std::string_view host;
    std::string_view length;
    std::string_view coding;
    std::string_view expectation;
};

class Check {
public:
    explicit Check(std::string_view bytes) : rest_(bytes) {}

    std::variant<Head, Refused> operator()() {
        for (const auto step : {&Check::request_line,
                                &Check::fields,
                                &Check::host,
                                &Check::framing,
                                &Check::expectation}) {
            if (auto fault = (this->*step)()) return std::move(*fault);
        }
        return head_;
    }

private:
    MaybeRefused request_line() {
        std::string_view line = take_line(rest_);
        const auto first = line.find(' ');
        const auto last = line.rfind(' ');
        if (first == std::string_view::npos || first == last) {
            return malformed("the request line is not METHOD TARGET HTTP/1.1");
        }
        head_.method = line.substr(0, first);
        head_.target = line.substr(first + 1, last - first - 1);
        if (!is_token(head_.method)) return malformed("the method is not a token");
        if (auto fault = version(line.substr(last + 1))) return fault;
        if (std::find(known_methods.begin(), known_methods.end(), head_.method) ==
            known_methods.end()) {
            return Refused{Refusal::not_implemented,
                           "the method is not one of GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"};
        }
        return target();
    }

    MaybeRefused version(std::string_view text) {
        if (text.size() != 8 || !text.starts_with("HTTP/") || !is_digit(text[5]) ||
            text[6] != '.' || !is_digit(text[7])) {
            return malformed("the request line does not end in HTTP/1.1");
        }
        if (text[5] != '1' || text[7] > '1') {
            return Refused{Refusal::version_unknown, "only HTTP/1.0 and HTTP/1.1 are spoken here"};
        }
        old_ = text[7] == '0';
        return std::nullopt;
    }

    MaybeRefused target() {
        const auto visible = [](char c) { return c > 0x20 && c < 0x7F && c != '#'; };
        if (head_.target.empty() ||
            !std::all_of(head_.target.begin(), head_.target.end(), visible)) {
            return malformed(
                "the target holds a character that has to be percent-encoded, or nothing at all");
        }
        if (head_.target.front() == '/' || (head_.target == "*" && head_.method == "OPTIONS")) {
            return std::nullopt;
        }
        return absolute_target();
    }

    MaybeRefused absolute_target() {
        const auto scheme_end = head_.target.find("://");
        const auto scheme = head_.target.substr(0, scheme_end);
        if (scheme_end == std::string_view::npos ||
            !(same_ignoring_case(scheme, "http") || same_ignoring_case(scheme, "https"))) {
            return malformed("the target is neither a path nor an http address");
        }
        const auto rest = head_.target.substr(scheme_end + 3);
        head_.authority = rest.substr(0, rest.find_first_of("/?"));
        if (!is_authority(head_.authority)) return malformed("the target names no valid host");
        return std::nullopt;
    }

    MaybeRefused fields() {
        while (true) {
            const auto line = take_line(rest_);
            if (line.empty()) return std::nullopt;
            if (++found_.count > most_fields) {
                return Refused{Refusal::head_too_large, "more than 100 header fields"};
            }
            if (auto fault = field(line)) return fault;
        }
    }

    MaybeRefused field(std::string_view line) {
        if (line.front() == ' ' || line.front() == '\t') {
            return malformed("a header line begins with a blank (folding is not allowed)");
        }
        const auto colon = line.find(':');
        const auto name = line.substr(0, colon);
        if (colon == std::string_view::npos || !is_token(name)) {
            return malformed("a header line is not NAME: VALUE");
        }
        const auto value = trimmed(line.substr(colon + 1));
        if (same_ignoring_case(name, "host")) {
            ++found_.hosts;
            found_.host = value;
        } else if (same_ignoring_case(name, "content-length")) {
            ++found_.lengths;
            found_.length = value;
        } else if (same_ignoring_case(name, "transfer-encoding")) {
            ++found_.codings;
            found_.coding = value;
        } else if (same_ignoring_case(name, "expect")) {
            found_.expectation = value;
        }
        return std::nullopt;
    }

    MaybeRefused host() {
        if (found_.hosts > 1 || (found_.hosts == 0 && !old_)) {
            return malformed("exactly one Host field is needed");
        }
        if (!found_.host.empty() && !is_authority(found_.host)) {
            return malformed("the Host field is not NAME or NAME:PORT");
        }
        // RFC 9112 3.2.2: an absolute target outweighs the Host field.
        if (head_.authority.empty()) head_.authority = found_.host;
        return std::nullopt;
    }

    MaybeRefused framing() {
        if (found_.codings > 0 && (found_.lengths > 0 || found_.codings > 1 || old_)) {
            return malformed(
                "Transfer-Encoding given twice, in HTTP/1.0 or together with Content-Length");
        }
        if (found_.codings == 1) return transfer_coding();
        if (found_.lengths > 1) return malformed("more than one Content-Length");
        return found_.lengths == 1 ? content_length() : std::nullopt;
    }

    MaybeRefused transfer_coding() {
        head_.chunked = same_ignoring_case(found_.coding, "chunked");
        if (head_.chunked) return std::nullopt;
        return Refused{Refusal::not_implemented, "the only Transfer-Encoding read here is chunked"};
    }

    MaybeRefused content_length() {
        if (found_.length.empty() ||
            !std::all_of(found_.length.begin(), found_.length.end(), is_digit)) {
            return malformed("Content-Length is not a number of bytes");
        }
        constexpr std::uint64_t beyond = UINT64_MAX / 16;
        for (const char c : found_.length) {
            if (head_.content_length > beyond) {
                return Refused{Refusal::body_too_large, "Content-Length is beyond all limits"};
            }
            head_.content_length = head_.content_length * 10 + static_cast<std::uint64_t>(c - '0');
        }
        return std::nullopt;
    }

    MaybeRefused expectation() {
        if (found_.expectation.empty()) return std::nullopt;
        if (!same_ignoring_case(found_.expectation, "100-continue")) {
            return Refused{Refusal::expectation_unknown,
                           "the only expectation known here is 100-continue"};
        }
        // RFC 9110 10.1.1: an expectation in an HTTP/1.0 request is ignored.
        head_.expects_continue = !old_;
        return std::nullopt;
    }

    std::string_view rest_;
    Fields found_;
    Head head_;
    bool old_ = false;  // HTTP/1.0
};

}  // namespace

HeadProgress scan_head(std::string_view bytes, std::size_t scanned) noexcept {
    for (std::size_t i = scanned; i < bytes.size(); ++i) {
        const char c = bytes[i];
        if (!is_control(c) || c == '\t') continue;
        if (c == '\r' && i + 1 == bytes.size()) return {i, 0, false};
        if (c != '\r' || bytes[i + 1] != '\n') return {i, 0, true};
        ++i;
        if (i >= 3 && bytes[i - 2] == '\n') return {i + 1, i + 1, false};
    }
    return {bytes.size(), 0, false};
}

Refused too_long(std::string_view bytes, std::size_t most) {
    const auto limit = std::to_string(most);
    if (bytes.substr(0, most).find("\r\n") == std::string_view::npos) {
        return {Refusal::line_too_long, "the request line is longer than " + limit + " bytes"};
    }
    return {Refusal::head_too_large,
            "request line and headers together are longer than " + limit + " bytes"};
}

std::variant<Head, Refused> check_head(std::string_view bytes) {
    return Check(bytes)();
}

}  // namespace relief::http
