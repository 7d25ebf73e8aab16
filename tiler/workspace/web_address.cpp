#include "tiler/workspace/web_address.hpp"

#include <algorithm>

namespace relief::workspace {

bool has_control_or_space(std::string_view text) noexcept {
    return std::any_of(text.begin(), text.end(), [](char c) {
        return static_cast<unsigned char>(c) <= ' ' || c == '\x7f';
    });
}

bool is_web_address(std::string_view text) {
    const std::size_t scheme = text.starts_with("https://")  ? 8
                               : text.starts_with("http://") ? 7
                                                             : 0;
    if (scheme == 0 || has_control_or_space(text)) return false;
    const std::string_view rest = text.substr(scheme);
    return !rest.empty() && rest.front() != '/' &&
           rest.find_first_of("?#@\\\"<>") == std::string_view::npos;
}

std::string_view origin_of(std::string_view address) noexcept {
    const std::size_t scheme = address.find("://");
    if (scheme == std::string_view::npos) return {};
    const std::string_view origin = address.substr(0, address.find_first_of("/?#", scheme + 3));
    const bool plain = origin.find_first_of("@\\") == std::string_view::npos;
    return plain && !has_control_or_space(address) ? origin : std::string_view();
}

bool is_confidential_address(std::string_view address) noexcept {
    constexpr std::string_view secure = "https://";
    constexpr std::string_view open = "http://";
    const std::string_view origin = origin_of(address);
    if (origin.starts_with(secure)) return origin.size() > secure.size();
    if (!origin.starts_with(open)) return false;
    std::string_view host = origin.substr(open.size());
    const std::size_t port = host.rfind(':');
    if (port != std::string_view::npos && !host.ends_with(']')) host = host.substr(0, port);
    return host == "127.0.0.1" || host == "[::1]" || host == "localhost";
}

}  // namespace relief::workspace
