#include "server/intake/form_fields.hpp"

#include "tiler/report/report.hpp"

#include <algorithm>
#include <cstddef>

namespace relief::intake {
namespace {

// Each of those with a meaning of its own, and those that are kept.
constexpr std::size_t most_fields = report::Bounds::property_count + 32;

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/// Source: URL Standard (WHATWG), 5.1.
Result<std::string> form_decoded(std::string_view text) {
    std::string decoded;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            decoded += text[i] == '+' ? ' ' : text[i];
            continue;
        }
        const int high = i + 2 < text.size() ? hex_digit(text[i + 1]) : -1;
        const int low = i + 2 < text.size() ? hex_digit(text[i + 2]) : -1;
        if (high < 0 || low < 0)
            return bad_request("the form has a % without two hexadecimal digits after it");
        decoded += static_cast<char>(high * 16 + low);
        i += 2;
    }
    return decoded;
}

}  // namespace

std::optional<std::string> value_of(const Fields& fields, std::string_view name) {
    const auto found = std::find_if(
        fields.begin(), fields.end(), [&](const auto& field) { return field.first == name; });
    return found == fields.end() ? std::nullopt : std::optional(found->second);
}

Result<Fields> parse_form(std::string_view body) {
    Fields fields;
    while (!body.empty()) {
        const std::size_t end = std::min(body.find('&'), body.size());
        const std::string_view item = body.substr(0, end);
        body.remove_prefix(std::min(end + 1, body.size()));
        if (item.empty()) continue;
        const std::size_t middle = std::min(item.find('='), item.size());
        auto name = form_decoded(item.substr(0, middle));
        auto value = form_decoded(item.substr(std::min(middle + 1, item.size())));
        if (!name) return name.error();
        if (!value) return value.error();
        if (fields.size() == most_fields)
            return bad_request("the form has more than " + std::to_string(most_fields) + " fields");
        fields.emplace_back(std::move(*name), std::move(*value));
    }
    return fields;
}

}  // namespace relief::intake
