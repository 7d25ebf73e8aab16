#pragma once
// Which reports a request chooses: by its words, its time and its filters.

#include "tiler/pipeline/live_features.hpp"
#include "tiler/pipeline/report_rows.hpp"
#include "tiler/shown/content.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace relief::pipeline {

/// Belongs to one answer; sight and reach outlive it.
class ReportChoice {
public:
    ReportChoice(const shown::Sight& sight, const FeatureReach& reach);

    /// What the rows themselves tell.
    const shown::RowFilter& rows() const noexcept { return rows_; }

    /// As an area; else it is counted, in its middle.
    bool is_seen(const shown::AreaRow& area) const noexcept;

    Result<std::vector<std::optional<shown::RowText>>> texts_of(
        std::span<const std::uint32_t> numbers) const;

    /// The filters' word on it. Errors: those of the store, where they ask for what it alone tells;
    /// out_of_time; too_large when it was looked into `most_looks` times.
    Result<bool> passes(const shown::PointRow& row);
    /// Both what rows tell and the filters.
    Result<bool> passes(const shown::AreaRow& row);
    static constexpr std::size_t most_looks = 100'000;

private:
    template <typename Row>
    Result<bool> asked(const Row& row, GeometryKind kind);

    const shown::Content& content_;
    const shown::RowTexts* texts_;  ///< null where there is nothing
    const FeatureReach& reach_;
    shown::RowFilter rows_;
    std::size_t looks_ = 0;  ///< into the store
    std::size_t asked_ = 0;
};

}  // namespace relief::pipeline
