#pragma once
// The address of a file on another machine, in one spelling, so that places can be compared.

#include "tiler/core/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace relief {

/// True for "scheme://…", whatever the scheme: a path of this machine never looks like that.
bool looks_remote(std::string_view text) noexcept;

/// What of an address may be shown: no user, no password, no query, 200 characters at most. Any
/// other text is given as it is.
std::string shown_address(std::string_view text);

/// Scheme and host in lower case, no default port, no user, no query, no dot segments, nothing
/// percent-encoded that need not be: two spellings of one place are the same text.
/// Source: RFC 3986, sections 3 and 6.2.2.
class RemoteAddress {
public:
    enum class Scheme : std::uint8_t { http, https, s3 };

    /// Of a file: its last segment names it. Errors: bad_request with the reason, never showing
    /// what may be secret (user, password, query).
    static Result<RemoteAddress> make(std::string_view text);
    /// Of a place under which files lie; with or without a slash at the end.
    static Result<RemoteAddress> make_root(std::string_view text);

    Scheme scheme() const noexcept { return scheme_; }
    const std::string& text() const noexcept { return text_; }
    /// "https://host:port", "s3://bucket".
    std::string_view origin() const noexcept { return std::string_view(text_).substr(0, path_); }
    /// From its slash on, as it is sent; of S3 the slash and the key as it is.
    std::string_view path() const noexcept { return std::string_view(text_).substr(path_); }
    /// Up to the last slash, which is part of it.
    std::string folder() const { return text_.substr(0, text_.rfind('/') + 1); }
    /// The last segment.
    std::string file_name() const { return text_.substr(text_.rfind('/') + 1); }

    /// The same place or one below it: prefixes end where a segment ends.
    bool stands_under(const RemoteAddress& root) const noexcept;

    bool operator==(const RemoteAddress& other) const noexcept { return text_ == other.text_; }

private:
    RemoteAddress(Scheme scheme, std::string text, std::size_t path)
        : scheme_(scheme), text_(std::move(text)), path_(path) {}
    static Result<RemoteAddress> parse(std::string_view text);

    Scheme scheme_;
    std::string text_;
    std::size_t path_;  ///< where the path begins
};

}  // namespace relief
