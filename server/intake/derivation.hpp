#pragma once
// From exact reports to what each view sees of them.

#include "tiler/exact/exact_store.hpp"
#include "tiler/report/public_view.hpp"
#include "tiler/shown/content.hpp"
#include "tiler/shown/shown_store.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace relief::intake {

struct DerivationRules {
    report::PrivacyLevels levels;
    report::Moderation moderation = report::Moderation::before;
    /// The id that a report has in tiles: a keyed hash of its own.
    std::function<std::uint64_t(std::string_view id)> feature_of;
};

/// Holds what is counted of reports that the open view shows only together, and what the other
/// views see. Belongs to one thread.
class Derivation {
public:
    explicit Derivation(DerivationRules rules) : rules_(std::move(rules)) {}

    /// What everyone sees, as it was kept.
    shown::Board& open() noexcept { return open_; }
    shown::Board& analyst() noexcept { return analyst_; }
    shown::Board& exact() noexcept { return exact_; }

    /// Takes the place of all that was known of that report. `known`: the tables have followed the
    /// entry already; what was counted up to the batch at that time is in their groups.
    struct Known {
        bool known = false;
        /// It came while nobody followed: whether the groups of the tables count it is not known.
        bool missed = false;
        std::int64_t batch = 0;
    };
    void take(const exact::OutboxEntry& entry, const Known& before);

    /// What the open view is to show otherwise since the last settled(), but for groups.
    struct Open {
        std::vector<shown::PublicReport> put{};
        std::vector<std::int64_t> erased{};
    };
    Open changes() const;
    std::size_t change_count() const noexcept { return changes_.size(); }

    /// Members that may be counted from now on are: at a batch, told its moment.
    void begin_batch(std::int64_t moment);
    /// Something that groups are made from has changed since the last settled().
    bool regroup() const noexcept { return regroup_; }
    /// What is counted now, together.
    std::vector<shown::ShownGroup> groups();
    /// What changes() and groups() tell is kept: until then they tell it again.
    void settled();

private:
    struct Counted {
        report::Member member;
        std::int64_t from = 0;  ///< when it may be counted first
        bool counted = false;
    };
    void take_exact(std::uint32_t number, const std::optional<report::Report>& report);
    void take_analyst(std::uint32_t number, const std::optional<report::Report>& report);
    void take_open(std::int64_t number, const std::optional<report::Report>& report, bool known);
    void take_member(std::int64_t number,
                     const std::optional<report::Report>& report,
                     const Known& before);

    DerivationRules rules_;
    shown::Board open_;
    shown::Board analyst_;
    shown::Board exact_;
    /// By number: the last of each counts. Nothing: it is gone.
    std::map<std::int64_t, std::optional<shown::PublicReport>> changes_;
    std::unordered_map<std::int64_t, Counted> members_;
    bool regroup_ = false;
};

/// What is told of a report that everyone may see by itself.
shown::PublicReport public_report(const report::Report& report, std::uint64_t feature);

}  // namespace relief::intake
