// Who may include whom: rooms open one way only, and each library is known in few of them.

#include "tests/architecture/repository.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <optional>
#include <regex>
#include <set>
#include <string>
#include <vector>

namespace relief::architecture {
namespace {

struct Room {
    std::set<std::string> rooms;         ///< that it may see besides itself
    std::vector<std::string> libraries;  ///< beginnings of include paths, besides the standard's
};

using Words = std::vector<std::string>;
const Words gdal{"gdal", "ogr", "cpl_"};
const Words posix{"arpa/",
                  "dirent.h",
                  "fcntl.h",
                  "glob.h",
                  "linux/",
                  "netdb.h",
                  "netinet/",
                  "poll.h",
                  "signal.h",
                  "sys/",
                  "termios.h",
                  "unistd.h",
                  "pthread.h",
                  "sched.h",
                  "spawn.h"};

Words operator+(Words left, const Words& right) {
    left.insert(left.end(), right.begin(), right.end());
    return left;
}

const std::set<std::string> tiler{"core",       "geo",     "source",  "style",     "expression",
                                  "stylesheet", "text",    "canvas",  "render",    "decode",
                                  "symbology",  "glyphs",  "sprites", "atlas",     "encode",
                                  "vector",     "postgis", "query",   "workspace", "ingest",
                                  "pipeline",   "archive", "report",  "shown",     "alert"};
const std::set<std::string> all{
    "core",    "geo",    "source",    "style",  "expression", "stylesheet", "text",   "canvas",
    "render",  "decode", "symbology", "glyphs", "sprites",    "atlas",      "encode", "vector",
    "postgis", "query",  "workspace", "ingest", "http",       "cache",      "access", "service",
    "route",   "ops",    "command",   "viewer", "pipeline",   "archive",    "report", "exact",
    "shown",   "alert",  "intake",    "oidc"};

std::set<std::string> operator|(std::set<std::string> left, const std::set<std::string>& right) {
    left.insert(right.begin(), right.end());
    return left;
}

const std::map<std::string, Room> house{
    {"core", {{}, {}}},
    {"geo", {{"core"}, {"proj.h", "boost/geometry/"}}},
    // Remote files come over libcurl, which alone knows their redirects, versions and deadlines.
    {"source", {{"core", "geo"}, Words{"curl/"} + gdal + posix}},
    {"style", {{"core"}, {"nlohmann/"}}},
    {"expression", {{"core"}, {"nlohmann/", "unicode/"}}},
    {"stylesheet", {{"core", "expression"}, {"nlohmann/"}}},
    {"text", {{"core"}, {"hb", "ft2build.h", "freetype/", "unicode/", "fontconfig/"}}},
    // Pure drawing: shapes and images to pixels, knowing nothing of maps.
    {"canvas", {{"core"}, {}}},
    {"render", {{"core", "style", "text"}, {}}},
    // A style's layers over features and images: pure, as render is over values.
    {"symbology", {{"core", "expression", "stylesheet", "text", "canvas"}, {}}},
    // Files of others to what is drawn; the only room that knows their formats.
    {"decode", {{"core", "canvas"}, {"png.h", "turbojpeg.h", "webp/", "protozero/"}}},
    // Letters as browsers draw them: fields of distances, 256 to a file.
    {"glyphs", {{"core", "canvas", "text"}, {"protozero/"}}},
    // SVG to the sheets that styles take their pictures from.
    {"sprites", {{"core", "canvas", "encode"}, {"librsvg/", "cairo.h", "nlohmann/"}}},
    // What a style's sources hold, tile by tile: files, GeoJSON, layers of the house.
    {"atlas",
     {{"core", "expression", "stylesheet", "text", "canvas", "decode", "symbology"},
      {"nlohmann/"}}},
    {"encode", {{"core"}, {"png.h", "webp/", "turbojpeg.h", "libdeflate.h", "protozero/"}}},
    // The index of features: made from shapes, read from memory that the file is mapped into.
    {"vector", {{"core"}, Words{"xxhash.h"} + posix}},
    // Tables of PostgreSQL, whose rows are asked for window by window, by what a query says in SQL;
    // alone knows its library.
    {"postgis", {{"core", "vector", "query"}, Words{"libpq-fe.h"} + posix}},
    // What a request asks of features: CQL2, or the filters of styles.
    {"query", {{"core", "expression"}, {"nlohmann/"}}},
    // Reports as values: read in every shape, checked, coarsened. No files, no stores.
    {"report", {{"core", "geo"}, {"nlohmann/", "expat.h", "unicode/", "xxhash.h"}}},
    {"workspace", {{"core", "geo", "style"}, Words{"sqlite3.h", "nlohmann/", "yaml-cpp/"} + posix}},
    // The overview of a mosaic is drawn from its scenes by the way that tiles are.
    {"ingest",
     {{"core", "geo", "source", "style", "vector", "postgis", "workspace", "pipeline"},
      Words{"nlohmann/", "openssl/", "seccomp.h"} + gdal + posix}},
    // Reports as they were sent. Nothing that draws, counts or lists for the public may know it.
    {"exact",
     {{"core", "report", "workspace"}, Words{"sqlite3.h", "nlohmann/", "sodium.h"} + posix}},
    // Warnings that were published for everyone, and the documents made of them.
    {"alert", {{"core", "report", "workspace"}, {"nlohmann/", "xxhash.h"}}},
    // What everyone may know of them: kept apart, and never led back.
    {"shown", {{"core", "report", "workspace"}, {"nlohmann/"}}},
    {"pipeline",
     {{"core",
       "geo",
       "source",
       "style",
       "text",
       "render",
       "encode",
       "vector",
       "postgis",
       "query",
       "report",
       "shown",
       "workspace"},
      {}}},
    // Packages are files of SQLite, and folders whose files get their names in one step.
    {"archive",
     {{"core", "geo", "source", "style", "encode", "workspace", "pipeline"},
      Words{"sqlite3.h", "nlohmann/", "xxhash.h"} + posix}},
    {"http",
     {{"core"},
      Words{"boost/",
            "openssl/",
            "nlohmann/",
            "uriparser/",
            "zlib.h",
            "brotli/",
            "zstd.h",
            "libdeflate.h"} +
          posix}},
    {"cache", {{"core"}, Words{"xxhash.h"} + posix}},
    // The key for tokens of maps is a file that only its owner may read.
    {"access", {{"core", "workspace"}, Words{"openssl/", "sodium.h", "nlohmann/"} + posix}},
    // Asks an identity provider: it and the source of remote files alone go out to other machines.
    {"oidc", {{"core", "workspace", "access", "ops"}, {"curl/", "openssl/", "nlohmann/"}}},
    // Reports on their way in, and what moderators do to them.
    {"intake",
     {{"core",
       "canvas",
       "decode",
       "encode",
       "report",
       "exact",
       "shown",
       "workspace",
       "ingest",
       "access",
       "ops"},
      Words{"nlohmann/", "sodium.h"} + posix}},
    {"ops", {{"core"}, Words{"spdlog/", "prometheus/"} + posix}},
    {"viewer", {{"core"}, {}}},
    {"service",
     {tiler | std::set<std::string>{"cache", "access", "ops", "oidc"}, Words{"nlohmann/"} + posix}},
    // Beside the service it asks, a route sees values only: no source, no pipeline, no ingest.
    {"route",
     {{"core",
       "geo",
       "style",
       "text",
       "render",
       "symbology",
       "atlas",
       "encode",
       "workspace",
       "query",
       "report",
       "shown",
       "alert",
       "http",
       "access",
       "intake",
       "service",
       "ops",
       "viewer"},
      {"nlohmann/"}}},
    {"command", {all | std::set<std::string>{"version.hpp"}, Words{"CLI/", "nlohmann/"} + posix}},
    {"main.cpp", {{"command"}, {}}},
    {"version.hpp", {{}, {}}},
};

bool is_standard(const std::string& include) {
    return include.find_first_of("./") == std::string::npos;
}

/// The room of a repository-rooted include such as "tiler/core/grid.hpp".
std::optional<std::string> room_of(const std::string& path) {
    static const std::regex shape("(tiler|server)/([a-z.]+)(/.*)?");
    std::smatch parts;
    if (!std::regex_match(path, parts, shape)) return std::nullopt;
    return parts[2].str();
}

bool may_include(const std::string& room, char opening, const std::string& include) {
    const auto& allowed = house.at(room);
    if (opening == '"') {
        const auto other = room_of(include);
        return other && (*other == room || allowed.rooms.contains(*other));
    }
    return is_standard(include) ||
           std::any_of(allowed.libraries.begin(),
                       allowed.libraries.end(),
                       [&](const std::string& library) { return include.starts_with(library); });
}

void check_includes(const std::filesystem::path& file, const std::string& room) {
    static const std::regex include(R"(\s*#\s*include\s*([<"])([^>"]+)[>"].*)");
    std::smatch parts;
    for (const auto& line : lines_of(file)) {
        if (!std::regex_match(line, parts, include)) continue;
        EXPECT_TRUE(may_include(room, *parts[1].first, parts[2].str()))
            << name_in_repository(file) << " may not include " << parts[2].str();
    }
}

TEST(Rooms, IncludeOnlyWhatTheTableAllows) {
    std::size_t seen = 0;
    for (const auto* const floor : {"tiler", "server"}) {
        for (const auto& file : files_below(floor)) {
            if (!is_cpp(file)) continue;
            const auto room = room_of(name_in_repository(file));
            ASSERT_TRUE(room && house.contains(*room))
                << name_in_repository(file) << " lies in no room of the table";
            check_includes(file, *room);
            ++seen;
        }
    }
    EXPECT_GT(seen, 40U) << "the sources were not found";
}

TEST(Rooms, OpenOneWayOnly) {
    for (const auto& [name, room] : house) {
        for (const auto& other : room.rooms) {
            if (other == name || !house.contains(name) || name == "main.cpp") continue;
            EXPECT_TRUE(name == "command" || !house.at(other).rooms.contains(name))
                << name << " and " << other << " see each other";
        }
    }
}

}  // namespace
}  // namespace relief::architecture
