#pragma once
// Reports in the shapes of the field: what a reader is told, and what it gives for each record.

#include "tiler/core/enum_names.hpp"
#include "tiler/core/instant.hpp"
#include "tiler/core/result.hpp"
#include "tiler/report/alert.hpp"
#include "tiler/report/report.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace relief::report {

/// The collections whose words are known. `csv` is any table with columns for a place, `hxl` one
/// with a row of tags, `geojson` any collection of points.
enum class Format : std::uint8_t {
    ushahidi,
    kobo,
    odk,
    cap,
    georss,
    acled,
    ucdp,
    hxl,
    geojson,
    csv
};
inline constexpr EnumNames<10> format_names{
    "ushahidi", "kobo", "odk", "cap", "georss", "acled", "ucdp", "hxl", "geojson", "csv"};

enum class Encoding : std::uint8_t { utf8, utf16le, utf16be, windows1252, windows1256 };
inline constexpr EnumNames<5> encoding_names{
    "utf-8", "utf-16le", "utf-16be", "windows-1252", "windows-1256"};

/// What 05/07/2010 means: the 5th of July, or the 7th of May.
enum class DayOrder : std::uint8_t { day_first, month_first };
inline constexpr EnumNames<2> day_order_names{"dmy", "mdy"};

/// A record that is not taken, and why.
struct Reject {
    std::string reason;
};

/// An alert, and the report that it makes on the map; or why it makes none: it is over, cancels
/// others, or names its place by codes only.
struct Warning {
    Alert alert;
    Result<Draft> as_report;
};
using RecordContent = std::variant<Draft, Warning, Reject>;

/// One record of the input, in the input's order.
struct Found {
    std::uint64_t row = 0;  ///< of a table: as a spreadsheet numbers it; else counted from 1
    double share = 0;       ///< of the input that is read by then, 0 to 1
    RecordContent what;
    bool of_relief = false;  ///< our own export: levels in it may be lower than the house's
};
/// False: no more of it.
using Finder = std::function<bool(Found found)>;

struct ReadingWish {
    std::optional<Format> format{};       ///< nothing: as the content shows
    std::optional<Encoding> encoding{};   ///< likewise
    std::optional<DayOrder> day_order{};  ///< likewise; where nothing shows it such days stay text
    std::optional<std::string> origin{};  ///< nothing: the format's name, or
    std::string file_origin = "file";     ///< of files that count their rows each for itself
    /// A keyed hash of a name, number or address. Absent: who a report is from is forgotten.
    std::function<std::string(std::string_view contact)> contact_hash{};
    Instant now{};  ///< alerts that expired before make no report
};

/// What was noticed beside the records.
struct Reading {
    Format format = Format::csv;
    std::optional<Encoding> encoding{};  ///< nothing: as the document itself says (XML)
    std::uint64_t shortened = 0;         ///< drafts of which a part was cut to report::Bounds
    /// Times that may be read as two different days, and were left as text.
    std::uint64_t unclear_times = 0;
};

/// Bounds of a reading; what is beyond them is refused, never cut.
struct ReadingBounds {
    static constexpr std::size_t record = std::size_t{4} << 20U;       ///< bytes
    static constexpr std::size_t columns = 16'384;                     ///< as of a spreadsheet
    static constexpr int depth = 64;                                   ///< of JSON and XML
    static constexpr std::size_t converted = std::size_t{256} << 20U;  ///< bytes not in UTF-8
};

/// Gives `find` each record of the input, or why it is refused. A malformed record costs itself,
/// not those after it.
/// Errors: bad_request when nothing can be read at all: what it is, and what is read here.
Result<Reading> read_reports(std::string_view bytes, const ReadingWish& wish, const Finder& find);

}  // namespace relief::report
