#pragma once
// Who a byte may be shown to; part of every cache key from the first day.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace relief {

/// OCHA data responsibility levels.
enum class Sensitivity : std::uint8_t { low, moderate, high, severe };

std::string_view to_text(Sensitivity level) noexcept;
std::optional<Sensitivity> parse_sensitivity(std::string_view text) noexcept;

/// Role class and grants of the asker. Until roles exist everyone is anonymous: a layer above
/// `low` answers as if it were absent.
class Audience {
public:
    static Audience anonymous() noexcept { return {}; }

    // NOLINTNEXTLINE(readability-convert-member-functions-to-static): a question about this asker
    bool may_see(Sensitivity level) const noexcept { return level == Sensitivity::low; }

    /// Stable text for cache keys; two audiences with equal keys see equal bytes.
    // NOLINTNEXTLINE(readability-convert-member-functions-to-static): a fact about this asker
    std::string_view key() const noexcept { return "anonymous"; }

    bool operator==(const Audience&) const = default;
};

}  // namespace relief
