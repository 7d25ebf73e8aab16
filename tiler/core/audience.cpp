#include "tiler/core/audience.hpp"

#include <array>

namespace relief {
namespace {

constexpr std::array<std::string_view, 4> level_names{"low", "moderate", "high", "severe"};

}  // namespace

std::string_view to_text(Sensitivity level) noexcept {
    return level_names[static_cast<std::size_t>(level)];
}

std::optional<Sensitivity> parse_sensitivity(std::string_view text) noexcept {
    for (std::size_t i = 0; i < level_names.size(); ++i) {
        if (level_names[i] == text) return static_cast<Sensitivity>(i);
    }
    return std::nullopt;
}

}  // namespace relief
