#include "server/http/arrival.hpp"

#include "server/http/letters.hpp"
#include "server/http/target.hpp"

#include <algorithm>

namespace relief::http {
namespace {

std::string hexadecimal(std::uint64_t number) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text(16, '0');
    for (auto digit = text.rbegin(); digit != text.rend(); ++digit, number >>= 4U) {
        *digit = digits[number & 15U];
    }
    return text;
}

std::string base_url(const Origin& origin, const Arrival& arrival, const Station& station) {
    if (!station.public_url.empty()) return station.public_url;
    const std::string_view scheme = origin.scheme.empty() ? station.scheme : origin.scheme;
    std::string_view authority = origin.authority;
    if (authority.empty()) authority = arrival.authority;
    if (authority.empty()) authority = arrival.local;
    return std::string(scheme) + "://" + std::string(authority);
}

}  // namespace

RequestIds::RequestIds(std::uint64_t beginning) : beginning_(hexadecimal(beginning) + '-') {}

std::string RequestIds::next() {
    return beginning_ + std::to_string(count_.fetch_add(1, std::memory_order_relaxed) + 1);
}

bool is_request_id(std::string_view text) noexcept {
    constexpr std::size_t longest = 128;
    return !text.empty() && text.size() <= longest &&
           std::all_of(text.begin(), text.end(), [](char c) {
               return is_digit(c) || is_letter(c) || c == '.' || c == '_' || c == '-';
           });
}

Result<void> complete(Request& request,
                      const Arrival& arrival,
                      const Station& station,
                      RequestIds& ids) {
    const auto given = request.header("x-request-id");
    request.id = given && is_request_id(*given) ? std::string(*given) : ids.next();
    const auto origin = origin_of(arrival.peer, request.headers, station.proxies);
    request.remote_address = origin.address;
    request.base_url = base_url(origin, arrival, station);
    request.target = for_log(arrival.target);
    if (request.target == "*") return {};  // of OPTIONS: no address at all
    auto target = parse_target(arrival.target);
    if (!target) return std::move(target).error();
    request.segments = std::move(target->segments);
    request.query = std::move(target->query);
    return {};
}

}  // namespace relief::http
