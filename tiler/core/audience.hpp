#pragma once
// Who a byte may be shown to; part of every cache key from the first day.

#include "tiler/core/enum_names.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace relief {

/// OCHA data responsibility levels.
enum class Sensitivity : std::uint8_t { low, moderate, high, severe };

std::string_view to_text(Sensitivity level) noexcept;
std::optional<Sensitivity> parse_sensitivity(std::string_view text) noexcept;

/// Duties, not a ladder: an analyst brings layers in, a moderator reviews reports and sees exact
/// places, an admin has every duty.
enum class Role : std::uint8_t { anonymous, viewer, analyst, moderator, admin };
inline constexpr EnumNames<5> role_names{"anonymous", "viewer", "analyst", "moderator", "admin"};

/// Role and granted layers of the asker. Cheap to copy.
class Audience {
public:
    static Audience anonymous() noexcept { return {}; }
    /// `layers`: names of those granted; none: what the role sees by itself.
    static Audience of(Role role, std::optional<std::vector<std::string>> layers = std::nullopt);

    /// The same sight without the duties, and where `fence` is given, of layers above low only
    /// those that it names: what a map is shown, which never does more than show.
    Audience for_maps(std::optional<std::vector<std::string>> fence) const;

    Role role() const noexcept { return who_ ? who_->role : Role::anonymous; }
    bool is_anonymous() const noexcept { return role() == Role::anonymous; }
    /// Has the duty of that role: an admin has all.
    bool serves_as(Role duty) const noexcept {
        return !(who_ && who_->only_maps) && (role() == duty || role() == Role::admin);
    }
    /// The layers that it names; none: what the role sees by itself.
    std::optional<std::vector<std::string>> grants() const {
        return who_ ? who_->layers : std::nullopt;
    }
    bool is_only_for_maps() const noexcept { return who_ && who_->only_maps; }

    /// Low is for everyone. Above it, where the asker has grants, only layers that they name; a
    /// viewer sees nothing without a grant and nothing severe, an analyst what is moderate, and
    /// what is high with a grant; moderators and admins see all that their grants allow.
    bool may_see(std::string_view layer, Sensitivity level) const noexcept;

    /// Stable text for cache keys; two audiences with equal keys see equal bytes.
    std::string_view key() const noexcept {
        return who_ ? std::string_view(who_->key) : std::string_view("anonymous");
    }
    /// The key of a thing that looks the same to all who may see it: what is low is kept once.
    std::string_view key_for(Sensitivity level) const noexcept {
        return level == Sensitivity::low ? "anonymous" : key();
    }

    bool operator==(const Audience& other) const noexcept { return key() == other.key(); }

private:
    struct Who {
        Role role;
        std::optional<std::vector<std::string>> layers;  ///< sorted
        std::string key;
        std::optional<std::vector<std::string>> fence{};  ///< sorted
        bool only_maps = false;
    };
    std::shared_ptr<const Who> who_;  ///< null: anonymous
};

}  // namespace relief
