#pragma once
// What each key of the configuration allows: a check gives nothing when the value is right, else
// what is wrong with it or allowed instead.

#include "tiler/workspace/configuration.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace relief::workspace {

using Check = std::optional<std::string> (*)(std::string_view value);

struct ListenAddress {
    std::string host;
    std::uint16_t port = 0;
};
/// "127.0.0.1:8080", "localhost:8080", "[::1]:8080"; port 0 asks the system for a free one.
std::optional<ListenAddress> parse_listen(std::string_view text);

/// A whole number without sign.
std::optional<std::uint64_t> parse_count(std::string_view text) noexcept;

std::optional<std::string> check_any(std::string_view value);
std::optional<std::string> check_listen(std::string_view value);
std::optional<std::string> check_log(std::string_view value);
std::optional<std::string> check_cache(std::string_view value);
std::optional<std::string> check_store(std::string_view value);
std::optional<std::string> check_objects(std::string_view value);
std::optional<std::string> check_public_url(std::string_view value);
std::optional<std::string> check_network(std::string_view value);    ///< address or CIDR block
std::optional<std::string> check_origin(std::string_view value);     ///< RFC 6454, 6.2; or "*"
std::optional<std::string> check_authority(std::string_view value);  ///< HOST[:PORT]
std::optional<std::string> check_issuer(std::string_view value);
std::optional<std::string> check_scope(std::string_view value);  ///< RFC 6749, 3.3
std::optional<std::string> check_sensitivity(std::string_view value);
std::optional<std::string> check_moderation(std::string_view value);
std::optional<std::string> check_layer_id(std::string_view value);
std::optional<std::string> check_name(std::string_view value);  ///< not empty

struct Range {
    std::uint64_t low;
    std::uint64_t high;
};
std::optional<std::string> check_count_in(std::string_view value, Range range);
std::optional<std::string> check_bytes_in(std::string_view value, Range range);
std::optional<std::string> check_duration_in(std::string_view value, Range range_ms);

template <std::uint64_t low, std::uint64_t high>
std::optional<std::string> check_count(std::string_view value) {
    return check_count_in(value, {low, high});
}
template <std::uint64_t low, std::uint64_t high>
std::optional<std::string> check_bytes(std::string_view value) {
    return check_bytes_in(value, {low, high});
}
template <std::uint64_t low, std::uint64_t high>
std::optional<std::string> check_duration(std::string_view value) {
    return check_duration_in(value, {low, high});
}

}  // namespace relief::workspace
