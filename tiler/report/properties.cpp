#include "tiler/report/properties.hpp"

#include "tiler/report/report.hpp"
#include "tiler/report/text.hpp"

#include <algorithm>
#include <utility>

namespace relief::report {
namespace {

constexpr std::size_t longest_name = 200;  // bytes

bool is_digit(char c) noexcept {
    return c >= '0' && c <= '9';
}

/// As JSON writes numbers, and few enough digits that a reader gets all of them. A code such as
/// "007" or "+33" is a text.
bool is_plain_number(std::string_view text) noexcept {
    constexpr std::size_t most_digits = 15;
    if (text.starts_with('-')) text.remove_prefix(1);
    if (text.empty() || text.size() > most_digits + 1) return false;
    const auto point = std::min(text.find('.'), text.size());
    const auto whole = text.substr(0, point);
    const auto part = text.substr(std::min(point + 1, text.size()));
    const bool good = !whole.empty() && (whole.size() == 1 || whole[0] != '0') &&
                      std::all_of(whole.begin(), whole.end(), is_digit) &&
                      std::all_of(part.begin(), part.end(), is_digit);
    return good && (point == text.size() || !part.empty());
}

}  // namespace

void append_json_text(std::string& out, std::string_view text) {
    out += '"';
    for (const char c : text) {
        if (c == '\n')
            out += "\\n";
        else if (c == '\t')
            out += "\\t";
        else if (c == '"' || c == '\\')
            (out += '\\') += c;
        else
            out += c;
    }
    out += '"';
}

void Properties::put_text(std::string_view name, std::string_view value) {
    value = trimmed(value);
    if (value.empty()) return;
    if (is_plain_number(value)) return put_json(name, value);
    const auto clean = clean_text(value, Bounds::properties);
    std::string quoted;
    append_json_text(quoted, clean.text);
    cut_ = cut_ || clean.cut;
    put_json(name, quoted);
}

// NOLINTNEXTLINE(bugprone-easily-swappable-parameters): a name, then its value
void Properties::put_json(std::string_view name, std::string_view json) {
    constexpr std::size_t marks = 4;  // a comma, a colon, two braces
    std::string quoted;
    append_json_text(quoted, clean_text(name, longest_name).text);
    const std::size_t size = members_.size() + quoted.size() + json.size() + marks;
    if (count_ == Bounds::property_count || size > Bounds::properties) {
        cut_ = true;
        return;
    }
    if (count_++ > 0) members_ += ',';
    members_ += quoted;
    members_ += ':';
    members_ += json;
}

std::string Properties::take() {
    std::string object = "{" + std::exchange(members_, {}) + "}";
    count_ = 0;
    cut_ = false;
    return object;
}

}  // namespace relief::report
