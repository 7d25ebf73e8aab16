#pragma once
// What everyone is shown of reports, for whoever answers: columns in memory, texts from relief.db.

#include "tiler/report/report_filter.hpp"
#include "tiler/shown/shown_store.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace relief::shown {

/// For any thread. Readers share no lock with the one who writes for longer than it takes to copy
/// a pointer.
class ShownIndex final : public RowTexts, public std::enable_shared_from_this<ShownIndex> {
public:
    /// Nothing is shown before the first show().
    explicit ShownIndex(std::filesystem::path workspace) : workspace_(std::move(workspace)) {}

    /// Told by the only one who writes the tables.
    void show(ContentPointer content, const Progress& progress);

    /// The open view as it is now.
    Sight sight() const;

    Result<std::vector<std::optional<RowText>>> of(
        std::span<const std::uint32_t> numbers) const override;

    /// A report that everyone may see by itself. Errors: source_broken.
    Result<std::optional<PublicReport>> find(std::string_view id) const;
    struct PageWish {
        report::ReportFilter filter{};
        std::optional<std::int64_t> before{};  ///< number of the last one seen
        std::size_t limit = 100;
    };
    /// Those that everyone may see by themselves, the last that came first. What is an area is met
    /// where its middle lies. Errors: source_broken; out_of_time after some seconds.
    Result<std::vector<PublicReport>> page(const PageWish& wish) const;

    /// Of the columns.
    std::size_t bytes() const;

private:
    struct Lent;
    Lent lend() const;

    std::filesystem::path workspace_;
    mutable std::mutex mutex_;
    ContentPointer content_ = Board().now();
    Progress progress_;
    mutable std::vector<std::unique_ptr<ShownStore>> idle_;
};

}  // namespace relief::shown
