#pragma once
// relief.yaml as a tree in which every part knows its line; nothing in it can grow beyond its text.

#include "tiler/core/result.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace relief::workspace {

struct YamlNode {
    enum class Kind : std::uint8_t { null, scalar, sequence, mapping };

    Kind kind = Kind::null;
    int line = 0;                    ///< 1-based; of the key for a member of a mapping
    std::string key;                 ///< of a member of a mapping; empty else
    std::string scalar;              ///< text of a scalar, quotes taken off
    std::vector<YamlNode> children;  ///< of a sequence or mapping

    const YamlNode* member(std::string_view name) const noexcept;
};

inline constexpr std::size_t yaml_longest = std::size_t{1} << 20U;  ///< bytes
inline constexpr std::size_t yaml_deepest = 16;                     ///< nesting

/// Errors: bad_request beginning with "line N: ": not UTF-8, not YAML, more than one document, an
/// anchor or alias, a key stated twice, a key that is not plain text, too long, too deep.
Result<YamlNode> read_yaml(const std::string& text);

/// The tree as JSON on one line, all scalars as texts, members in their order.
std::string to_json_text(const YamlNode& node);

}  // namespace relief::workspace
