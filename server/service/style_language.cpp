#include "server/service/style_language.hpp"

#include "tiler/core/version.hpp"
#include "tiler/expression/json_document.hpp"
#include "tiler/expression/legacy_function.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace relief::service {
namespace {

using stylesheet::Json;

bool is_letter(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_name(const Json& property) {
    if (!property.is_string()) return false;
    const auto& text = property.get_ref<const std::string&>();
    return text == "name" || text.starts_with("name:") || text.starts_with("name_");
}

/// Puts the language into texts.
class Translator {
public:
    explicit Translator(std::string_view language) {
        const std::string whole(language);
        const std::string first = whole.substr(0, whole.find('-'));
        for (const std::string& tag :
             first == whole ? std::vector{whole} : std::vector{whole, first})
            for (const char* const mark : {":", "_"}) wanted_.push_back("name" + (mark + tag));
    }

    /// Of what a property says: a text with {name}, an expression, or an old function.
    Json translated(const Json& said) const {
        if (said.is_string()) {
            const auto& text = said.get_ref<const std::string&>();
            if (text.find("{name") == std::string::npos) return said;
            return in_expression(expression::converted_tokens(text));
        }
        if (said.is_array()) return in_expression(said);
        if (!said.is_object() || !said.contains("stops")) return said;
        Json function = said;
        for (Json& stop : function["stops"])
            if (stop.is_array() && stop.size() == 2) stop[1] = translated(stop[1]);
        return function;
    }

private:
    /// Documents are bounded in depth where they are read.
    Json in_expression(const Json& expression) const {
        if (!expression.is_array() || expression.empty() || expression[0] == "literal")
            return expression;
        if (expression[0] == "get" && expression.size() == 2 && is_name(expression[1])) {
            Json choice = Json::array({"coalesce"});
            for (const std::string& name : wanted_) choice.push_back(Json::array({"get", name}));
            choice.push_back(expression);
            return choice;
        }
        Json all = Json::array();
        for (const Json& part : expression) all.push_back(in_expression(part));
        return all;
    }

    std::vector<std::string> wanted_;
};

/// Nothing where nothing changes.
std::optional<std::string> translated_text(const std::string& text, std::string_view language) {
    auto json = expression::parse_json(text);
    if (!json || !json->is_object()) return std::nullopt;  // it was read before: never
    const Translator translator(language);
    bool changed = false;
    for (Json& layer : (*json)["layers"]) {
        const auto layout = layer.find("layout");
        if (layout == layer.end() || !layout->is_object() || !layout->contains("text-field"))
            continue;
        Json& said = (*layout)["text-field"];
        Json worded = translator.translated(said);
        changed = changed || worded != said;
        said = std::move(worded);
    }
    if (!changed) return std::nullopt;
    return json->dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

bool is_language(std::string_view tag) {
    constexpr std::size_t longest = 35;
    if (tag.size() > longest) return false;
    for (bool first = true; first || !tag.empty(); first = false) {
        const std::string_view part = tag.substr(0, tag.find('-'));
        const bool good = std::all_of(part.begin(), part.end(), [&](char c) {
            return is_letter(c) || (!first && c >= '0' && c <= '9');
        });
        if (!good || part.size() < 2 || part.size() > (first ? 3U : 8U)) return false;
        if (part.size() + 1 == tag.size()) return false;  // ends with a hyphen
        tag.remove_prefix(std::min(part.size() + 1, tag.size()));
    }
    return true;
}

Result<VisiblePointer> in_language(const VisiblePointer& style, std::string_view language) {
    if (!is_language(language))
        return bad_request("lang=" + std::string(language.substr(0, 40)) +
                           " is no language; write a tag such as ar, fr, my or pt-BR");
    auto text = translated_text(style->text, language);
    if (!text) return style;
    auto document = stylesheet::read_style(*text).document;
    // More of a text than a style may hold.
    if (!document) return bad_request("the style cannot be put into another language");
    auto worded = std::make_shared<VisibleStyle>(*style);
    worded->version = fingerprint(style->version + "|lang=" + *text);
    worded->text = std::move(*text);
    worded->document = std::move(document);
    return VisiblePointer(std::move(worded));
}

}  // namespace relief::service
