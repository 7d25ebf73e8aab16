#include "tiler/workspace/settings_reader.hpp"

#include "tiler/workspace/shape_checks.hpp"
#include "tiler/workspace/suggestion.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace relief::workspace {
namespace {

using Kind = YamlNode::Kind;

Error at(const std::string& place, const std::string& what, std::string detail = {}) {
    return bad_request(place + ": " + what, std::move(detail));
}

/// read_yaml() says "line 3: …"; the reader of the message wants "relief.yaml:3: …".
Error with_file_name(const Error& error, const std::string& file_name) {
    constexpr std::size_t word = std::string_view("line ").size();
    return bad_request(file_name + ":" + error.what.substr(word), error.detail);
}

std::string text_of(const KeyRule& rule, const YamlNode& node) {
    return rule.shape == KeyRule::Shape::value ? node.scalar : to_json_text(node);
}

}  // namespace

std::string SettingsReader::Source::place_of(const YamlNode& node) const {
    return origin == Origin::file ? name + ":" + std::to_string(node.line) : name;
}

SettingsReader::SettingsReader(const Variables& environment) : environment_(environment) {
    for (const KeyRule& rule : key_rules()) {
        const std::string value(rule.default_value);
        settings_[std::string(rule.name)] = {value, unexpanded(value), Origin::built_in, {}};
    }
}

Result<void> SettingsReader::read_file(const ConfigurationInput& input) {
    const auto root = read_yaml(input.file_text);
    if (!root) return with_file_name(root.error(), input.file_name);
    if (root->kind == Kind::null) return {};
    if (root->kind != Kind::mapping) {
        return at(input.file_name + ":1",
                  "must hold keys and values, for instance \"listen: HOST:PORT\"");
    }
    return read_members(*root, "", {Origin::file, input.file_name});
}

Result<void> SettingsReader::read_environment() {
    std::set<std::string> known{"RELIEF_WORKSPACE"};  // names the workspace, before there is a file
    for (const KeyRule& rule : key_rules()) {
        const std::string name = variable_of(rule.name);
        known.insert(name);
        const auto found = environment_.find(name);
        if (found == environment_.end()) continue;
        if (auto stated = state_text(rule, found->second, {Origin::environment, name}); !stated) {
            return stated;
        }
    }
    const std::vector<std::string_view> names(known.begin(), known.end());
    for (const auto& [name, value] : environment_) {
        if (!name.starts_with("RELIEF_") || known.contains(name)) continue;
        warnings_.push_back("the variable " + name.substr(0, 80) + " names no key" +
                            suggest(name, names));
    }
    return {};
}

Result<void> SettingsReader::read_options(const std::map<std::string, std::string>& options) {
    for (const auto& [option, value] : options) {
        std::string key = option;
        std::replace(key.begin(), key.end(), '-', '_');
        const std::string name = "--" + option.substr(0, 80);
        const KeyRule* rule = find_rule(key);
        if (rule == nullptr) return at(name, "unknown key" + suggest_key(key));
        if (auto stated = state_text(*rule, value, {Origin::option, name}); !stated) return stated;
    }
    return {};
}

Result<void> SettingsReader::read_members(const YamlNode& parent,
                                          const std::string& prefix,
                                          const Source& source) {
    for (const YamlNode& child : parent.children) {
        if (auto read = read_member(child, prefix + child.key, source); !read) return read;
    }
    return {};
}

Result<void> SettingsReader::read_member(const YamlNode& node,
                                         const std::string& key,
                                         const Source& source) {
    if (const KeyRule* rule = find_rule(key)) return state(*rule, node, source);
    if (!is_section(key)) {
        return at(source.place_of(node), "unknown key " + key.substr(0, 80) + suggest_key(key));
    }
    if (node.kind == Kind::null) return {};
    if (node.kind != Kind::mapping) {
        return at(source.place_of(node), key + " is not a value but holds keys of its own");
    }
    return read_members(node, key + ".", source);
}

Result<YamlNode> SettingsReader::state_inner_keys(const KeyRule& rule,
                                                  const YamlNode& node,
                                                  const Source& source) {
    YamlNode own = node;
    if (rule.shape != KeyRule::Shape::mapping || !is_section(rule.name)) return own;
    own.children.clear();
    for (const YamlNode& child : node.children) {
        const KeyRule* inner = find_rule(std::string(rule.name) + "." + child.key);
        if (inner == nullptr) {
            own.children.push_back(child);
        } else if (auto stated = state(*inner, child, source); !stated) {
            return stated.error();
        }
    }
    return own;
}

Result<void> SettingsReader::state(const KeyRule& rule,
                                   const YamlNode& node,
                                   const Source& source) {
    if (node.kind == Kind::null) return {};  // "key:" with nothing behind it states nothing
    auto own = state_inner_keys(rule, node, source);
    if (!own) return own.error();
    auto value = expanded(*own, source);
    if (!value) return value.error();
    if (rule.shape == KeyRule::Shape::list && value->kind == Kind::scalar) {
        own = split_list(*own);
        value = split_list(*value);
    }
    if (const auto complaint = complaint_about(rule, *value)) {
        return at(source.place_of(*complaint->node), complaint->what);
    }
    Setting& setting = settings_[std::string(rule.name)];
    if (source.origin == Origin::file && setting.origin == Origin::file) {
        return at(source.place_of(node), std::string(rule.name) + " is stated twice");
    }
    const std::string text = text_of(rule, *value);
    const bool from_file = source.origin == Origin::file;
    setting = {text,
               from_file ? text_of(rule, *own) : unexpanded(text),
               source.origin,
               source.place_of(node)};
    return {};
}

Result<void> SettingsReader::state_text(const KeyRule& rule,
                                        const std::string& text,
                                        const Source& source) {
    YamlNode node;
    node.kind = Kind::scalar;
    node.scalar = text;
    const bool bracketed = text.starts_with('[') || text.starts_with('{');
    if (rule.shape != KeyRule::Shape::value && bracketed) {
        auto parsed = read_yaml(text);
        if (!parsed) return at(source.name, parsed.error().what, parsed.error().detail);
        node = *std::move(parsed);
    }
    return state(rule, node, source);
}

Result<YamlNode> SettingsReader::expanded(const YamlNode& node, const Source& source) const {
    YamlNode result = node;
    // Only the file is a template; a variable or option is taken as it is.
    if (source.origin != Origin::file) return result;
    if (node.kind == Kind::scalar) {
        auto text = expand(node.scalar, environment_);
        if (!text)
            return at(source.place_of(node), text.error().what + " (in \"" + node.key + "\")");
        result.scalar = *std::move(text);
    }
    for (YamlNode& child : result.children) {
        auto inner = expanded(child, source);
        if (!inner) return inner;
        child = *std::move(inner);
    }
    return result;
}

}  // namespace relief::workspace
