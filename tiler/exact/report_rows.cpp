#include "tiler/exact/report_rows.hpp"

#include <algorithm>
#include <charconv>
#include <sodium.h>
#include <utility>

namespace relief::exact {

using workspace::Connection;
using workspace::Statement;

const std::string_view report_columns =
    "reports.number, reports.id, longitude, latitude, precision, title, description, category, "
    "severity, time, time_end, stated, properties, contact, origin, origin_id, licence, "
    "attribution, level, status, duplicate_of, confidence, assigned, received, changed, "
    "(SELECT group_concat(sha256, ' ') FROM (SELECT sha256 FROM photos WHERE report = "
    "reports.number ORDER BY position))";

namespace {

/// Reads columns one after the other, so that their numbers stand nowhere.
class Columns {
public:
    Columns(const Statement& row, int first) : row_(row), next_(first) {}

    std::string text() { return row_.text(next_++); }
    std::int64_t number() { return row_.number(next_++); }
    std::optional<std::int64_t> optional_number() { return row_.optional_number(next_++); }
    double real() { return row_.real(next_++); }
    template <typename Enum>
    Enum one_of() {
        return static_cast<Enum>(number());
    }

private:
    const Statement& row_;
    int next_;
};

std::vector<std::string> words_of(const std::string& text) {
    std::vector<std::string> words;
    std::size_t from = 0;
    while (from < text.size()) {
        const std::size_t end = std::min(text.find(' ', from), text.size());
        words.push_back(text.substr(from, end - from));
        from = end + 1;
    }
    return words;
}

report::Draft draft_of(Columns& columns) {
    report::Draft draft;
    draft.place.longitude = columns.real();
    draft.place.latitude = columns.real();
    draft.precision = columns.one_of<report::Precision>();
    draft.title = columns.text();
    draft.description = columns.text();
    draft.category = columns.text();
    draft.severity = columns.one_of<report::Severity>();
    const auto first = columns.optional_number();
    const auto last = columns.optional_number();
    if (first && last) draft.time = InstantRange(Instant{*first}, Instant{*last});
    if (const auto stated = columns.optional_number())
        draft.sensitivity = static_cast<Sensitivity>(*stated);
    draft.properties = columns.text();
    draft.contact = columns.text();
    draft.origin = columns.text();
    draft.origin_id = columns.text();
    draft.licence = columns.text();
    draft.attribution = columns.text();
    return draft;
}

/// All digits that tell a number from its neighbours.
std::string exact_text(double number) {
    std::array<char, 32> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), number).ptr;
    return {text.data(), end};
}

}  // namespace

report::Report report_of(const Statement& row, int first) {
    Columns columns(row, first);
    report::Report report;
    report.number = columns.number();
    report.id = columns.text();
    report.said = draft_of(columns);
    report.level = columns.one_of<Sensitivity>();
    report.status = columns.one_of<report::Status>();
    report.duplicate_of = columns.text();
    report.confidence = columns.text();
    report.assigned = columns.text();
    report.received = Instant{columns.number()};
    report.changed = Instant{columns.number()};
    report.photos = words_of(columns.text());
    return report;
}

Digest digest_of(std::span<const std::string_view> parts) {
    crypto_generichash_state state{};
    Digest digest{};
    crypto_generichash_init(&state, nullptr, 0, digest.size());
    const auto add = [&](std::string_view bytes) {
        crypto_generichash_update(
            &state, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
    };
    for (const std::string_view part : parts) {
        add(std::to_string(part.size()) + ':');
        add(part);
    }
    crypto_generichash_final(&state, digest.data(), digest.size());
    return digest;
}

Digest content_of(const report::Draft& draft, const std::vector<std::string>& photos) {
    const std::string longitude = exact_text(draft.place.longitude);
    const std::string latitude = exact_text(draft.place.latitude);
    const std::string time = draft.time ? std::to_string(draft.time->first.milliseconds) + '/' +
                                              std::to_string(draft.time->last.milliseconds)
                                        : "";
    std::vector<std::string_view> parts{
        longitude,
        latitude,
        name_of(report::precision_names, draft.precision),
        draft.title,
        draft.description,
        draft.category,
        name_of(report::severity_names, draft.severity),
        time,
        draft.sensitivity ? to_text(*draft.sensitivity) : "",
        draft.properties,
        draft.licence,
        draft.attribution,
        draft.status ? name_of(report::status_names, *draft.status) : ""};
    parts.insert(parts.end(), photos.begin(), photos.end());
    return digest_of(parts);
}

std::string random_report_id() {
    constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyz234567";
    std::array<std::uint8_t, 26> bytes{};
    randombytes_buf(bytes.data(), bytes.size());
    std::string id;
    std::transform(bytes.begin(), bytes.end(), std::back_inserter(id), [&](std::uint8_t byte) {
        return letters[byte & 31U];
    });
    return id;
}

Result<void> write_history(const Connection& connection, const HistoryRow& row) {
    return Statement(connection,
                     "INSERT INTO history (report, time, who, what, before, after) "
                     "VALUES (?, ?, ?, ?, ?, ?)")
        .bind(row.report)
        .bind(row.entry.time.milliseconds)
        .bind(row.entry.who)
        .bind(row.entry.what)
        .bind(row.entry.before)
        .bind(row.entry.after)
        .finish();
}

Result<void> write_outbox(const Connection& connection, std::int64_t report) {
    return Statement(connection, "INSERT OR REPLACE INTO outbox (report) VALUES (?)")
        .bind(report)
        .finish();
}

Result<std::optional<std::int64_t>> number_of(const Connection& connection, std::string_view id) {
    Statement statement(connection, "SELECT number FROM reports WHERE id = ?");
    const auto row = statement.bind(id).step();
    if (!row) return row.error();
    return *row ? std::optional(statement.number(0)) : std::optional<std::int64_t>();
}

}  // namespace relief::exact
