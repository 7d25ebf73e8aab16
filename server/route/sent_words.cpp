#include "server/route/sent_words.hpp"

#include "server/http/letters.hpp"
#include "server/http/target.hpp"

#include <nlohmann/json.hpp>

#include <utility>

namespace relief::route {
namespace {

constexpr std::size_t longest_body = 8192;

Error not_words() {
    return bad_request("the body is to be a JSON object whose members are texts or lists of texts");
}

std::string_view media_type(const http::Request& request) {
    std::string_view type = request.header("content-type").value_or("");
    return http::trimmed(http::take_until(type, ';'));
}

Result<std::vector<std::string>> texts_of(const nlohmann::json& value) {
    std::vector<std::string> texts;
    const nlohmann::json list = value.is_array() ? value : nlohmann::json::array({value});
    for (const auto& item : list) {
        if (!item.is_string()) return not_words();
        texts.push_back(item.get<std::string>());
    }
    return texts;
}

}  // namespace

Result<SentWords> SentWords::read(const http::Request& request) {
    if (request.body.size() > longest_body)
        return Error{Fault::too_large, "the body has more than 8 kB"};
    SentWords words;
    const std::string_view type = media_type(request);
    if (request.body.empty() && type.empty()) return words;
    if (http::same_ignoring_case(type, "application/x-www-form-urlencoded")) {
        const auto form = http::parse_target("/?" + request.body);
        if (!form) return bad_request("the form cannot be read: " + form.error().what);
        for (const auto& [name, value] : form->query.items) words.words_[name] = {value};
        return words;
    }
    if (!http::same_ignoring_case(type, "application/json"))
        return Error{Fault::unsupported_media,
                     "the body is application/json or application/x-www-form-urlencoded, not \"" +
                         std::string(type.substr(0, 100)) + "\""};
    const auto document = nlohmann::json::parse(request.body, nullptr, false);
    if (!document.is_object()) return not_words();
    for (const auto& [name, value] : document.items()) {
        auto texts = texts_of(value);
        if (!texts) return texts.error();
        words.words_[name] = std::move(*texts);
    }
    return words;
}

std::optional<std::string> SentWords::text(std::string_view name) const {
    const auto found = words_.find(name);
    if (found == words_.end() || found->second.size() != 1) return std::nullopt;
    return found->second.front();
}

std::optional<std::vector<std::string>> SentWords::list(std::string_view name) const {
    const auto found = words_.find(name);
    if (found == words_.end()) return std::nullopt;
    if (found->second.size() != 1) return found->second;
    std::vector<std::string> parts;
    for (std::string_view rest = found->second.front(); !rest.empty();)
        parts.emplace_back(http::trimmed(http::take_until(rest, ',')));
    return parts;
}

}  // namespace relief::route
