#include "server/access/map_key.hpp"

namespace relief::access {
namespace {

constexpr KeyName map_key_name{"map-token.key", "the key for tokens of maps"};

}  // namespace

Result<MapKey> read_map_key(const std::filesystem::path& workspace) {
    return read_key(workspace, map_key_name);
}

Result<MapKey> ensure_map_key(const std::filesystem::path& workspace) {
    return ensure_key(workspace, map_key_name);
}

Result<MapKey> replace_map_key(const std::filesystem::path& workspace) {
    return replace_key(workspace, map_key_name);
}

}  // namespace relief::access
