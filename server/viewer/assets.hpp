#pragma once
// The web viewer and the documentation pages, carried inside the program.

#include <span>
#include <string_view>

namespace relief::viewer {

struct Asset {
    std::string_view path;        ///< as in a request: "/", "/docs", "/assets/index-3fa2.js"
    std::string_view media_type;  ///< with charset where it is text
    std::span<const unsigned char> bytes;
    bool immutable = false;  ///< the name holds a hash of the content: may be kept for ever
};

/// Shape: every file of the build, sorted by path, each path once; "/" and "/docs" are among them.
///        The bytes live as long as the program.
std::span<const Asset> assets();

}  // namespace relief::viewer
