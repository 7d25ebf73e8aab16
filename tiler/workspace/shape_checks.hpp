#pragma once
// Whether a part of relief.yaml has the shape that its key asks for.

#include "tiler/workspace/key_rules.hpp"
#include "tiler/workspace/yaml_node.hpp"

#include <optional>
#include <string>

namespace relief::workspace {

/// Something wrong, and the node whose line shows it.
struct Complaint {
    const YamlNode* node;
    std::string what;  ///< begins with the key
};

/// The node must have the rule's shape; lists hold single values, mappings what their key allows.
std::optional<Complaint> complaint_about(const KeyRule& rule, const YamlNode& node);

/// A list given as one text, "a, b", as a list of texts.
YamlNode split_list(const YamlNode& text);

}  // namespace relief::workspace
