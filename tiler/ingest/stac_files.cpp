#include "tiler/ingest/stac.hpp"
#include "tiler/workspace/source_roots.hpp"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <iterator>
#include <system_error>

namespace relief::ingest {
namespace {

namespace fs = std::filesystem;

/// "%20" and the like (RFC 3986, 2.1); what is no such triple stays.
std::string decoded(std::string_view text) {
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        unsigned value = 0;
        const bool triple = text[i] == '%' && i + 2 < text.size();
        const char* first = text.data() + i + 1;
        if (triple && std::from_chars(first, first + 2, value, 16).ptr == first + 2 && value != 0) {
            result.push_back(static_cast<char>(value));
            i += 2;
        } else {
            result.push_back(text[i]);
        }
    }
    return result;
}

bool lies_in(const fs::path& file, const fs::path& folder) {
    const fs::path relative = file.lexically_relative(folder);
    return !relative.empty() && *relative.begin() != ".." && *relative.begin() != ".";
}

Error remote(const std::string& href, const std::vector<std::string>& roots) {
    if (workspace::allowed_address(roots, href))
        return bad_request(
            "its asset lies at a remote address; scenes of a mosaic are kept in the workspace: "
            "download it beside the document and make its href relative");
    return bad_request(
        "its asset lies at a remote address that the configuration's `sources` does not name");
}

/// Where an item's file lies.
class Finder {
public:
    Finder(const fs::path& document, const std::vector<std::string>& roots) : roots_(roots) {
        std::error_code error;
        folder_ = fs::weakly_canonical(fs::absolute(document), error).parent_path();
        allowed_.push_back(folder_);
        for (const std::string& root : roots) {
            if (root.find("://") == std::string::npos)
                allowed_.push_back(fs::weakly_canonical(root, error));
        }
    }

    Result<fs::path> find(const std::string& href) const {
        constexpr std::string_view local = "file://";
        const bool is_local = href.starts_with(local);
        if (!is_local && href.find("://") != std::string::npos) return remote(href, roots_);
        const std::string path = decoded(is_local ? href.substr(local.size()) : href);
        std::error_code error;
        // Links are followed first: what counts is where the file really is.
        fs::path file = fs::weakly_canonical(folder_ / path, error);
        const bool inside = std::any_of(allowed_.begin(), allowed_.end(), [&](const auto& folder) {
            return lies_in(file, folder);
        });
        if (error || !inside)
            return bad_request(
                "its asset lies outside the document's folder, and the configuration's `sources` "
                "does not name that place");
        if (!fs::is_regular_file(file, error)) return not_found("its asset's file is not there");
        return file;
    }

private:
    const std::vector<std::string>& roots_;
    fs::path folder_;
    std::vector<fs::path> allowed_;
};

Result<std::string> text_of(const fs::path& file) {
    std::error_code error;
    if (!fs::is_regular_file(file, error)) return not_found("there is no such file");
    if (fs::file_size(file, error) > stac_longest || error)
        return bad_request("the document is larger than 128 MB; divide it");
    std::ifstream stream(file, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(stream), {}};
    if (stream.bad()) return source_broken("it cannot be read");
    return text;
}

}  // namespace

Result<ItemFiles> read_items(const fs::path& file, const ItemsOrder& order) {
    const auto text = text_of(file);
    if (!text) return text.error();
    auto items = parse_items(*text, order.asset);
    if (!items) return items.error();
    const Finder finder(file, order.roots);
    ItemFiles result{{}, std::move(items->refused)};
    for (StacItem& item : items->items) {
        const auto found = finder.find(item.href);
        if (!found) {
            result.refused.emplace_back(item.name, found.error());
            continue;
        }
        result.scenes.push_back(
            {*found, std::move(item.name), true, item.time, item.cloud, item.priority});
    }
    return result;
}

}  // namespace relief::ingest
