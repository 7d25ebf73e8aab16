#include "tiler/workspace/source_roots.hpp"

#include <algorithm>
#include <filesystem>

namespace relief::workspace {

std::optional<std::string> check_source_root(std::string_view value) {
    if (names_database(value)) {
        const auto root = DatabaseAddress::make(value);
        return root ? std::nullopt : std::optional(root.error().what);
    }
    if (looks_remote(value)) {
        const auto root = RemoteAddress::make_root(value);
        return root ? std::nullopt : std::optional(root.error().what);
    }
    const std::filesystem::path folder(value);
    const bool dotted = std::any_of(
        folder.begin(), folder.end(), [](const auto& part) { return part == "." || part == ".."; });
    if (folder.is_absolute() && !dotted) return std::nullopt;
    return "allowed: an absolute folder, or an address such as https://data.example.org/cogs/, "
           "s3://bucket/prefix/ or postgresql://db.example.org/crisis";
}

Result<RemoteAddress> allowed_address(const std::vector<std::string>& roots,
                                      std::string_view text) {
    auto address = RemoteAddress::make(text);
    if (!address) return address;
    const bool allowed = std::any_of(roots.begin(), roots.end(), [&](const std::string& root) {
        const auto place = RemoteAddress::make_root(root);
        return place && address->stands_under(*place);
    });
    if (allowed) return address;
    return bad_request("\"" + address->folder() +
                       "\" is not among the places that layers may refer to; the configuration's "
                       "key `sources` allows it, for instance sources: [" +
                       address->folder() + "]");
}

Result<TableAddress> allowed_table(const std::vector<std::string>& roots, std::string_view text) {
    auto address = TableAddress::make(text);
    if (!address) return address;
    const bool allowed = std::any_of(roots.begin(), roots.end(), [&](const std::string& root) {
        const auto place = names_database(root) ? DatabaseAddress::make(root)
                                                : Result<DatabaseAddress>(bad_request(""));
        return place && address->database.stands_under(*place);
    });
    if (allowed) return address;
    DatabaseAddress root = address->database;
    root.user.clear();
    root.sslmode.clear();
    return bad_request(
        "the database is not among the places that layers may refer to; the "
        "configuration's key `sources` allows it, for instance sources: [\"" +
        root.text() + "\"]");
}

}  // namespace relief::workspace
