#include "tiler/core/pick.hpp"

#include "tiler/core/enum_names.hpp"

namespace relief {

std::string_view to_text(Pick pick) noexcept {
    return name_of(pick_names, pick);
}

std::optional<Pick> parse_pick(std::string_view text) noexcept {
    return find_name<Pick>(pick_names, text);
}

std::string_view to_text(SceneOrder order) noexcept {
    return name_of(scene_order_names, order);
}

std::optional<SceneOrder> parse_scene_order(std::string_view text) noexcept {
    return find_name<SceneOrder>(scene_order_names, text);
}

}  // namespace relief
