#pragma once
// Lays file, environment and options over the defaults, checking each value where it is stated.

#include "tiler/workspace/configuration.hpp"
#include "tiler/workspace/key_rules.hpp"
#include "tiler/workspace/variables.hpp"
#include "tiler/workspace/yaml_node.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace relief::workspace {

/// Call the steps in the order of their weight: file, environment, options.
class SettingsReader {
public:
    explicit SettingsReader(const Variables& environment);

    /// Errors, of each step: bad_request naming place, key, value and what is allowed.
    Result<void> read_file(const ConfigurationInput& input);
    Result<void> read_environment();
    Result<void> read_options(const std::map<std::string, std::string>& options);

    const std::map<std::string, Setting>& settings() const noexcept { return settings_; }
    const std::vector<std::string>& warnings() const noexcept { return warnings_; }

private:
    struct Source {
        Origin origin;
        std::string name;  ///< the file, the variable, the option
        std::string place_of(const YamlNode& node) const;
    };

    Result<void> read_members(const YamlNode& parent,
                              const std::string& prefix,
                              const Source& source);
    Result<void> read_member(const YamlNode& node, const std::string& key, const Source& source);
    /// layers: holds ids and, beside them, keys such as layers.sensitivity. Gives the ids.
    Result<YamlNode> state_inner_keys(const KeyRule& rule,
                                      const YamlNode& node,
                                      const Source& source);
    Result<void> state(const KeyRule& rule, const YamlNode& node, const Source& source);
    Result<void> state_text(const KeyRule& rule, const std::string& text, const Source& source);
    Result<YamlNode> expanded(const YamlNode& node, const Source& source) const;

    const Variables& environment_;
    std::map<std::string, Setting> settings_;
    std::vector<std::string> warnings_;
};

}  // namespace relief::workspace
