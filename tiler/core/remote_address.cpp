#include "tiler/core/remote_address.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <utility>

namespace relief {
namespace {

constexpr std::size_t longest_address = 2000;
constexpr std::size_t longest_shown = 200;

bool is_decimal(char c) noexcept {
    return c >= '0' && c <= '9';
}
bool is_alpha(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_control(char c) noexcept {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}
char lower(char c) noexcept {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}
std::string lower(std::string_view text) {
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(), [](char c) { return lower(c); });
    return result;
}

Error refused(std::string_view text, const std::string& why) {
    return bad_request("the address \"" + shown_address(text) + "\" " + why);
}

/// A path in its one spelling, or what is wrong with it.
struct PathText {
    std::string text;
    std::string fault{};
};

struct AddressParts {
    RemoteAddress::Scheme scheme = RemoteAddress::Scheme::http;
    std::string authority;
    std::string path;
};

std::optional<RemoteAddress::Scheme> scheme_of(std::string_view name) {
    if (name == "https") return RemoteAddress::Scheme::https;
    if (name == "http") return RemoteAddress::Scheme::http;
    if (name == "s3") return RemoteAddress::Scheme::s3;
    return std::nullopt;
}

/// Labels of letters, digits, '-' and '_', none of them empty.
bool is_host(std::string_view host) {
    bool label_begins = true;
    for (const char c : host) {
        if (c == '.' ? label_begins : !(is_alpha(c) || is_decimal(c) || c == '-' || c == '_'))
            return false;
        label_begins = c == '.';
    }
    return !host.empty() && host.size() <= 253 && !label_begins;
}

bool is_address_in_brackets(std::string_view host) {
    const auto fits = [](char c) {
        return is_decimal(c) || (c >= 'a' && c <= 'f') || c == ':' || c == '.';
    };
    return host.size() > 3 && host.front() == '[' && host.back() == ']' &&
           std::all_of(host.begin() + 1, host.end() - 1, fits);
}

/// "host" or "host:port" without the port that the scheme implies; none when it is neither.
std::optional<std::string> web_authority(std::string_view text, bool secure) {
    std::string host = lower(text);
    std::string port;
    const std::size_t colon = host.rfind(':');
    if (colon != std::string::npos && host.back() != ']') {
        port = host.substr(colon + 1);
        host.erase(colon);
        unsigned number = 0;
        const char* end = port.data() + port.size();
        const bool good = std::from_chars(port.data(), end, number).ptr == end && !port.empty();
        if (!good || number == 0 || number > 65'535) return std::nullopt;
        port = number == (secure ? 443U : 80U) ? "" : ":" + std::to_string(number);
    }
    if (!is_host(host) && !is_address_in_brackets(host)) return std::nullopt;
    return host + port;
}

/// Why a segment may not stand in a path; none when it may. Servers, proxies and libraries
/// disagree on what these mean, and an allowed prefix must mean one place.
std::optional<std::string> fault_of(std::string_view path) {
    std::size_t begin = 1;
    while (begin <= path.size()) {
        const std::size_t end = std::min(path.find('/', begin), path.size());
        const std::string_view segment = path.substr(begin, end - begin);
        if (segment == "." || segment == "..") return "holds a segment of dots";
        if (segment.empty() && end < path.size()) return "holds an empty segment (//)";
        begin = end + 1;
    }
    return std::nullopt;
}

/// The byte that "%XX" stands for.
std::optional<unsigned> triple_at(std::string_view path, std::size_t i) {
    unsigned value = 0;
    if (i + 2 >= path.size()) return std::nullopt;
    const char* first = path.data() + i + 1;
    if (std::from_chars(first, first + 2, value, 16).ptr != first + 2) return std::nullopt;
    return value;
}

bool is_unreserved(char c) noexcept {
    return is_alpha(c) || is_decimal(c) || c == '-' || c == '.' || c == '_' || c == '~';
}

PathText web_path(std::string_view path) {
    constexpr std::string_view others = "!$&'()*+,;=:@/";
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string result;
    for (std::size_t i = 0; i < path.size(); ++i) {
        const char c = path[i];
        if (c != '%') {
            if (!is_unreserved(c) && others.find(c) == std::string_view::npos)
                return {{}, "holds a character that must be written percent-encoded"};
            result.push_back(c);
            continue;
        }
        const auto value = triple_at(path, i);
        if (!value) return {{}, "holds a % that no two hexadecimal digits follow"};
        const auto byte = static_cast<char>(*value);
        if (is_control(byte) || byte == '/' || byte == '\\' || byte == '.' || byte == '%')
            return {{}, "holds a percent-encoded dot, slash, percent or control character"};
        if (is_unreserved(byte)) {
            result.push_back(byte);
        } else {
            result += {'%', digits[*value >> 4U], digits[*value & 15U]};
        }
        i += 2;
    }
    return {std::move(result)};
}

/// Keys of S3 are bytes; they are encoded when they are sent.
PathText key_path(std::string_view path) {
    const bool good =
        std::none_of(path.begin(), path.end(), [](char c) { return is_control(c) || c == '\\'; });
    if (!good) return {{}, "holds a control character or a backslash"};
    return {std::string(path)};
}

/// The host or bucket in its one spelling. Errors: of the whole address.
// NOLINTNEXTLINE(bugprone-easily-swappable-parameters): the whole first, then its part
Result<std::string> authority_of(std::string_view text,
                                 std::string_view authority,
                                 RemoteAddress::Scheme scheme) {
    if (authority.find('@') != std::string_view::npos)
        return refused(text,
                       "holds a user or password, which would be kept and shown; credentials of "
                       "S3 come from the environment (AWS_ACCESS_KEY_ID, …)");
    if (scheme == RemoteAddress::Scheme::s3) {
        if (!is_host(authority)) return refused(text, "names no bucket");
        return std::string(authority);
    }
    auto host = web_authority(authority, scheme == RemoteAddress::Scheme::https);
    if (!host) return refused(text, "names no host that makes sense");
    return *std::move(host);
}

Result<AddressParts> split(std::string_view text) {
    const std::size_t end = text.find("://");
    AddressParts parts;
    const auto scheme = scheme_of(lower(text.substr(0, end)));
    if (!scheme || end == std::string_view::npos)
        return refused(text, "is of a kind that is not read; allowed: https://, http://, s3://");
    parts.scheme = *scheme;
    if (text.find_first_of("?#") != std::string_view::npos)
        return refused(text,
                       "has a query (?…) or a fragment (#…), which may hold a key that would be "
                       "kept and shown; name the file without it");
    const std::string_view rest = text.substr(end + 3);
    const std::size_t slash = std::min(rest.find('/'), rest.size());
    auto authority = authority_of(text, rest.substr(0, slash), parts.scheme);
    if (!authority) return authority.error();
    parts.authority = *std::move(authority);
    const bool bucket = parts.scheme == RemoteAddress::Scheme::s3;
    PathText path = bucket ? key_path(rest.substr(slash)) : web_path(rest.substr(slash));
    if (!path.fault.empty()) return refused(text, path.fault);
    parts.path = path.text.empty() ? "/" : std::move(path.text);
    return parts;
}

}  // namespace

bool looks_remote(std::string_view text) noexcept {
    const std::size_t end = text.find("://");
    return end != std::string_view::npos && end > 0 && is_alpha(text.front()) &&
           std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(end), [](char c) {
               return is_alpha(c) || is_decimal(c) || c == '+' || c == '-' || c == '.';
           });
}

std::string shown_address(std::string_view text) {
    if (!looks_remote(text)) return std::string(text);
    std::string result(text.substr(0, std::min(text.find_first_of("?#"), longest_shown)));
    const std::size_t begin = result.find("://") + 3;
    // Wherever it stands: a password may hold what looks like the beginning of a path.
    const std::size_t at = result.rfind('@');
    if (at != std::string::npos && at >= begin) result.replace(begin, at - begin, "…");
    std::erase_if(result, is_control);
    return result;
}

Result<RemoteAddress> RemoteAddress::parse(std::string_view text) {
    if (text.size() > longest_address) return refused(text, "is longer than 2,000 characters");
    auto parts = split(text);
    if (!parts) return parts.error();
    if (const auto fault = fault_of(parts->path)) return refused(text, *fault);
    constexpr std::array names{"http://", "https://", "s3://"};
    std::string whole = names.at(static_cast<std::size_t>(parts->scheme)) + parts->authority;
    const std::size_t path = whole.size();
    return RemoteAddress(parts->scheme, whole + parts->path, path);
}

Result<RemoteAddress> RemoteAddress::make(std::string_view text) {
    auto address = parse(text);
    if (address && address->path().ends_with('/'))
        return refused(text, "names a folder; name a file");
    return address;
}

Result<RemoteAddress> RemoteAddress::make_root(std::string_view text) {
    return parse(text);
}

bool RemoteAddress::stands_under(const RemoteAddress& root) const noexcept {
    if (origin() != root.origin()) return false;
    std::string_view prefix = root.path();
    if (prefix.ends_with('/')) prefix.remove_suffix(1);
    const std::string_view own = path();
    return own.starts_with(prefix) && (own.size() == prefix.size() || own[prefix.size()] == '/');
}

}  // namespace relief
