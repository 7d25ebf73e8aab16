#pragma once
// Which reports a request chooses: by its words, its time and its filters.

#include "tiler/pipeline/live_features.hpp"
#include "tiler/pipeline/report_rows.hpp"
#include "tiler/shown/content.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace relief::pipeline {

/// Sight and reach outlive it.
class ReportChoice {
public:
    ReportChoice(const shown::Sight& sight, const FeatureReach& reach);

    /// What the rows themselves tell.
    const shown::RowFilter& rows() const noexcept { return rows_; }

    Result<std::vector<std::optional<shown::RowText>>> texts_of(
        std::span<const std::uint32_t> numbers) const;

    /// Of what the texts tell: only where there is a filter, which may ask for it.
    Result<bool> passes(ReportValues& values, GeometryKind kind, std::uint32_t number) const;
    Result<bool> passes(const shown::AreaRow& area) const;
    bool wants(const ReportRow& row) const;

private:
    const shown::Content& content_;
    const shown::RowTexts* texts_;  ///< null where there is nothing
    const FeatureReach& reach_;
    shown::RowFilter rows_;
};

}  // namespace relief::pipeline
