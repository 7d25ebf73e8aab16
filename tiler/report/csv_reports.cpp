#include "tiler/report/csv_reports.hpp"

#include "tiler/report/csv_rows.hpp"
#include "tiler/report/degrees.hpp"
#include "tiler/report/draft_maker.hpp"
#include "tiler/report/json_record.hpp"
#include "tiler/report/report_writer.hpp"
#include "tiler/report/text.hpp"
#include "tiler/report/when.hpp"

#include <algorithm>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

namespace relief::report {
namespace {

/// HXL 1.1: the tags stand within the first 25 rows.
constexpr std::uint64_t last_tag_row = 25;
/// Enough rows to see what 05/07/2010 means, where the file shows it at all.
constexpr std::uint64_t rows_for_order = 100'000;

using Cells = std::vector<std::string_view>;

bool is_blank(const Cells& cells) {
    return std::all_of(
        cells.begin(), cells.end(), [](std::string_view cell) { return trimmed(cell).empty(); });
}

/// All cells that are not blank are tags, and one is.
bool is_tag_row(const Cells& cells) {
    return !is_blank(cells) && std::all_of(cells.begin(), cells.end(), [](std::string_view cell) {
        return trimmed(cell).empty() || field_of_tag(cell).has_value();
    });
}

/// Header, tags and what they mean.
struct Columns {
    Format format = Format::csv;
    std::uint64_t last_row = 1;  ///< of header and tags; the records stand below it
    std::vector<std::string> names;
    std::vector<FieldUse> uses;
    std::vector<PlaceColumns> places;
    bool of_relief = false;  ///< an export of ours, with its columns as they were

    bool has(Field field) const {
        return std::any_of(
            uses.begin(), uses.end(), [&](const FieldUse& use) { return use.field == field; });
    }
};

std::vector<std::string> texts_of(const Cells& cells) {
    std::vector<std::string> texts;
    texts.reserve(cells.size());
    constexpr std::size_t longest_header = 200;
    for (const auto cell : cells) texts.push_back(clean_text(cell, longest_header).text);
    return texts;
}

struct Heading {
    std::vector<std::string> header, tags;
    std::uint64_t last_row = 0;
};

/// The first row, or the one before a row of tags.
Heading find_heading(CsvRows rows) {
    Heading heading;
    std::vector<std::string> before;
    while (rows.number() < last_tag_row) {
        const auto row = rows.next();
        if (row == CsvRows::Row::end) break;
        if (row != CsvRows::Row::good || is_blank(rows.cells())) continue;
        if (is_tag_row(rows.cells()))
            return {std::move(before), texts_of(rows.cells()), rows.number()};
        before = texts_of(rows.cells());
        if (heading.header.empty()) heading = {before, {}, rows.number()};
    }
    return heading;
}

FieldUse use_of(Format format, const std::string& header, const std::string& tag) {
    const auto by_tag = field_of_tag(tag);
    if (by_tag && by_tag->field != Field::other) return *by_tag;
    const FieldUse by_name = field_of(format, header);
    if (!by_tag) return by_name;
    // A tag that we have no use for still says that the column is no title and no time; but a
    // name of a person stays one.
    const bool personal = by_name.field == Field::contact || by_name.field == Field::contact_id ||
                          by_name.field == Field::private_;
    return personal ? by_name : FieldUse{};
}

/// Each name once, so that none hides another among the further properties.
void make_unique(std::vector<std::string>& names) {
    std::unordered_set<std::string> seen;
    std::unordered_map<std::string, int> copies;  // of each name, so that thousands are no square
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (names[i].empty()) names[i] = "column " + std::to_string(i + 1);
        const std::string first = names[i];
        int& copy = copies.try_emplace(first, 1).first->second;
        while (!seen.insert(names[i]).second) names[i] = first + ' ' + std::to_string(++copy);
    }
}

Format format_of(const ReadingWish& wish, const Heading& heading) {
    if (wish.format) return *wish.format;
    if (const auto shown = format_shown_by(heading.header)) return *shown;
    return heading.tags.empty() ? Format::csv : Format::hxl;
}

/// In one that somebody has put other columns into, names and tags say what they can.
bool is_of_relief(const ReadingWish& wish, const Heading& heading) {
    const bool any_table =
        !wish.format || *wish.format == Format::csv || *wish.format == Format::hxl;
    return any_table && !heading.tags.empty() &&
           (heading.header == column_names(Detail::exact) ||
            heading.header == column_names(Detail::open));
}

Columns columns_of(const ReadingWish& wish, Heading heading) {
    Columns columns;
    columns.format = format_of(wish, heading);
    columns.last_row = heading.last_row;
    columns.of_relief = is_of_relief(wish, heading);
    columns.names = std::move(heading.header);
    const std::size_t count = std::max(columns.names.size(), heading.tags.size());
    columns.names.resize(count);
    heading.tags.resize(count);
    for (std::size_t i = 0; i < count; ++i)
        columns.uses.push_back(use_of(columns.format, columns.names[i], heading.tags[i]));
    columns.places = place_columns(columns.names, columns.uses);
    // Tags need no names: #geo+lat and #geo+lon are one place.
    if (columns.places.empty()) {
        const auto first = [&](Field field) {
            return static_cast<std::size_t>(
                std::find_if(columns.uses.begin(),
                             columns.uses.end(),
                             [&](const FieldUse& use) { return use.field == field; }) -
                columns.uses.begin());
        };
        if (columns.has(Field::longitude) && columns.has(Field::latitude))
            columns.places.push_back({first(Field::longitude), first(Field::latitude)});
    }
    make_unique(columns.names);
    return columns;
}

Error no_place(const Columns& columns) {
    constexpr std::size_t most_named = 12;
    std::string names;
    for (std::size_t i = 0; i < std::min(columns.names.size(), most_named); ++i)
        names += (i == 0 ? "\"" : ", \"") + shown(columns.names[i]) + '"';
    if (columns.names.size() > most_named) names += ", …";
    return bad_request(
        "no columns say where the reports are: the first row has " +
        (names.empty() ? "nothing" : names) +
        "; name two of them latitude and longitude (or lat and lon, X.lat and X.lon), or add a row "
        "of HXL tags with #geo+lat and #geo+lon");
}

std::vector<std::size_t> time_columns(const Columns& columns) {
    std::vector<std::size_t> times;
    for (std::size_t i = 0; i < columns.uses.size(); ++i)
        if (columns.uses[i].field == Field::time) times.push_back(i);
    return times;
}

std::optional<DayOrder> order_in(const Cells& cells, const std::vector<std::size_t>& times) {
    for (const std::size_t column : times) {
        if (column >= cells.size()) continue;
        if (const auto order = order_shown_by(cells[column])) return order;
    }
    return std::nullopt;
}

/// What the days of the table show of their order, all of them looked at.
std::optional<DayOrder> find_day_order(CsvRows rows, const Columns& columns) {
    const auto times = time_columns(columns);
    if (times.empty()) return std::nullopt;
    while (rows.number() < rows_for_order) {
        const auto row = rows.next();
        if (row == CsvRows::Row::end) break;
        if (row != CsvRows::Row::good || rows.number() <= columns.last_row) continue;
        if (const auto order = order_in(rows.cells(), times)) return order;
    }
    return std::nullopt;
}

class TableReader {
public:
    TableReader(Columns columns, const ReadingWish& wish, Reading& reading)
        : columns_(std::move(columns)), maker_(wish, reading), in_place_(columns_.names.size()) {
        for (const auto& place : columns_.places) {
            in_place_[place.longitude] = true;
            in_place_[place.latitude] = true;
        }
    }

    /// Nothing: the row says nothing, as the empty ones of spreadsheets.
    std::optional<RecordContent> read(const Cells& cells) {
        if (is_blank(cells)) return std::nullopt;
        const auto beyond = cells.begin() + static_cast<std::ptrdiff_t>(
                                                std::min(cells.size(), columns_.names.size()));
        // Separators inside of cells that are not quoted shift those after them: whose place
        // would it be?
        if (!std::all_of(
                beyond, cells.end(), [](std::string_view cell) { return trimmed(cell).empty(); }))
            return Reject{"it has " + std::to_string(cells.size()) + " cells and the header " +
                          std::to_string(columns_.names.size())};
        if (columns_.of_relief)
            put_own(cells);
        else
            put(cells);
        auto draft = maker_.finish();
        if (!draft) return Reject{draft.error().what};
        return std::move(*draft);
    }

private:
    void put_own(const Cells& cells) {
        const auto value = [&](std::string_view name) {
            const auto found = std::find(columns_.names.begin(), columns_.names.end(), name);
            const auto at = static_cast<std::size_t>(found - columns_.names.begin());
            std::string_view cell = at < cells.size() ? cells[at] : std::string_view();
            if (cell.starts_with('\'') && is_formula(cell)) cell.remove_prefix(1);
            return std::string(cell);
        };
        put_relief_row(value, maker_);
    }

    void put(const Cells& cells) {
        put_place(cells);
        for (std::size_t i = 0; i < std::min(cells.size(), columns_.uses.size()); ++i)
            if (!in_place_[i]) maker_.put(columns_.uses[i], columns_.names[i], cells[i]);
    }

    /// The first pair that is filled; a survey may ask for several places.
    void put_place(const Cells& cells) {
        const auto cell = [&](std::size_t column) {
            return column < cells.size() ? trimmed(cells[column]) : std::string_view();
        };
        for (const auto& [longitude, latitude] : columns_.places) {
            if (cell(longitude).empty() && cell(latitude).empty()) continue;
            return maker_.put_place(parse_place(cell(longitude), cell(latitude)));
        }
    }

    Columns columns_;
    DraftMaker maker_;
    std::vector<bool> in_place_;
};

std::optional<Reject> fault_of(CsvRows::Row row, const CsvRows& rows, bool all_utf8) {
    switch (row) {
        case CsvRows::Row::unclosed: return Reject{"a quote is opened and never closed"};
        case CsvRows::Row::hopeless:
            return Reject{"too many quotes are never closed; the rest is not read"};
        case CsvRows::Row::too_large:
            return Reject{"the row is larger than 4 MB or has more than 16,384 cells"};
        case CsvRows::Row::good:
            if (!all_utf8 && !is_utf8(rows.line()))
                return Reject{"it has letters in another encoding than the rest, which is UTF-8"};
            return std::nullopt;
        case CsvRows::Row::end: return std::nullopt;
    }
    return std::nullopt;
}

}  // namespace

Result<void> read_table(const TableText& table,
                        const ReadingWish& wish,
                        Reading& reading,
                        const Finder& find) {
    CsvRows rows(table.text, separator_shown_by(table.text));
    Columns columns = columns_of(wish, find_heading(rows));
    if (columns.places.empty() && !columns.has(Field::geopoint)) return no_place(columns);
    reading.format = columns.format;
    ReadingWish settled = wish;
    if (!settled.day_order) settled.day_order = find_day_order(rows, columns);
    const std::uint64_t last_heading_row = columns.last_row;
    const bool of_relief = columns.of_relief;
    TableReader reader(std::move(columns), settled, reading);
    for (auto row = rows.next(); row != CsvRows::Row::end; row = rows.next()) {
        if (rows.number() <= last_heading_row) continue;
        std::optional<RecordContent> what;
        if (auto fault = fault_of(row, rows, table.all_utf8))
            what = std::move(*fault);
        else
            what = reader.read(rows.cells());
        if (what && !find({rows.number(), rows.share(), std::move(*what), of_relief})) break;
    }
    return {};
}

}  // namespace relief::report
