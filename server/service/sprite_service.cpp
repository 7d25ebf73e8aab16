#include "server/service/sprite_service.hpp"

#include "tiler/core/version.hpp"
#include "tiler/sprites/sprite_sheet.hpp"
#include "tiler/sprites/svg_picture.hpp"
#include "tiler/workspace/served_file.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <optional>
#include <utility>

namespace relief::service {
namespace {

/// Names of a folder that are looked at; of them, most_own_icons are drawn.
constexpr std::size_t most_names = 1000;

bool is_icon_name(std::string_view name) {
    const auto plain = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '_' || c == '-';
    };
    return !name.empty() && name.size() <= 64 && std::all_of(name.begin(), name.end(), plain);
}

/// Empty when it cannot be read or is longer than any icon: then it is no SVG either.
std::string text_of_icon(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::string text(sprites::most_svg_bytes + 1, '\0');
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(std::max<std::streamsize>(file.gcount(), 0)));
    return text;
}

SharedBytes shared_text_bytes(const std::string& text) {
    return std::make_shared<const Bytes>(text.begin(), text.end());
}

}  // namespace

Result<SpriteFile> parse_sprite_path(std::string_view path) {
    const std::string_view name = path.substr(path.rfind('/') + 1);
    if (name == "sprite.json") return SpriteFile{1, false};
    if (name == "sprite.png") return SpriteFile{1, true};
    if (name == "sprite@2x.json") return SpriteFile{2, false};
    if (name == "sprite@2x.png") return SpriteFile{2, true};
    return not_found("there is no \"" + std::string(name.substr(0, 40)) +
                     "\" of a style; there are sprite.json, sprite.png, sprite@2x.json and "
                     "sprite@2x.png");
}

IconFiles icon_files(const std::vector<std::filesystem::path>& folders) {
    IconFiles files;
    for (const auto& folder : folders) {
        std::error_code absent;
        const auto root = std::filesystem::canonical(folder, absent);
        if (absent) continue;
        for (const std::string& name : workspace::names_in(root, most_names)) {
            const std::string stem = std::filesystem::path(name).stem().string();
            if (!name.ends_with(".svg") || !is_icon_name(stem)) continue;
            const auto entry = workspace::look_at({root / name, root});
            if (entry.kind == workspace::EntryKind::file)
                files.try_emplace(stem, IconFile{entry.path, entry.stamp});
        }
    }
    return files;
}

std::string version_of(const IconFiles& files) {
    if (files.empty()) return {};
    std::string text;
    for (const auto& [name, file] : files)
        for (const std::string& part : {name,
                                        std::to_string(file.stamp.inode),
                                        std::to_string(file.stamp.size),
                                        std::to_string(file.stamp.modified_ns)})
            text += part + '|';
    return fingerprint(text);
}

Result<void> SpriteService::make(int ratio, Sheet& sheet) {
    std::vector<sprites::OwnIcon> own;
    own.reserve(files_.size());
    for (const auto& [name, file] : files_) own.push_back({name, text_of_icon(file.path)});
    auto made = sprites::make_sprite_sheet(own, ratio);
    if (!made) return made.error();
    problems_ = std::move(made->problems);
    sheet = {shared_text_bytes(made->index),
             std::make_shared<const Bytes>(std::move(made->image)),
             true};
    return {};
}

Result<SharedBytes> SpriteService::get(const SpriteFile& wanted) {
    const std::lock_guard lock(mutex_);
    IconFiles files = icon_files(folders_);
    if (files != files_) {
        files_ = std::move(files);
        sheets_ = {};
    }
    Sheet& sheet = sheets_[wanted.ratio > 1 ? 1 : 0];
    if (!sheet.made)
        if (auto made = make(wanted.ratio, sheet); !made) return made.error();
    return wanted.image ? sheet.image : sheet.index;
}

std::vector<std::string> SpriteService::problems() const {
    const std::lock_guard lock(mutex_);
    return problems_;
}

}  // namespace relief::service
