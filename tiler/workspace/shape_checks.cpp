#include "tiler/workspace/shape_checks.hpp"

#include "tiler/workspace/suggestion.hpp"
#include "tiler/workspace/time_choice.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

namespace relief::workspace {
namespace {

using Kind = YamlNode::Kind;

/// A value for people: short, and without the password of an address.
std::string in_quotes(std::string_view value) {
    constexpr std::size_t longest = 80;
    std::string text(value.substr(0, longest));
    const std::size_t scheme = text.find("://");
    const std::size_t at = text.rfind('@');
    if (scheme != std::string::npos && at != std::string::npos && at > scheme) {
        text.replace(scheme + 3, at - scheme - 3, "…");
    }
    return "\"" + text + (value.size() > longest ? "…\"" : "\"");
}

struct Stated {
    const KeyRule& rule;
    std::string name;
};

std::optional<Complaint> complaint_about_value(const Stated& stated, const YamlNode& node) {
    if (node.kind != Kind::scalar) return Complaint{&node, stated.name + " takes a single value"};
    const auto problem = stated.rule.check(node.scalar);
    if (!problem) return std::nullopt;
    const bool secret = stated.rule.print == KeyRule::Print::secret;
    const std::string value = secret ? "not usable" : in_quotes(node.scalar);
    return Complaint{&node, stated.name + " is " + value + "; " + *problem};
}

std::optional<Complaint> complaint_about_list(const KeyRule& rule, const YamlNode& node) {
    const std::string name(rule.name);
    if (node.kind != Kind::sequence) {
        return Complaint{&node, name + " takes a list, for instance [a, b]"};
    }
    for (const YamlNode& child : node.children) {
        if (auto problem = complaint_about_value({rule, "an entry of " + name}, child)) {
            return problem;
        }
    }
    return std::nullopt;
}

std::optional<Complaint> complaint_about_layer_word(const std::string& layer,
                                                    const YamlNode& word) {
    const std::string name = layer + "." + word.key;
    const auto known = layer_words();
    if (std::find(known.begin(), known.end(), word.key) == known.end()) {
        return Complaint{&word, "unknown key " + name + suggest(word.key, known)};
    }
    if (word.kind == Kind::null || word.key == "style") return std::nullopt;
    if (word.kind != Kind::scalar) return Complaint{&word, name + " takes a single value"};
    if (word.key == "sensitivity") {
        if (const auto problem = check_sensitivity(word.scalar)) {
            return Complaint{&word, name + " is " + in_quotes(word.scalar) + "; " + *problem};
        }
    }
    const bool is_time = word.key == "acquired" || word.key == "processed";
    if (is_time && !word.scalar.empty() && !parse_interval(word.scalar)) {
        return Complaint{&word,
                         name + " is " + in_quotes(word.scalar) + "; allowed: " + time_forms};
    }
    const bool yes_or_no = word.scalar == "true" || word.scalar == "false";
    if (word.key == "preliminary" && !yes_or_no) {
        return Complaint{&word, name + " is " + in_quotes(word.scalar) + "; allowed: true, false"};
    }
    return std::nullopt;
}

std::optional<Complaint> complaint_about_layer(const YamlNode& node) {
    const std::string name = "layers." + node.key;
    if (node.kind != Kind::mapping) {
        return Complaint{&node, name + " takes a mapping, for instance {title: Flood}"};
    }
    for (const YamlNode& word : node.children) {
        if (auto problem = complaint_about_layer_word(name, word)) return problem;
    }
    return std::nullopt;
}

std::optional<Complaint> complaint_about_mapping(const KeyRule& rule, const YamlNode& node) {
    const std::string name(rule.name);
    if (node.kind != Kind::mapping) return Complaint{&node, name + " takes a mapping"};
    for (const YamlNode& child : node.children) {
        if (const auto problem = rule.check(child.key)) {
            return Complaint{&child,
                             "a key of " + name + " is " + in_quotes(child.key) + "; " + *problem};
        }
        if (rule.name != "layers") continue;
        if (auto problem = complaint_about_layer(child)) return problem;
    }
    return std::nullopt;
}

std::string_view trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

}  // namespace

std::optional<Complaint> complaint_about(const KeyRule& rule, const YamlNode& node) {
    switch (rule.shape) {
        case KeyRule::Shape::value:
            return complaint_about_value({rule, std::string(rule.name)}, node);
        case KeyRule::Shape::list: return complaint_about_list(rule, node);
        case KeyRule::Shape::mapping: break;
    }
    return complaint_about_mapping(rule, node);
}

YamlNode split_list(const YamlNode& text) {
    YamlNode list;
    list.kind = Kind::sequence;
    list.line = text.line;
    list.key = text.key;
    std::string_view rest = text.scalar;
    while (!trimmed(rest).empty()) {
        const std::size_t comma = rest.find(',');
        YamlNode entry;
        entry.kind = Kind::scalar;
        entry.line = text.line;
        entry.scalar = trimmed(rest.substr(0, comma));
        list.children.push_back(std::move(entry));
        rest = comma == std::string_view::npos ? std::string_view{} : rest.substr(comma + 1);
    }
    return list;
}

}  // namespace relief::workspace
