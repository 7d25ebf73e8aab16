#pragma once
// Records of an import on their way into the workspace, some thousand in a transaction.

#include "server/command/import_book.hpp"
#include "tiler/alert/alert_store.hpp"
#include "tiler/exact/exact_store.hpp"
#include "tiler/report/reading.hpp"

#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <vector>

namespace relief::command {

/// Where rows that are refused are named: a CSV of row and reason, readable by its owner only; or
/// in memory the first few.
class RejectList {
public:
    static constexpr std::size_t most_kept = 10;

    /// `file` empty: in memory. `go_on`: after what stands there. Errors: bad_request.
    static Result<RejectList> open(const std::string& file, bool go_on);

    void add(std::uint64_t row, const std::string& reason);
    /// False: the file took not all.
    bool flush();
    const std::vector<std::string>& first() const noexcept { return first_; }

private:
    RejectList() = default;
    std::optional<std::ofstream> stream_;
    std::vector<std::string> first_;
};

/// What holds for every record.
struct ImportRule {
    exact::IntakeRule intake;
    /// No record below it; nothing: none below `intake.level` but those that an export of Relief
    /// states.
    std::optional<Sensitivity> floor{};
    std::string licence{}, attribution{};
    Instant now;
};

class ImportWork {
public:
    ImportWork(exact::ExactStore& exact, std::filesystem::path workspace, ImportRule rule)
        : exact_(exact), workspace_(std::move(workspace)), rule_(std::move(rule)) {}

    /// Where an import goes on. The records before are counted and left out.
    void begin_after(const ImportCounts& counts) { begun_ = counts; }
    /// Errors: those of the stores.
    Result<void> take(report::Found found, RejectList& rejects);
    /// What waits is on disk then.
    Result<void> flush();

    const ImportCounts& counts() const noexcept { return counts_; }
    bool has_full_batch() const noexcept { return waiting_.size() >= batch; }
    bool was_before(std::uint64_t record) const noexcept { return record <= begun_.read; }

private:
    static constexpr std::size_t batch = 5000;

    struct Waiting {
        exact::Arrival arrival;
        std::optional<report::Alert> alert{};
    };
    void wait_for(report::Draft draft, std::optional<report::Alert> alert = std::nullopt);
    Result<void> take_draft(report::Draft draft, bool of_relief);
    void count(exact::Outcome outcome);
    Result<alert::AlertStore*> alerts();
    Result<void> keep(const report::Alert& alert, const std::string& report);
    Result<void> end_reports(const std::vector<std::string>& ids);
    Result<bool> is_own(const report::Draft& draft);

    exact::ExactStore& exact_;
    std::filesystem::path workspace_;
    ImportRule rule_;
    ImportCounts begun_;
    ImportCounts counts_;
    std::vector<Waiting> waiting_;
    std::optional<alert::AlertStore> alerts_;
};

}  // namespace relief::command
