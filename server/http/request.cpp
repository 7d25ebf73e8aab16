#include "server/http/request.hpp"

#include <algorithm>

namespace relief::http {
namespace {

std::optional<std::string_view> first_of(const std::vector<NameValue>& pairs,
                                         std::string_view name) noexcept {
    const auto found = std::find_if(
        pairs.begin(), pairs.end(), [&](const NameValue& pair) { return pair.first == name; });
    if (found == pairs.end()) return std::nullopt;
    return found->second;
}

}  // namespace

std::optional<std::string_view> Query::find(std::string_view name) const noexcept {
    return first_of(items, name);
}

std::optional<std::string_view> Request::header(std::string_view lower_case_name) const noexcept {
    return first_of(headers, lower_case_name);
}

std::string_view Request::capture(std::string_view name) const noexcept {
    return first_of(captures, name).value_or(std::string_view{});
}

}  // namespace relief::http
