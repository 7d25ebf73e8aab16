#pragma once
// The strict line of RFC 9112 held before any parser sees a request: what is doubtful is refused.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

namespace relief::http {

/// Why the bytes of a connection are not answered by a route. status.cpp knows the numbers.
enum class Refusal : std::uint8_t {
    malformed,
    timed_out,
    body_too_large,
    line_too_long,
    head_too_large,
    expectation_unknown,
    not_implemented,
    version_unknown,
    too_busy,
};

struct Refused {
    Refusal why;
    std::string what;  ///< for the client
};

/// How far the head of a request has come.
struct HeadProgress {
    std::size_t scanned = 0;  ///< where to go on when more bytes have come
    std::size_t end = 0;      ///< length of the whole head with its empty line; 0: not yet whole
    bool bad = false;         ///< a bare CR or LF, a NUL or another control character
};

/// Looks at the bytes from `scanned` on; each byte is looked at once however slowly they come.
HeadProgress scan_head(std::string_view bytes, std::size_t scanned) noexcept;

/// For a head that is longer than `most` bytes: which part of it is to blame.
Refused too_long(std::string_view bytes, std::size_t most);

/// What the session has to know before it parses. The views live as long as the bytes do.
struct Head {
    std::string_view method;
    std::string_view target;
    std::string_view authority;  ///< of an absolute target, else the Host; empty when neither
    std::uint64_t content_length = 0;
    bool chunked = false;
    bool expects_continue = false;
    bool has_body() const noexcept { return chunked || content_length > 0; }
};

/// Reads request line and fields up to and with the empty line (as scan_head() ended it).
/// Source: RFC 9112 2.2, 3, 5, 6.1, 6.3, 7.1; RFC 9110 5.5, 8.6, 10.1.1.
std::variant<Head, Refused> check_head(std::string_view bytes);

}  // namespace relief::http
