#pragma once
// Rows of comma-separated values (RFC 4180), one at a time, looking at the text they lie in.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace relief::report {

/// The separator that the first lines are divided by: a comma, semicolon, tab or bar. A first line
/// "sep=;", as spreadsheets write it, says so itself.
char separator_shown_by(std::string_view text);

/// Quoted cells may hold separators, line ends and doubled quotes. Rows end with CR LF, LF or CR.
/// A quote that is never closed costs the line that it stands in, not the rest of the file.
class CsvRows {
public:
    enum class Row : std::uint8_t {
        good,
        unclosed,   ///< a quote was never closed; the next row is the next line
        hopeless,   ///< so many were not that the rest is not read
        too_large,  ///< over ReadingBounds::record, or columns
        end,
    };

    /// `text` outlives it.
    CsvRows(std::string_view text, char separator);

    /// Goes on to the next row.
    Row next();
    /// Of this row; until the next call.
    const std::vector<std::string_view>& cells() const noexcept { return cells_; }
    std::string_view line() const noexcept { return text_.substr(begin_, at_ - begin_); }
    /// As a spreadsheet counts: the header is 1, and an empty line counts.
    std::uint64_t number() const noexcept { return number_; }
    double share() const noexcept;

private:
    struct Cell {
        std::size_t begin = 0, length = 0;
        bool copied = false;  ///< lies in copies_, without the doubling of its quotes
    };
    bool read_plain();
    bool read_quoted();
    bool end_row();
    Row read_row();
    void skip_line();

    std::string_view text_;
    char separator_;
    std::size_t at_ = 0;
    std::size_t begin_ = 0;
    std::uint64_t number_ = 0;
    unsigned unclosed_ = 0;
    std::vector<Cell> found_;
    std::string copies_;
    std::vector<std::string_view> cells_;
};

/// What a spreadsheet would compute (OWASP, "CSV Injection"), behind any apostrophes that say that
/// it must not. Each export adds one, and an import of it takes one away.
bool is_formula(std::string_view cell) noexcept;

}  // namespace relief::report
