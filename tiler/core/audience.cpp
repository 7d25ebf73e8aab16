#include "tiler/core/audience.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace relief {
namespace {

constexpr std::array<std::string_view, 4> level_names{"low", "moderate", "high", "severe"};

std::string key_of_audience(Role role, const std::optional<std::vector<std::string>>& layers) {
    std::string key(name_of(role_names, role));
    if (!layers) return key;
    key += ':';
    for (const std::string& layer : *layers) key += layer + ',';
    return key;
}

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

Audience Audience::of(Role role, std::optional<std::vector<std::string>> layers) {
    Audience audience;
    if (role == Role::anonymous) return audience;
    if (layers) {
        std::sort(layers->begin(), layers->end());
        layers->erase(std::unique(layers->begin(), layers->end()), layers->end());
    }
    std::string key = key_of_audience(role, layers);
    audience.who_ = std::make_shared<const Who>(Who{role, std::move(layers), std::move(key)});
    return audience;
}

Audience Audience::for_maps(std::optional<std::vector<std::string>> fence) const {
    if (!who_) return *this;
    Who who = *who_;
    who.only_maps = true;
    who.key += ";map";
    if (fence) {
        if (who.fence)
            std::erase_if(*fence, [&](const std::string& layer) {
                return !std::binary_search(who.fence->begin(), who.fence->end(), layer);
            });
        std::sort(fence->begin(), fence->end());
        fence->erase(std::unique(fence->begin(), fence->end()), fence->end());
        who.key += ':';
        for (const std::string& layer : *fence) who.key += layer + ',';
        who.fence = std::move(fence);
    }
    Audience audience;
    audience.who_ = std::make_shared<const Who>(std::move(who));
    return audience;
}

bool Audience::may_see(std::string_view layer, Sensitivity level) const noexcept {
    if (level == Sensitivity::low) return true;
    if (!who_) return false;
    const auto& fence = who_->fence;
    if (fence && !std::binary_search(fence->begin(), fence->end(), layer)) return false;
    const auto& layers = who_->layers;
    const bool granted = layers && std::binary_search(layers->begin(), layers->end(), layer);
    if (layers && !granted) return false;
    switch (who_->role) {
        case Role::viewer: return granted && level != Sensitivity::severe;
        case Role::analyst:
            return level == Sensitivity::moderate || (granted && level == Sensitivity::high);
        case Role::moderator:
        case Role::admin: return true;
        default: return false;
    }
}

}  // namespace relief
