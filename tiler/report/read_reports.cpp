#include "tiler/report/csv_reports.hpp"
#include "tiler/report/encoding.hpp"
#include "tiler/report/feed_reports.hpp"
#include "tiler/report/json_reports.hpp"
#include "tiler/report/reading.hpp"
#include "tiler/report/text.hpp"

#include <array>
#include <utility>

namespace relief::report {
namespace {

struct Magic {
    std::string_view bytes, advice;
};
constexpr std::array<Magic, 5> not_text{
    {{"PK\x03\x04", "a zip archive or an .xlsx workbook: unpack it, or save the sheet as CSV"},
     {"\x1F\x8B", "compressed with gzip: unpack it first (gunzip)"},
     {"\xD0\xCF\x11\xE0", "an .xls workbook: save the sheet as CSV"},
     {"SQLite format 3", "a database or GeoPackage: relief add brings those in as layers"},
     {"%PDF", "a PDF: save the table in it as CSV"}}};

Result<void> check_kind(std::string_view bytes) {
    for (const auto& [magic, advice] : not_text) {
        if (bytes.starts_with(magic)) return bad_request("it is " + std::string(advice));
    }
    if (trimmed(bytes).empty()) return bad_request("it is empty");
    return {};
}

/// XML says its own encoding, which expat reads.
bool is_xml(std::string_view bytes) {
    if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
    using namespace std::string_view_literals;
    return trimmed(bytes.substr(0, 4096)).starts_with('<') || bytes.starts_with("\xFF\xFE<\0"sv) ||
           bytes.starts_with("\xFE\xFF\0<"sv);
}

bool is_of_table(std::optional<Format> format) {
    return format == Format::hxl || format == Format::csv;
}

}  // namespace

Result<Reading> read_reports(std::string_view bytes, const ReadingWish& wish, const Finder& find) {
    if (const auto good = check_kind(bytes); !good) return good.error();
    Reading reading;
    if (is_xml(bytes)) {
        const auto done = read_feed(bytes, wish, reading, find);
        if (!done) return done.error();
        return reading;
    }
    DecodedText decoded;
    if (const auto good = decode(bytes, wish.encoding, decoded); !good) return good.error();
    reading.encoding = decoded.encoding;
    if (trimmed(decoded.text).empty()) return bad_request("it is empty");
    const char first = trimmed(decoded.text).front();
    const bool json =
        (first == '{' || first == '[' || first == '\x1E') && !is_of_table(wish.format);
    const auto done = json ? read_json(decoded.text, wish, reading, find)
                           : read_table({decoded.text, decoded.all_utf8}, wish, reading, find);
    if (!done) return done.error();
    return reading;
}

}  // namespace relief::report
