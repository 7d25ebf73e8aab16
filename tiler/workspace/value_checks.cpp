#include "tiler/workspace/value_checks.hpp"

#include "tiler/core/layer_name.hpp"
#include "tiler/workspace/web_address.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <charconv>
#include <limits>
#include <netinet/in.h>
#include <span>
#include <utility>

namespace relief::workspace {
namespace {

std::optional<std::string> right() {
    return std::nullopt;
}

struct Address {
    int family;
    unsigned longest_prefix;
};

std::optional<Address> parse_address(std::string_view text) {
    std::array<unsigned char, sizeof(in6_addr)> bytes{};
    const std::string copy(text);
    if (inet_pton(AF_INET, copy.c_str(), bytes.data()) == 1) return Address{AF_INET, 32};
    if (inet_pton(AF_INET6, copy.c_str(), bytes.data()) == 1) return Address{AF_INET6, 128};
    return std::nullopt;
}

bool is_letter_or_digit(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool is_host_name(std::string_view text) {
    return !text.empty() && text.size() <= 253 && is_letter_or_digit(text.front()) &&
           std::all_of(text.begin(), text.end(), [](char c) {
               return is_letter_or_digit(c) || c == '.' || c == '-';
           });
}

bool looks_like_address(std::string_view text) {
    return text.find("://") != std::string_view::npos;
}

struct Quantity {
    std::string_view name;
    std::uint64_t size;
};

/// Digits, maybe a blank, then one of the units (upper and lower case are alike).
std::optional<std::uint64_t> parse_quantity(std::string_view text,
                                            std::span<const Quantity> units) {
    std::uint64_t number = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (problem != std::errc{}) return std::nullopt;
    std::string_view word = text.substr(static_cast<std::size_t>(end - text.data()));
    if (word.starts_with(' ')) word.remove_prefix(1);
    const auto alike = [](char a, char b) { return (a | 0x20) == (b | 0x20); };
    for (const Quantity& unit : units) {
        if (!std::equal(word.begin(), word.end(), unit.name.begin(), unit.name.end(), alike))
            continue;
        if (number > std::numeric_limits<std::uint64_t>::max() / unit.size) return std::nullopt;
        return number * unit.size;
    }
    return std::nullopt;
}

constexpr std::uint64_t kilo = 1000;
constexpr std::uint64_t kibi = 1024;
// SI prefixes are powers of 1000, IEC 80000-13 ones powers of 1024.
constexpr std::array<Quantity, 10> byte_units{{{"", 1},
                                               {"b", 1},
                                               {"kb", kilo},
                                               {"mb", kilo* kilo},
                                               {"gb", kilo* kilo* kilo},
                                               {"tb", kilo* kilo* kilo* kilo},
                                               {"kib", kibi},
                                               {"mib", kibi* kibi},
                                               {"gib", kibi* kibi* kibi},
                                               {"tib", kibi* kibi* kibi* kibi}}};
constexpr std::array<Quantity, 5> duration_units{
    {{"ms", 1}, {"s", 1000}, {"m", 60'000}, {"h", 3'600'000}, {"d", 86'400'000}}};

struct ByteText {
    std::uint64_t bytes;
};
std::string to_text(ByteText size) {
    constexpr std::array<const char*, 5> names{"B", "KiB", "MiB", "GiB", "TiB"};
    std::size_t unit = 0;
    while (unit + 1 < names.size() && size.bytes >= kibi && size.bytes % kibi == 0) {
        size.bytes /= kibi;
        ++unit;
    }
    return std::to_string(size.bytes) + " " + names[unit];
}

std::string to_duration_text(std::uint64_t time_ms) {
    if (time_ms % 60'000 == 0 && time_ms > 0) {
        return std::to_string(time_ms / 60'000) + "m";
    }
    if (time_ms % 1000 == 0) return std::to_string(time_ms / 1000) + "s";
    return std::to_string(time_ms) + "ms";
}

bool inside(std::optional<std::uint64_t> number, Range range) {
    return number && *number >= range.low && *number <= range.high;
}

}  // namespace

std::optional<ListenAddress> parse_listen(std::string_view text) {
    const std::size_t colon = text.rfind(':');
    if (colon == std::string_view::npos) return std::nullopt;
    const auto port = parse_count(text.substr(colon + 1));
    if (!port || *port > std::numeric_limits<std::uint16_t>::max()) return std::nullopt;
    std::string_view host = text.substr(0, colon);
    if (host.starts_with('[') && host.ends_with(']')) {
        host = host.substr(1, host.size() - 2);
        const auto address = parse_address(host);
        if (!address || address->family != AF_INET6) return std::nullopt;
    } else if (!is_host_name(host)) {
        return std::nullopt;
    }
    return ListenAddress{std::string(host), static_cast<std::uint16_t>(*port)};
}

std::optional<std::uint64_t> parse_count(std::string_view text) noexcept {
    std::uint64_t number = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (problem != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

std::optional<std::size_t> parse_bytes(std::string_view text) noexcept {
    return parse_quantity(text, byte_units);
}

std::optional<std::chrono::milliseconds> parse_duration(std::string_view text) noexcept {
    const auto count = parse_quantity(text, duration_units);
    if (!count || *count > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
        return std::nullopt;
    }
    return std::chrono::milliseconds(static_cast<std::int64_t>(*count));
}

std::optional<std::string> check_any(std::string_view) {
    return right();
}

std::optional<std::string> check_name(std::string_view value) {
    if (!value.empty() && !has_control_or_space(value)) return right();
    return "allowed: a word";
}

std::optional<std::string> check_listen(std::string_view value) {
    if (parse_listen(value)) return right();
    return "allowed: HOST:PORT, for instance 127.0.0.1:8080, [::1]:8080 or 0.0.0.0:80";
}

std::optional<std::string> check_log(std::string_view value) {
    if (value == "text" || value == "json") return right();
    return "allowed: text, json";
}

std::optional<std::string> check_cache(std::string_view value) {
    if (value.starts_with("redis:") || value.starts_with("rediss:")) {
        return "a cache in Redis is not available in this build; name a folder";
    }
    if (!value.empty() && !looks_like_address(value)) return right();
    return "allowed: a folder, relative to the workspace or absolute";
}

std::optional<std::string> check_store(std::string_view value) {
    if (value == "sqlite") return right();
    if (value.starts_with("postgresql:") || value.starts_with("postgres:")) {
        return "a store in PostgreSQL is not available in this build; allowed: sqlite";
    }
    return "allowed: sqlite";
}

std::optional<std::string> check_objects(std::string_view value) {
    if (value.empty()) return right();
    return "object storage is not available in this build; leave it out";
}

std::optional<std::string> check_public_url(std::string_view value) {
    if (value.empty() || is_web_address(value)) return right();
    return "allowed: http://HOST[:PORT][/PATH] or https://…, without query";
}

std::optional<std::string> check_issuer(std::string_view value) {
    if (value.empty() || (is_web_address(value) && is_confidential_address(value))) return right();
    return "allowed: https://HOST[:PORT][/PATH] as the provider calls itself; http:// for "
           "127.0.0.1, [::1] and localhost only";
}

std::optional<std::string> check_scope(std::string_view value) {
    const auto fits = [](char c) { return c > ' ' && c <= '~' && c != '"' && c != '\\'; };
    if (!value.empty() && std::all_of(value.begin(), value.end(), fits)) return right();
    return "allowed: visible letters of ASCII but \" and \\";
}

std::optional<std::string> check_origin(std::string_view value) {
    const std::size_t host = value.find("://");
    const bool bare = host != std::string_view::npos &&
                      value.find_first_of("/?#", host + 3) == std::string_view::npos;
    if (value == "*" || (bare && is_web_address(value))) return right();
    return "allowed: * for all, or origins as browsers send them: https://HOST[:PORT]";
}

std::optional<std::string> check_authority(std::string_view value) {
    const bool bare = value.find_first_of("/?#") == std::string_view::npos;
    if (bare && is_web_address("https://" + std::string(value))) return right();
    return "allowed: HOST[:PORT]";
}

std::optional<std::string> check_network(std::string_view value) {
    const std::string allowed = "allowed: addresses or CIDR blocks such as 10.0.0.0/8 or ::1";
    const std::size_t slash = value.find('/');
    const auto address = parse_address(value.substr(0, slash));
    if (!address) return allowed;
    if (slash == std::string_view::npos) return right();
    const auto prefix = parse_count(value.substr(slash + 1));
    return inside(prefix, {0, address->longest_prefix}) ? right() : allowed;
}

std::optional<std::string> check_sensitivity(std::string_view value) {
    if (parse_sensitivity(value)) return right();
    return "allowed: low, moderate, high, severe";
}

std::optional<std::string> check_moderation(std::string_view value) {
    if (value == "before" || value == "after") return right();
    return "allowed: before, after";
}

std::optional<std::string> check_layer_id(std::string_view value) {
    const auto name = LayerName::make(value);
    if (name) return right();
    return name.error().what;
}

std::optional<std::string> check_count_in(std::string_view value, Range range) {
    if (inside(parse_count(value), range)) return right();
    return "allowed: a whole number from " + std::to_string(range.low) + " to " +
           std::to_string(range.high);
}

std::optional<std::string> check_bytes_in(std::string_view value, Range range) {
    if (inside(parse_bytes(value), range)) return right();
    return "allowed: a size from " + to_text(ByteText{range.low}) + " to " +
           to_text(ByteText{range.high}) + ", for instance 512MB or 1GiB";
}

std::optional<std::string> check_duration_in(std::string_view value, Range range_ms) {
    const auto time = parse_duration(value);
    const auto count =
        time ? std::optional(static_cast<std::uint64_t>(time->count())) : std::nullopt;
    if (inside(count, range_ms)) return right();
    return "allowed: a time from " + to_duration_text(range_ms.low) + " to " +
           to_duration_text(range_ms.high) + ", for instance 500ms, 10s or 1m";
}

}  // namespace relief::workspace
