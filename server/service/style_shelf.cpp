#include "server/service/style_shelf.hpp"

#include "server/service/house_sources.hpp"
#include "server/service/sprite_service.hpp"
#include "tiler/core/layer_name.hpp"
#include "tiler/stylesheet/shipped_styles.hpp"
#include "tiler/workspace/served_file.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cassert>
#include <fstream>
#include <iterator>
#include <set>
#include <utility>

namespace relief::service {
namespace {

using workspace::Problem;

constexpr std::size_t most_files = 1000;
constexpr std::size_t most_bytes = std::size_t{64} << 20U;
constexpr std::size_t most_file_bytes = stylesheet::StyleLimits{}.bytes;

/// Ids are those of layers, but none is reserved: styles have an address of their own.
bool is_style_id(std::string_view id) {
    const auto plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
    return !id.empty() && id.size() <= 64 && plain(id.front()) &&
           std::all_of(
               id.begin(), id.end(), [&](char c) { return plain(c) || c == '_' || c == '-'; });
}

/// Of many, the first few: who has mended these asks again.
std::string told(const std::vector<stylesheet::Problem>& problems) {
    constexpr std::size_t most = 3;
    std::string text;
    std::size_t count = 0;
    for (const stylesheet::Problem& problem : problems) {
        if (problem.severity != stylesheet::Severity::error || ++count > most) continue;
        text += (text.empty() ? "" : "; ") + problem.path.text() + " (line " +
                std::to_string(problem.line) + "): " + problem.message;
    }
    if (count > most) text += "; and " + std::to_string(count - most) + " more";
    return text;
}

Instant time_of(const workspace::FileStamp& stamp) {
    return {stamp.modified_ns / 1'000'000};
}

bool tells(const std::vector<Problem>& problems, const Problem& problem) {
    return std::find(problems.begin(), problems.end(), problem) != problems.end();
}

/// The one place where styles that come with the program are taken in.
std::vector<StylePointer> shipped() {
    std::vector<StylePointer> styles;
    for (const stylesheet::ShippedStyle& one : stylesheet::shipped_styles()) {
        auto style = read_served_style(one.id, one.json);
        assert(style);  // a test reads them all
        if (!style) continue;
        style->shipped = true;
        styles.push_back(std::make_shared<const ServedStyle>(std::move(*style)));
    }
    return styles;
}

}  // namespace

Result<ServedStyle> read_served_style(std::string_view id, std::string_view text) {
    if (!is_style_id(id))
        return bad_request("\"" + std::string(id.substr(0, 100)) +
                           "\" is no id of a style: [a-z0-9][a-z0-9_-]{0,63}");
    auto read = stylesheet::read_style(text);
    if (!read.document || read.has_errors()) return bad_request(told(read.problems));
    if (const auto reader = reader_of_files(*read.document); !reader.empty())
        return bad_request(reader +
                           " has a file:// address; a server reads no files for a style, "
                           "`relief render` does");
    return ServedStyle{std::string(id), std::string(text), std::move(read.document), {}};
}

StyleList::StyleList(std::vector<StylePointer> styles, std::vector<Problem> problems)
    : styles_(std::move(styles)), problems_(std::move(problems)) {
    const auto by_id = [](const auto& a, const auto& b) { return a->id < b->id; };
    std::stable_sort(styles_.begin(), styles_.end(), by_id);
    const auto same = [](const auto& a, const auto& b) { return a->id == b->id; };
    styles_.erase(std::unique(styles_.begin(), styles_.end(), same), styles_.end());
}

StylePointer StyleList::find(std::string_view id) const {
    const auto place =
        std::lower_bound(styles_.begin(), styles_.end(), id, [](const auto& style, auto sought) {
            return style->id < sought;
        });
    return place != styles_.end() && (*place)->id == id ? *place : nullptr;
}

StyleShelf::StyleShelf(std::vector<std::filesystem::path> folders, Sensitivity level, ops::Log& log)
    : folders_(std::move(folders)),
      level_(level),
      log_(log),
      shipped_(shipped()),
      current_(std::make_shared<const StyleList>(shipped_, std::vector<Problem>{})) {}

std::shared_ptr<const StyleList> StyleShelf::current() const {
    const std::lock_guard lock(mutex_);
    return current_;
}

StyleShelf::Known StyleShelf::known_of(const std::filesystem::path& file,
                                       const workspace::FileStamp& stamp,
                                       std::size_t room) const {
    if (const auto before = files_.find(file); before != files_.end())
        if (before->second.stamp == stamp) return before->second;
    if (stamp.size > most_file_bytes || stamp.size > room)
        return {stamp, nullptr, "the file is too large: styles may have 8 MB each, 64 MB together"};
    std::ifstream opened(file, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(opened),
                           std::istreambuf_iterator<char>()};
    if (!opened) return {stamp, nullptr, "the file cannot be read"};
    auto style = read_served_style(file.stem().string(), text);
    if (!style) return {stamp, nullptr, style.error().what};
    style->modified = time_of(stamp);
    return {stamp, std::make_shared<const ServedStyle>(std::move(*style)), {}};
}

StyleShelf::Files StyleShelf::found_files() const {
    Files files;
    std::size_t room = most_bytes;
    for (const auto& folder : folders_) {
        std::error_code absent;
        const auto root = std::filesystem::canonical(folder, absent);
        if (absent) continue;
        for (const std::string& name : workspace::names_in(root, most_files)) {
            if (!name.ends_with(".json") || name.starts_with('.')) continue;
            const auto entry = workspace::look_at({root / name, root});
            if (entry.kind != workspace::EntryKind::file) continue;
            const Known known = known_of(root / name, entry.stamp, room);
            room -= std::min<std::size_t>(room, entry.stamp.size);
            files.emplace(root / name, known);
        }
    }
    return files;
}

std::string StyleShelf::icons_version() const {
    std::vector<std::filesystem::path> folders = folders_;
    for (auto& folder : folders) folder /= "icons";
    return version_of(icon_files(folders));
}

StylePointer StyleShelf::with_icons(const StylePointer& style) const {
    if (style->icons == icons_ || style->document->sprites.empty()) return style;
    ServedStyle changed = *style;
    changed.icons = icons_;
    return std::make_shared<const ServedStyle>(std::move(changed));
}

void StyleShelf::tell_new(const std::vector<Problem>& problems) const {
    const auto before = current();
    for (const Problem& problem : problems)
        if (!tells(before->problems(), problem))
            log_.write(ops::Level::warning,
                       "style-problem",
                       {{"subject", problem.subject}, {"reason", problem.reason}});
}

void StyleShelf::publish() {
    std::vector<StylePointer> styles;
    std::vector<Problem> problems;
    std::set<std::string> ids;
    for (const auto& folder : folders_) {
        std::error_code absent;
        const auto root = std::filesystem::canonical(folder, absent);
        for (const auto& [file, known] : files_) {
            if (absent || file.parent_path() != root) continue;
            const std::string subject = "styles/" + file.filename().string();
            if (!known.style) {
                problems.push_back({subject, known.problem, level_});
            } else if (ids.insert(known.style->id).second) {
                styles.push_back(with_icons(known.style));
            } else {
                problems.push_back({subject, "another folder has a style of this id", level_});
            }
        }
    }
    for (const StylePointer& style : shipped_) styles.push_back(with_icons(style));
    tell_new(problems);
    auto list = std::make_shared<const StyleList>(std::move(styles), std::move(problems));
    const std::lock_guard lock(mutex_);
    current_ = std::move(list);
}

void StyleShelf::look() {
    const std::lock_guard one(looking_);
    Files files = found_files();
    std::string icons = icons_version();
    if (files == files_ && icons == icons_) return;
    files_ = std::move(files);
    icons_ = std::move(icons);
    publish();
}

}  // namespace relief::service
