#include "tiler/core/resampling.hpp"

#include <array>

namespace relief {
namespace {

constexpr std::array<std::string_view, 5> method_names{
    "nearest", "bilinear", "cubic", "average", "mode"};
constexpr std::array<std::string_view, 5> kind_names{
    "imagery", "continuous", "categorical", "mask", "elevation"};

template <typename Value, std::size_t count>
std::optional<Value> find_name(const std::array<std::string_view, count>& names,
                               std::string_view text) noexcept {
    for (std::size_t i = 0; i < count; ++i) {
        if (names[i] == text) return static_cast<Value>(i);
    }
    return std::nullopt;
}

}  // namespace

std::string_view to_text(Resampling method) noexcept {
    return method_names[static_cast<std::size_t>(method)];
}

std::optional<Resampling> parse_resampling(std::string_view text) noexcept {
    return find_name<Resampling>(method_names, text);
}

std::string_view to_text(RasterKind kind) noexcept {
    return kind_names[static_cast<std::size_t>(kind)];
}

std::optional<RasterKind> parse_raster_kind(std::string_view text) noexcept {
    return find_name<RasterKind>(kind_names, text);
}

}  // namespace relief
