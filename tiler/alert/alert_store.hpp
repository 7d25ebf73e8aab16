#pragma once
// alerts.db: early warnings that were imported, until they are over.

#include "tiler/core/result.hpp"
#include "tiler/report/alert.hpp"
#include "tiler/workspace/database.hpp"

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace relief::alert {

/// One connection; belongs to one thread at a time. Holds nothing but what its senders have
/// published for everyone.
class AlertStore {
public:
    /// Makes alerts.db when it is missing. Errors: source_broken.
    static Result<AlertStore> open(const std::filesystem::path& workspace);
    /// Errors: not_found when there is none.
    static Result<AlertStore> open_existing(const std::filesystem::path& workspace);

    /// The alert, in the place of one of the same name that was sent earlier; what it updates or
    /// cancels is over, also when that comes later. `report`: id of the report that it makes on
    /// the map; empty: none. Gives the ids of the reports of those that are over by it.
    Result<std::vector<std::string>> put(const report::Alert& alert, std::string_view report);

    /// Those that nothing has replaced or cancelled and that go on at `now`, newest first.
    Result<std::vector<report::Alert>> current(Instant now, std::size_t limit) const;

    /// The reports of those that expired before `now`, each told once.
    Result<std::vector<std::string>> take_expired(Instant now);

private:
    explicit AlertStore(workspace::Connection connection) : connection_(std::move(connection)) {}
    Result<void> end_named(const report::AlertName& name, std::vector<std::string>& reports);
    Result<std::vector<std::string>> put_all(const report::Alert& alert, std::string_view report);

    mutable workspace::Connection connection_;
};

}  // namespace relief::alert
