#pragma once
// The files of this repository, as its own tests read them.

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

namespace relief::architecture {

/// Lines are without their line feed; a file that cannot be opened has none.
inline std::vector<std::string> lines_of(const std::filesystem::path& file) {
    std::ifstream stream(file);
    std::vector<std::string> lines;
    for (std::string line; std::getline(stream, line);) lines.push_back(line);
    return lines;
}

inline bool is_made_by_tools(const std::filesystem::path& folder) {
    constexpr std::array<std::string_view, 4> names{".git", "build", "node_modules", "dist"};
    return std::any_of(names.begin(), names.end(), [&](std::string_view name) {
        // server/viewer/build holds scripts of ours.
        return folder.filename() == name &&
               (name != "build" || folder.parent_path() == RELIEF_REPOSITORY);
    });
}

/// Every file below `folder` (repository-rooted; "" for all) that somebody wrote.
inline std::vector<std::filesystem::path> files_below(const std::string& folder) {
    std::vector<std::filesystem::path> files;
    auto entries = std::filesystem::recursive_directory_iterator(
        std::filesystem::path(RELIEF_REPOSITORY) / folder);
    for (auto entry = begin(entries); entry != end(entries); ++entry) {
        if (entry->is_directory() && is_made_by_tools(entry->path())) {
            entry.disable_recursion_pending();
        } else if (entry->is_regular_file()) {
            files.push_back(entry->path());
        }
    }
    return files;
}

inline bool is_cpp(const std::filesystem::path& file) {
    return file.extension() == ".cpp" || file.extension() == ".hpp";
}

inline std::string name_in_repository(const std::filesystem::path& file) {
    return file.lexically_relative(RELIEF_REPOSITORY).generic_string();
}

}  // namespace relief::architecture
