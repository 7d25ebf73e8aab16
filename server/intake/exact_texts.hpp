#pragma once
// What single reports tell to those who may see more than everyone.

#include "tiler/exact/exact_store.hpp"
#include "tiler/report/public_view.hpp"
#include "tiler/shown/content.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace relief::intake {

/// The ids of reports by their numbers. For any thread.
class ReportIds {
public:
    void put(std::int64_t number, std::string_view id);
    /// Empty for a number that is not known.
    std::string find(std::uint32_t number) const;

private:
    static constexpr std::size_t letters = 26;
    mutable std::mutex mutex_;
    std::vector<std::array<char, letters>> ids_;
};

/// Titles from exact.db. What the view sees as a cell has neither title nor id.
class ExactTexts final : public shown::RowTexts {
public:
    struct Order {
        std::filesystem::path workspace;
        report::View view = report::View::exact;
        report::PrivacyLevels levels;
        report::Moderation moderation = report::Moderation::before;
        std::function<std::uint64_t(std::string_view id)> feature_of;
    };
    ExactTexts(Order order, std::shared_ptr<const ReportIds> ids)
        : order_(std::move(order)), ids_(std::move(ids)) {}

    Result<std::vector<std::optional<shown::RowText>>> of(
        std::span<const std::uint32_t> numbers) const override;

private:
    std::optional<shown::RowText> told(const report::Report& report) const;

    Order order_;
    std::shared_ptr<const ReportIds> ids_;
    mutable std::mutex mutex_;
    mutable std::optional<exact::ExactStore> store_;
};

}  // namespace relief::intake
