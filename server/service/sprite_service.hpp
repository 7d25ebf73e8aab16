#pragma once
// The pictures of all styles of a house: those of the program and those of its folders.

#include "tiler/core/bytes.hpp"
#include "tiler/core/result.hpp"
#include "tiler/sprites/icon.hpp"
#include "tiler/workspace/folder_scan.hpp"

#include <array>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace relief::service {

/// Which of the four files of a sprite.
struct SpriteFile {
    int ratio = 1;       ///< 1, or 2: "@2x"
    bool image = false;  ///< the sheet itself; else the list of what lies where
};

/// "/styles/{id}/sprite[@2x].{json,png}". Errors: not_found naming what there is.
Result<SpriteFile> parse_sprite_path(std::string_view path);

/// The files of icons in some folders, by the names of the icons.
struct IconFile {
    std::filesystem::path path;
    workspace::FileStamp stamp;
    bool operator==(const IconFile&) const = default;
};
using IconFiles = std::map<std::string, IconFile>;

/// `folders` need not exist; the first to have a name holds it.
IconFiles icon_files(const std::vector<std::filesystem::path>& folders);

/// Empty where there is no file.
std::string version_of(const IconFiles& files);

/// Any thread. Sheets are made when they are first asked for and again when a file of the folders
/// has changed.
class SpriteService {
public:
    /// `folders`: of NAME.svg files.
    explicit SpriteService(std::vector<std::filesystem::path> folders)
        : folders_(std::move(folders)) {}

    /// Errors: source_broken.
    Result<SharedBytes> get(const SpriteFile& wanted);
    /// Own icons that are left out, each with the reason, as of the last sheet that was made.
    std::vector<std::string> problems() const;

private:
    struct Sheet {
        SharedBytes index;
        SharedBytes image;
        bool made = false;
    };

    Result<void> make(int ratio, Sheet& sheet);

    std::vector<std::filesystem::path> folders_;
    mutable std::mutex mutex_;  ///< one sheet is made at a time
    IconFiles files_;
    std::array<Sheet, 2> sheets_;  ///< of ratio 1 and 2
    std::vector<std::string> problems_;
};

}  // namespace relief::service
