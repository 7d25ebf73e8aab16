#include "tiler/workspace/view_sources.hpp"

#include "tiler/workspace/file_names.hpp"
#include "tiler/workspace/view_document.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>
#include <system_error>

namespace relief::workspace {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t longest_view = std::uintmax_t{64} << 20U;
constexpr int deepest_view = 3;
constexpr std::streamsize head_of_file = 1024;

std::string head_of_source(const fs::path& file) {
    std::string head(head_of_file, '\0');
    std::ifstream stream(file, std::ios::binary);
    stream.read(head.data(), head_of_file);
    head.resize(static_cast<std::size_t>(stream.gcount()));
    return head;
}

/// All sources of a view, and of the views among them.
class SourceWalk {
public:
    explicit SourceWalk(std::vector<fs::path> allowed) : allowed_(std::move(allowed)) {}

    Result<void> walk(const fs::path& view, int depth) {
        if (depth > deepest_view)
            return bad_request("it is a view of views, more than " + std::to_string(deepest_view) +
                               " deep");
        std::error_code error;
        if (fs::file_size(view, error) > longest_view || error)
            return bad_request("it is a view whose document is larger than 64 MB");
        std::ifstream stream(view, std::ios::binary);
        const std::string document{std::istreambuf_iterator<char>(stream), {}};
        const auto named = sources_in_document(document);
        if (!named) return named.error();
        for (const NamedSource& source : *named) {
            if (auto taken = take(view, source, depth); !taken) return taken;
        }
        return {};
    }
    std::vector<std::string> found() const { return {found_.begin(), found_.end()}; }

private:
    Result<void> take(const fs::path& view, const NamedSource& source, int depth) {
        const std::string name = fs::path(source.name).filename().string();
        if (source.name.find("://") != std::string::npos || source.name.starts_with("/vsi"))
            return bad_request("its source \"" + name +
                               "\" is an address or archive; a view here shows plain files");
        std::error_code error;
        const fs::path written =
            source.relative ? view.parent_path() / source.name : fs::path(source.name);
        if (!written.is_absolute())
            return bad_request("its source \"" + name +
                               "\" is named from the folder where a program was started; name it "
                               "relative to the view (relativeToVRT=\"1\") or absolute");
        const fs::path file = fs::canonical(written, error);
        if (error)
            return not_found("its source \"" + name + "\" is not there (or is no plain file)");
        if (!is_allowed(file))
            return bad_request("its source \"" + name +
                               "\" lies neither in the view's folder nor in one that the "
                               "configuration's `sources` names");
        if (!fs::is_regular_file(file, error))
            return bad_request("its source \"" + name + "\" is no plain file");
        if (!found_.insert(file.string()).second || !begins_as_view(head_of_source(file)))
            return {};
        return walk(file, depth + 1);
    }
    bool is_allowed(const fs::path& file) const {
        return std::any_of(allowed_.begin(), allowed_.end(), [&](const fs::path& folder) {
            const auto [in_folder, in_file] =
                std::mismatch(folder.begin(), folder.end(), file.begin(), file.end());
            return in_folder == folder.end();
        });
    }

    std::vector<fs::path> allowed_;
    std::set<std::string> found_;
};

}  // namespace

bool is_view_name(std::string_view name) {
    return extension_of(name) == "vrt";
}

std::vector<std::string> source_roots(const Configuration& configuration) {
    return configuration.sources;
}

Result<std::vector<std::string>> view_sources(const fs::path& view,
                                              const std::vector<std::string>& roots) {
    std::error_code error;
    const fs::path own = fs::canonical(view, error);
    if (error) return not_found("there is no such file");
    std::vector<fs::path> allowed{own.parent_path()};
    for (const std::string& root : roots) {
        if (root.find("://") != std::string::npos) continue;
        const fs::path folder = fs::canonical(root, error);
        if (!error) allowed.push_back(folder);
    }
    SourceWalk walk(std::move(allowed));
    if (auto walked = walk.walk(own, 1); !walked) return walked.error();
    return walk.found();
}

}  // namespace relief::workspace
