#include "tiler/report/csv_rows.hpp"

#include "tiler/report/reading.hpp"
#include "tiler/report/text.hpp"

#include <algorithm>
#include <array>

namespace relief::report {
namespace {

/// How far a quote may reach before it counts as forgotten: longer than any text that is kept.
constexpr std::size_t longest_quoted = std::size_t{1} << 20U;
/// Each forgotten quote costs another look at what it swallowed; after so many it costs the rest.
constexpr unsigned most_unclosed = 256;

constexpr std::array<char, 4> separators{',', ';', '\t', '|'};

bool is_line_end(char c) noexcept {
    return c == '\n' || c == '\r';
}

std::string_view first_line(std::string_view text) {
    const auto end = std::find_if(text.begin(), text.end(), is_line_end);
    return text.substr(0, static_cast<std::size_t>(end - text.begin()));
}

/// Outside of quotes.
std::size_t count_outside(std::string_view line, char separator) {
    std::size_t count = 0;
    bool quoted = false;
    for (const char c : line) {
        if (c == '"')
            quoted = !quoted;
        else if (c == separator && !quoted)
            ++count;
    }
    return count;
}

bool says_separator(std::string_view line) {
    return line.size() == 5 && same_ignoring_case(line.substr(0, 4), "sep=");
}

}  // namespace

char separator_shown_by(std::string_view text) {
    constexpr std::size_t longest_header = 65'536;
    const auto line = first_line(text.substr(0, longest_header));
    if (says_separator(line)) return line[4];
    const auto fewer = [&](char a, char b) {
        return count_outside(line, a) < count_outside(line, b);
    };
    return *std::max_element(separators.begin(), separators.end(), fewer);
}

CsvRows::CsvRows(std::string_view text, char separator) : text_(text), separator_(separator) {
    if (says_separator(first_line(text))) {
        skip_line();
        ++number_;
    }
}

double CsvRows::share() const noexcept {
    return text_.empty() ? 1 : static_cast<double>(at_) / static_cast<double>(text_.size());
}

void CsvRows::skip_line() {
    while (at_ < text_.size() && !is_line_end(text_[at_])) ++at_;
    end_row();
}

/// At a line end or the end of the text: goes past it. Else it was a separator, and the row goes
/// on.
bool CsvRows::end_row() {
    if (at_ >= text_.size()) return true;
    if (text_[at_] == '\r') {
        ++at_;
        if (at_ < text_.size() && text_[at_] == '\n') ++at_;
        return true;
    }
    if (text_[at_] == '\n') {
        ++at_;
        return true;
    }
    ++at_;
    return false;
}

/// True when the row ends with this cell.
bool CsvRows::read_plain() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && text_[at_] != separator_ && !is_line_end(text_[at_])) ++at_;
    found_.push_back({begin, at_ - begin});
    return end_row();
}

/// The same of a cell that begins with a quote; the row is marked by an end beyond the text where
/// the quote is not closed.
bool CsvRows::read_quoted() {
    const std::size_t limit = std::min(text_.size(), at_ + longest_quoted);
    const std::size_t begin = copies_.size();
    for (std::size_t from = at_ + 1;;) {
        const auto quote = text_.substr(0, limit).find('"', from);
        if (quote == std::string_view::npos) return at_ = std::string_view::npos, true;
        copies_ += text_.substr(from, quote - from);
        at_ = quote + 1;
        if (at_ >= text_.size() || text_[at_] != '"') break;
        copies_ += '"';
        from = at_ + 1;
    }
    // What stands after the closing quote belongs to the cell, as spreadsheets read it.
    const std::size_t rest = at_;
    while (at_ < text_.size() && text_[at_] != separator_ && !is_line_end(text_[at_])) ++at_;
    copies_ += text_.substr(rest, at_ - rest);
    found_.push_back({begin, copies_.size() - begin, true});
    return end_row();
}

CsvRows::Row CsvRows::read_row() {
    for (bool done = false; !done;) {
        done = at_ < text_.size() && text_[at_] == '"' ? read_quoted() : read_plain();
        if (at_ == std::string_view::npos) {
            at_ = begin_;
            if (++unclosed_ <= most_unclosed) return skip_line(), Row::unclosed;
            at_ = text_.size();
            return Row::hopeless;
        }
        if (found_.size() > ReadingBounds::columns || at_ - begin_ > ReadingBounds::record) {
            if (!done) skip_line();
            return Row::too_large;
        }
    }
    return Row::good;
}

CsvRows::Row CsvRows::next() {
    found_.clear();
    copies_.clear();
    cells_.clear();
    begin_ = at_;
    if (at_ >= text_.size()) return Row::end;
    ++number_;
    const Row row = read_row();
    if (row != Row::good) return row;
    for (const auto& cell : found_) {
        const std::string_view from = cell.copied ? std::string_view(copies_) : text_;
        cells_.push_back(from.substr(cell.begin, cell.length));
    }
    return Row::good;
}

bool is_formula(std::string_view cell) noexcept {
    cell.remove_prefix(std::min(cell.find_first_not_of('\''), cell.size()));
    return !cell.empty() &&
           std::string_view("=+-@\t\r\n").find(cell.front()) != std::string_view::npos;
}

}  // namespace relief::report
