#pragma once
// The SQLite file in which an export notes how far it has come: one writer, all or nothing.

#include "tiler/archive/tile_store.hpp"
#include "tiler/workspace/database.hpp"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

namespace relief::archive {

/// The refusal to go on with the unfinished export of another order.
Error other_work();

/// While it is open no other program may read or write the file.
class WorkBook {
public:
    struct Plan {
        std::filesystem::path file;
        std::string order;   ///< of the export, see Description
        const char* tables;  ///< statements that make the store's own tables
    };

    /// Goes on with the file when it is there, else makes it.
    /// Errors: too_busy while another export holds it; conflict when it is of another order.
    static Result<std::unique_ptr<WorkBook>> open(const Plan& plan);

    /// Deletes a work book with what SQLite keeps beside it. Errors: too_busy as open().
    static Result<void> discard(const std::filesystem::path& file);

    /// True when end() was called on it before, which only the file's new name can still follow.
    bool ended() const noexcept { return ended_; }

    workspace::Connection& connection() noexcept { return *connection_; }
    Ledger& ledger() noexcept { return ledger_; }
    const Ledger& ledger() const noexcept { return ledger_; }

    /// Before each change; the changes since then last only from commit().
    Result<void> begin();
    Result<void> commit(std::uint64_t next);

    /// Takes the notes out of the file, in one step with the changes since commit().
    Result<void> end();
    /// All statements must be gone.
    Result<void> close();

private:
    WorkBook() = default;
    Result<void> prepare(const Plan& plan);
    Result<void> read_ledger(const std::string& order);

    std::optional<workspace::Connection> connection_;
    Ledger ledger_;
    bool ended_ = false;
    bool changing_ = false;
};

}  // namespace relief::archive
