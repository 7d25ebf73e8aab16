#include "tiler/exact/exact_store.hpp"

#include "tiler/exact/exact_schema.hpp"
#include "tiler/exact/report_rows.hpp"

#include <cerrno>
#include <fcntl.h>
#include <limits>
#include <mutex>
#include <sodium.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace relief::exact {
namespace {

namespace fs = std::filesystem;
using workspace::Connection;
using workspace::Statement;

constexpr const char* subject = "the store of exact reports (exact.db)";
constexpr mode_t owner_only = S_IRUSR | S_IWUSR;

Error not_kept(const char* how) {
    return source_broken(std::string(subject) + ' ' + how, std::generic_category().message(errno));
}

/// Before SQLite opens it, whose log files take the modes of the database. A file that is there is
/// never opened here: closing any descriptor of it would drop every lock that SQLite holds on it in
/// this process, and the next process would take the log that is being written for a dead one's
/// and remove it (sqlite.org/howtocorrupt.html, 2.2).
Result<void> make_private(const fs::path& file) {
    static std::mutex one_at_a_time;
    const std::lock_guard lock(one_at_a_time);
    constexpr int only_new = O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW;
    const int made = ::open(file.c_str(), only_new, owner_only);
    if (made >= 0) ::close(made);
    if (made < 0 && errno != EEXIST) return not_kept("cannot be made or opened");
    struct stat status {};
    if (::lstat(file.c_str(), &status) != 0) return not_kept("cannot be looked at");
    if (!S_ISREG(status.st_mode))
        return source_broken(std::string(subject) + " is no file of its own",
                             "exact.db is a link, a folder or a device");
    if ((status.st_mode & ALLPERMS) != owner_only && ::chmod(file.c_str(), owner_only) != 0)
        return not_kept("cannot be kept from others; it needs mode 600");
    return {};
}

Result<Connection> connect(const fs::path& workspace) {
    if (sodium_init() < 0) return source_broken("the system gives no random numbers");
    const fs::path file = workspace / "exact.db";
    if (auto made = make_private(file); !made) return made.error();
    auto connection = Connection::open(file, Connection::Mode::write, subject);
    if (!connection) return connection.error();
    if (auto ready = workspace::prepare(*connection, exact_db()); !ready) return ready.error();
    // What is erased is overwritten, and what is sorted never goes to a file of its own.
    if (auto set = connection->run("PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY"); !set)
        return set.error();
    return connection;
}

/// Conditions of a page, and what is bound to them, in order.
class Conditions {
public:
    explicit Conditions(const report::ReportFilter& filter) : filter_(filter) {
        if (filter.box) add_box(*filter.box);
        if (filter.since) text_ += " AND coalesce(time_end, received) >= ?";
        if (filter.until) text_ += " AND coalesce(time, received) <= ?";
        add_choice("category", filter.categories.size());
        add_choice("status", filter.statuses.size());
    }
    const std::string& text() const noexcept { return text_; }

    void bind_to(Statement& statement) const {
        if (filter_.box)
            statement.bind_real(filter_.box->south)
                .bind_real(filter_.box->north)
                .bind_real(filter_.box->west)
                .bind_real(filter_.box->east);
        if (filter_.since) statement.bind(filter_.since->milliseconds);
        if (filter_.until) statement.bind(filter_.until->milliseconds);
        for (const std::string& category : filter_.categories) statement.bind(category);
        for (const report::Status status : filter_.statuses)
            statement.bind(static_cast<std::int64_t>(status));
    }

private:
    void add_box(const LonLatBox& box) {
        const char* join = box.west > box.east ? "OR" : "AND";  // over the antimeridian
        text_ += " AND latitude BETWEEN ? AND ? AND (longitude >= ? " + std::string(join) +
                 " longitude <= ?)";
    }
    void add_choice(const char* column, std::size_t count) {
        if (count == 0) return;
        text_ += std::string(" AND ") + column + " IN (?";
        for (std::size_t i = 1; i < count; ++i) text_ += ", ?";
        text_ += ')';
    }

    const report::ReportFilter& filter_;
    std::string text_;
};

Result<std::vector<report::Report>> all_reports(Statement& statement) {
    std::vector<report::Report> found;
    while (true) {
        const auto row = statement.step();
        if (!row) return row.error();
        if (!*row) return found;
        found.push_back(report_of(statement));
    }
}

/// Where the page begins: below that number.
Result<std::int64_t> begin_of(const Connection& connection, const std::string& after) {
    if (after.empty()) return std::numeric_limits<std::int64_t>::max();
    Statement statement(connection,
                        "SELECT number FROM reports WHERE id = ?1 UNION ALL SELECT number FROM "
                        "erased WHERE id = ?1");
    const auto row = statement.bind(after).step();
    if (!row) return row.error();
    if (!*row) return bad_request("\"" + after.substr(0, 40) + "\" is no report to go on after");
    return statement.number(0);
}

}  // namespace

Result<ExactStore> ExactStore::open(const fs::path& workspace) {
    std::error_code failed;
    fs::create_directories(workspace, failed);
    auto connection = connect(workspace);
    if (!connection) return connection.error();
    // Ids are random: with the 2 MB that are usual each page of their indexes would be read and
    // written again for every few reports of an import; 64 MB halve its work in the kernel.
    if (auto set = connection->run("PRAGMA cache_size = -65536"); !set) return set.error();
    return ExactStore(std::move(*connection));
}

Result<ExactStore> ExactStore::open_existing(const fs::path& workspace) {
    std::error_code ignored;
    if (!fs::exists(workspace / "exact.db", ignored)) return not_found("there are no reports here");
    auto connection = connect(workspace);
    if (!connection) return connection.error();
    return ExactStore(std::move(*connection));
}

Result<std::optional<report::Report>> ExactStore::find(std::string_view id) const {
    Statement statement(connection_,
                        "SELECT " + std::string(report_columns) + " FROM reports WHERE id = ?");
    const auto row = statement.bind(id).step();
    if (!row) return row.error();
    return *row ? std::optional(report_of(statement)) : std::optional<report::Report>();
}

Result<std::optional<report::Report>> ExactStore::find_source(const Source& source) const {
    const Digest key = key_of(source);
    Statement statement(
        connection_,
        "SELECT " + std::string(report_columns) + " FROM reports WHERE source_key = ?");
    const auto row = statement.bind(std::span<const std::uint8_t>(key)).step();
    if (!row) return row.error();
    return *row ? std::optional(report_of(statement)) : std::optional<report::Report>();
}

Result<std::vector<report::Report>> ExactStore::page(const PageWish& wish) const {
    const auto begin = begin_of(connection_, wish.after);
    if (!begin) return begin.error();
    const Conditions conditions(wish.filter);
    Statement statement(connection_,
                        "SELECT " + std::string(report_columns) + " FROM reports WHERE number < ?" +
                            conditions.text() + " ORDER BY number DESC LIMIT ?");
    statement.bind(*begin);
    conditions.bind_to(statement);
    statement.bind(static_cast<std::int64_t>(wish.limit));
    return all_reports(statement);
}

Result<std::vector<report::Report>> ExactStore::around(const report::Report& report,
                                                       const report::ReportFilter& filter,
                                                       std::size_t limit) const {
    constexpr std::int64_t reach = 20'000;  // places have no index: what is read is bounded by it
    const Conditions conditions(filter);
    Statement statement(connection_,
                        "SELECT " + std::string(report_columns) +
                            " FROM reports WHERE number BETWEEN ? AND ? AND number <> ?" +
                            conditions.text() + " ORDER BY number LIMIT ?");
    statement.bind(report.number - reach).bind(report.number + reach).bind(report.number);
    conditions.bind_to(statement);
    statement.bind(static_cast<std::int64_t>(limit));
    return all_reports(statement);
}

Result<std::vector<HistoryEntry>> ExactStore::history(std::string_view id) const {
    std::vector<HistoryEntry> entries;
    const auto report = find(id);
    if (!report) return report.error();
    if (!*report) return entries;
    const report::Report& found = **report;
    entries.push_back({found.received,
                       found.said.origin.empty() ? "reporter" : "import",
                       "received",
                       "",
                       found.said.origin});
    Statement statement(connection_,
                        "SELECT time, who, what, before, after FROM history WHERE report = ? "
                        "ORDER BY number");
    statement.bind(found.number);
    while (true) {
        const auto row = statement.step();
        if (!row) return row.error();
        if (!*row) return entries;
        entries.push_back({Instant{statement.number(0)},
                           statement.text(1),
                           statement.text(2),
                           statement.text(3),
                           statement.text(4)});
    }
}

Result<std::vector<std::string>> ExactStore::unused(std::vector<std::string> photos) const {
    Statement statement(connection_, "SELECT 1 FROM photos WHERE sha256 = ?");
    std::vector<std::string> found;
    for (std::string& photo : photos) {
        const auto row = statement.again().bind(photo).step();
        if (!row) return row.error();
        if (!*row) found.push_back(std::move(photo));
    }
    return found;
}

Result<std::vector<OutboxEntry>> ExactStore::outbox(std::int64_t after, std::size_t limit) const {
    Statement statement(connection_,
                        "SELECT sequence, report, " + std::string(report_columns) +
                            " FROM outbox LEFT JOIN reports ON reports.number = report WHERE "
                            "sequence > ? ORDER BY sequence LIMIT ?");
    statement.bind(after).bind(static_cast<std::int64_t>(limit));
    constexpr int first = 2;
    std::vector<OutboxEntry> entries;
    while (true) {
        const auto row = statement.step();
        if (!row) return row.error();
        if (!*row) return entries;
        OutboxEntry entry{statement.number(0), statement.number(1), std::nullopt};
        if (statement.optional_number(first)) entry.report = report_of(statement, first);
        entries.push_back(std::move(entry));
    }
}

Result<std::int64_t> ExactStore::data_version() const {
    return connection_.number("PRAGMA data_version");
}

}  // namespace relief::exact
