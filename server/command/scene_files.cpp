#include "server/command/scene_files.hpp"

#include "tiler/workspace/folder_scan.hpp"

#include <algorithm>
#include <cctype>
#include <glob.h>
#include <memory>

namespace relief::command {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> files_of_pattern(const std::string& pattern) {
    glob_t found{};
    std::vector<fs::path> files;
    if (glob(pattern.c_str(), 0, nullptr, &found) == 0)
        files.assign(found.gl_pathv, found.gl_pathv + found.gl_pathc);
    globfree(&found);
    return files;
}

/// Digits of a number that stands alone: no digit before or after.
struct Digits {
    std::size_t at = 0;
    std::string_view text;
};

Digits next_digits(std::string_view name, std::size_t from) {
    const auto digit = [](unsigned char c) { return std::isdigit(c) != 0; };
    while (from < name.size() && !digit(static_cast<unsigned char>(name[from]))) ++from;
    std::size_t end = from;
    while (end < name.size() && digit(static_cast<unsigned char>(name[end]))) ++end;
    return {from, name.substr(from, end - from)};
}

std::optional<InstantRange> parsed(const std::string& text) {
    const auto range = parse_observed(text);
    if (!range) return std::nullopt;
    return *range;
}

/// "T103000" after the date.
std::string clock_after(std::string_view name, std::size_t at) {
    if (at >= name.size() || (name[at] != 'T' && name[at] != 't')) return {};
    const Digits clock = next_digits(name, at + 1);
    if (clock.at != at + 1 || clock.text.size() != 6) return {};
    const std::string digits(clock.text);
    return "T" + digits.substr(0, 2) + ":" + digits.substr(2, 2) + ":" + digits.substr(4) + "Z";
}

std::optional<InstantRange> with_clock(const std::string& date,
                                       std::string_view name,
                                       std::size_t at) {
    if (auto moment = parsed(date + clock_after(name, at))) return moment;
    return parsed(date);
}

/// A date that begins with these digits.
std::optional<InstantRange> date_at(std::string_view name, const Digits& digits) {
    const std::size_t end = digits.at + digits.text.size();
    const std::string text(digits.text);
    if (text.size() == 8)
        return with_clock(
            text.substr(0, 4) + "-" + text.substr(4, 2) + "-" + text.substr(6), name, end);
    if (text.size() != 4) return std::nullopt;
    const Digits month = next_digits(name, end);
    const Digits day = next_digits(name, month.at + month.text.size());
    const bool whole =
        month.at == end + 1 && month.text.size() == 2 && day.at == end + 4 && day.text.size() == 2;
    if (whole) {
        const std::string date = text + "-" + std::string(month.text) + "-" + std::string(day.text);
        if (auto moment = with_clock(date, name, end + 6)) return moment;
    }
    return text >= "1900" && text <= "2099" ? parsed(text) : std::nullopt;
}

}  // namespace

Result<std::vector<fs::path>> files_named(const std::string& word) {
    std::error_code error;
    if (fs::is_directory(word, error)) {
        const auto scan = workspace::scan_folder(word);
        if (!scan) return scan.error();
        std::vector<fs::path> files;
        for (const auto& file : scan->files) files.emplace_back(file.path);
        if (files.empty()) return not_found("there are no rasters in the folder");
        return files;
    }
    if (fs::exists(word, error)) return std::vector<fs::path>{word};
    std::vector<fs::path> files = files_of_pattern(word);
    if (files.empty()) return not_found("there is no such file or folder");
    return files;
}

std::optional<InstantRange> time_in_name(std::string_view name) {
    Digits digits = next_digits(name, 0);
    while (!digits.text.empty()) {
        if (auto moment = date_at(name, digits)) return moment;
        digits = next_digits(name, digits.at + digits.text.size());
    }
    return std::nullopt;
}

}  // namespace relief::command
