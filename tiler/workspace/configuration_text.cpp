// The effective configuration as YAML and JSON, for `relief config print`.

#include "tiler/workspace/configuration.hpp"
#include "tiler/workspace/key_rules.hpp"
#include "tiler/workspace/variables.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace relief::workspace {
namespace {

using nlohmann::ordered_json;

/// Texts that YAML reads as themselves without quotes, a narrow choice of them.
bool is_plain(std::string_view text) {
    const auto is_word = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    };
    const auto is_inner = [&](char c) {
        return is_word(c) || c == '.' || c == '/' || c == '_' || c == '-' || c == ':';
    };
    return !text.empty() && is_word(text.front()) && text.back() != ':' && text != "null" &&
           text != "Null" && text != "NULL" && std::all_of(text.begin(), text.end(), is_inner);
}

std::string quoted(const std::string& text) {
    // A JSON text is a double-quoted YAML scalar (YAML 1.2, section 1.3).
    return ordered_json(text).dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

std::string origin_of(const KeyRule& rule, const Setting& setting) {
    std::string text = setting.origin == Origin::built_in ? "built in" : setting.place;
    if (rule.read == KeyRule::Read::later) text += "; not read by this build";
    return "  # " + text + "\n";
}

/// What stands in relief.yaml; nothing when that would show a secret.
std::optional<std::string> source_text(const KeyRule& rule, const Setting& setting) {
    if (rule.print == KeyRule::Print::open) return unexpanded(setting.value);
    if (setting.origin == Origin::built_in) return setting.value;
    if (setting.origin == Origin::environment && rule.shape == KeyRule::Shape::value) {
        return "${" + setting.place + "}";
    }
    const bool comes_from_a_variable = rule.shape == KeyRule::Shape::value &&
                                       setting.written.starts_with("${") &&
                                       setting.written.find('}') == setting.written.size() - 1;
    if (comes_from_a_variable) return setting.written;
    return std::nullopt;
}

struct Line {
    const KeyRule& rule;
    const Setting& setting;
    std::string_view name;
    std::string_view indent;
};

std::string to_line(const Line& line) {
    const std::string name = std::string(line.indent) + std::string(line.name) + ": ";
    const auto text = source_text(line.rule, line.setting);
    if (!text) return "# " + name + "not shown" + origin_of(line.rule, line.setting);
    const bool bare = line.rule.shape != KeyRule::Shape::value || is_plain(*text);
    return name + (bare ? *text : quoted(*text)) + origin_of(line.rule, line.setting);
}

/// The members of a mapping that shares its name with a section, one a line.
std::string member_lines(const KeyRule& rule, const Setting& setting) {
    const auto tree = ordered_json::parse(unexpanded(setting.value), nullptr, false);
    std::string text;
    for (const auto& [key, value] : tree.items()) {
        text += "  " + quoted(key) + ": " + value.dump() + origin_of(rule, setting);
    }
    return text;
}

std::string_view name_of(Origin origin) noexcept {
    switch (origin) {
        case Origin::built_in: break;
        case Origin::file: return "file";
        case Origin::environment: return "environment";
        case Origin::option: return "option";
    }
    return "built in";
}

ordered_json value_of(const KeyRule& rule, const Setting& setting) {
    const bool open = rule.print == KeyRule::Print::open;
    const auto text = open ? std::optional(setting.value) : source_text(rule, setting);
    if (!text) return nullptr;
    if (rule.shape == KeyRule::Shape::value) return *text;
    auto tree = ordered_json::parse(*text, nullptr, false);
    return tree.is_discarded() ? ordered_json(*text) : tree;
}

}  // namespace

std::string to_json(const Configuration& configuration) {
    ordered_json settings = ordered_json::object();
    for (const KeyRule& rule : key_rules()) {
        const auto found = configuration.settings.find(std::string(rule.name));
        if (found == configuration.settings.end()) continue;
        const Setting& setting = found->second;
        settings[found->first] = {{"value", value_of(rule, setting)},
                                  {"origin", name_of(setting.origin)},
                                  {"place", setting.place}};
    }
    const ordered_json document{{"settings", std::move(settings)},
                                {"warnings", configuration.warnings}};
    return document.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

std::string to_yaml(const Configuration& configuration) {
    std::string text;
    std::string section;
    for (const KeyRule& rule : key_rules()) {
        const auto found = configuration.settings.find(std::string(rule.name));
        if (found == configuration.settings.end()) continue;
        const std::size_t dot = rule.name.find('.');
        const std::string head(rule.name.substr(0, dot));
        const bool in_section = dot != std::string_view::npos || is_section(rule.name);
        if (in_section && head != section) text += head + ":\n";
        section = head;
        if (dot != std::string_view::npos) {
            text += to_line({rule, found->second, rule.name.substr(dot + 1), "  "});
        } else if (in_section) {
            text += member_lines(rule, found->second);
        } else {
            text += to_line({rule, found->second, rule.name, ""});
        }
    }
    return text;
}

}  // namespace relief::workspace
