#include "tiler/core/pick.hpp"

namespace relief {
namespace {

template <typename Value, std::size_t count>
std::optional<Value> find_name(const std::array<std::string_view, count>& names,
                               std::string_view text) noexcept {
    for (std::size_t i = 0; i < count; ++i) {
        if (names[i] == text) return static_cast<Value>(i);
    }
    return std::nullopt;
}

}  // namespace

std::string_view to_text(Pick pick) noexcept {
    return pick_names[static_cast<std::size_t>(pick)];
}

std::optional<Pick> parse_pick(std::string_view text) noexcept {
    return find_name<Pick>(pick_names, text);
}

std::string_view to_text(SceneOrder order) noexcept {
    return scene_order_names[static_cast<std::size_t>(order)];
}

std::optional<SceneOrder> parse_scene_order(std::string_view text) noexcept {
    return find_name<SceneOrder>(scene_order_names, text);
}

}  // namespace relief
