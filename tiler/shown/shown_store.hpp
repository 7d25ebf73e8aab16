#pragma once
// The tables shown_* of relief.db: what everyone may know of reports. All of it follows from the
// exact reports; nothing in it leads back to those that may not be told apart.

#include "tiler/core/result.hpp"
#include "tiler/report/cell.hpp"
#include "tiler/report/report.hpp"
#include "tiler/shown/content.hpp"
#include "tiler/workspace/database.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace relief::shown {

/// A report that everyone may see by itself.
struct PublicReport {
    std::int64_t number = 0;
    std::uint64_t feature = 0;  ///< id in tiles
    std::string id;
    report::Place place;                 ///< of an area: its middle
    std::optional<report::Cell> area{};  ///< where its place is not known to the point
    std::string title;
    std::string description;
    std::string category;
    report::Severity severity = report::Severity::unknown;
    report::Status status = report::Status::fresh;
    Sensitivity level = Sensitivity::low;
    InstantRange time;
    Instant received;
    Instant changed;
    std::vector<std::string> photos{};
    std::string licence{};
    std::string attribution{};
};

/// How far the tables have followed.
struct Progress {
    std::int64_t sequence = 0;  ///< of the outbox
    std::int64_t batch = 0;     ///< when groups were made last: ms since 1970
    std::int64_t revision = 0;  ///< raised by each change of what is shown
    Instant changed{};          ///< the last of them
    std::string epoch{};        ///< fingerprint of the rules that it was made by
    bool operator==(const Progress&) const = default;
};

/// A report as the columns need it, or several that are shown together.
struct ShownGroup {
    AreaRow row;           ///< its category is that of the text
    std::string category;  ///< empty: not told
};

struct ShownChange {
    std::vector<PublicReport> put{};
    std::vector<std::int64_t> erased{};               ///< numbers, of which some may be unknown
    std::optional<std::vector<ShownGroup>> groups{};  ///< in the place of those before
    Progress progress{};
};

/// One connection; belongs to one thread at a time.
class ShownStore {
public:
    /// Errors: as LayerStore::open(), which makes the tables.
    static Result<ShownStore> open(const std::filesystem::path& workspace);
    /// Reading only. Errors: not_found when there is no relief.db, or an older one.
    static Result<ShownStore> open_existing(const std::filesystem::path& workspace);

    Result<Progress> progress() const;
    /// In one transaction. What a crash of the machine takes away is followed again; what is erased
    /// is gone from the bytes of the files (where another program reads for seconds, with the next
    /// that is erased). Errors: those of the disk; nothing is written then.
    Result<void> write(const ShownChange& change);
    /// As if nothing had ever been shown. What was is overwritten in the file.
    Result<void> clear();

    /// Tells the board all that is shown.
    Result<void> load(Board& board) const;
    Result<std::optional<PublicReport>> find(std::string_view id) const;
    /// In the order of the numbers; without those that are gone.
    Result<std::vector<PublicReport>> of(std::span<const std::uint32_t> numbers) const;
    /// Those with the highest numbers below `before`, falling.
    Result<std::vector<PublicReport>> newest(std::optional<std::int64_t> before,
                                             std::size_t limit) const;
    /// In the order of the numbers; nothing of one that is gone.
    Result<std::vector<std::optional<RowText>>> texts(std::span<const std::uint32_t> numbers) const;

private:
    explicit ShownStore(workspace::Connection connection) : connection_(std::move(connection)) {}
    Result<void> put_groups(const std::vector<ShownGroup>& groups);
    Result<void> note(const Progress& progress);
    Result<bool> put_all(const std::vector<PublicReport>& reports);
    void forget_pages();

    mutable workspace::Connection connection_;
};

/// The rows of a report for columns: a point, or an area.
PointRow point_row(const PublicReport& report, std::uint16_t category);
AreaRow area_row(const PublicReport& report, std::uint16_t category);

}  // namespace relief::shown
