#pragma once
// The styles that are served: files of some folders and those that came with the program.

#include "server/ops/log.hpp"
#include "tiler/core/instant.hpp"
#include "tiler/stylesheet/style_document.hpp"
#include "tiler/workspace/catalogue.hpp"
#include "tiler/workspace/folder_scan.hpp"

#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace relief::service {

/// A style that can be drawn, frozen.
struct ServedStyle {
    std::string id;
    std::string text;  ///< as it was written
    std::shared_ptr<const stylesheet::StyleDocument> document;
    Instant modified;
    bool shipped = false;  ///< came with the program: speaks of nobody's data
    std::string icons{};   ///< version of the folders' icons, which it may show
};
using StylePointer = std::shared_ptr<const ServedStyle>;

/// All styles at one moment, frozen.
class StyleList {
public:
    StyleList() = default;
    /// Of two with one id the first holds.
    StyleList(std::vector<StylePointer> styles, std::vector<workspace::Problem> problems);

    /// Null when there is none.
    StylePointer find(std::string_view id) const;
    /// Sorted by id.
    const std::vector<StylePointer>& styles() const noexcept { return styles_; }
    /// Files that are no style that can be served.
    const std::vector<workspace::Problem>& problems() const noexcept { return problems_; }

private:
    std::vector<StylePointer> styles_;
    std::vector<workspace::Problem> problems_;
};

/// A style with all that stands against serving it.
/// Errors: bad_request for an id of other characters; for a text with faults, each with its place,
///         line and mend; for addresses of files, which a server never reads for a style.
Result<ServedStyle> read_served_style(std::string_view id, std::string_view text);

/// For any thread.
class StyleShelf {
public:
    /// `folders`: of ID.json files, which need not exist; the first to have an id holds it. Their
    /// `icons` are pictures that every style may name.
    /// `level`: of what problems speak of.
    StyleShelf(std::vector<std::filesystem::path> folders, Sensitivity level, ops::Log& log);

    std::shared_ptr<const StyleList> current() const;
    /// Reads again what has changed since the last look: names, sizes and times of files are asked,
    /// so that a look costs little.
    void look();

private:
    struct Known {
        workspace::FileStamp stamp;
        StylePointer style;  ///< null: it is broken
        std::string problem;
        bool operator==(const Known&) const = default;
    };
    using Files = std::map<std::filesystem::path, Known>;

    Files found_files() const;
    Known known_of(const std::filesystem::path& file,
                   const workspace::FileStamp& stamp,
                   std::size_t room) const;
    std::string icons_version() const;
    StylePointer with_icons(const StylePointer& style) const;
    void tell_new(const std::vector<workspace::Problem>& problems) const;
    void publish();

    std::vector<std::filesystem::path> folders_;
    Sensitivity level_;
    ops::Log& log_;
    std::mutex looking_;  ///< one look at a time
    Files files_;         ///< of the last look
    std::string icons_;   ///< likewise
    std::vector<StylePointer> shipped_;
    mutable std::mutex mutex_;
    std::shared_ptr<const StyleList> current_;
};

}  // namespace relief::service
