#pragma once
// Which scene of a mosaic, or what made of all of them, a cell shows.

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace relief {

enum class Pick : std::uint8_t {
    first,   ///< the first with data, in the mosaic's own order
    newest,  ///< the newest with data
    mean,
    median,
    max,
    count,  ///< how many have data there
};

inline constexpr std::array<std::string_view, 6> pick_names{
    "first", "newest", "mean", "median", "max", "count"};

std::string_view to_text(Pick pick) noexcept;
std::optional<Pick> parse_pick(std::string_view text) noexcept;

/// The order in which a mosaic's scenes are looked at.
enum class SceneOrder : std::uint8_t {
    newest,    ///< by time, then priority, then cloud
    clearest,  ///< by cloud, then time, then priority
    priority,  ///< by priority, then time, then cloud
};

inline constexpr std::array<std::string_view, 3> scene_order_names{
    "newest", "clearest", "priority"};

std::string_view to_text(SceneOrder order) noexcept;
std::optional<SceneOrder> parse_scene_order(std::string_view text) noexcept;

}  // namespace relief
