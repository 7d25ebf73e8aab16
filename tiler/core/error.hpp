#pragma once
// A failure as a value: what the caller may know, and what only the log may know.

#include <cstdint>
#include <string>
#include <utility>

namespace relief {

/// The kinds of failure some caller treats differently; add one only together with that caller.
enum class Fault : std::uint8_t {
    bad_request,        ///< a value that cannot be understood or is not allowed
    not_found,          ///< no such layer, tile, address
    not_acceptable,     ///< a format that exists, but not for this resource
    unsupported_media,  ///< a body of a type that is not read here
    too_large,          ///< a body, picture or list over its limit
    source_broken,      ///< the layer's own file cannot be read
    too_busy,           ///< queue full: try again
    out_of_time,        ///< the deadline passed, or the client has gone
    conflict,           ///< the name is taken or reserved
    unknown_asker,      ///< a token that opens nothing
    not_allowed,        ///< the asker lacks the duty for it
};

struct Error {
    Fault fault;
    std::string what;      ///< for the caller: what was asked, what would be accepted; never a path
    std::string detail{};  ///< for the log: file, band, the library's own words
};

inline Error bad_request(std::string what, std::string detail = {}) {
    return {Fault::bad_request, std::move(what), std::move(detail)};
}
inline Error not_found(std::string what, std::string detail = {}) {
    return {Fault::not_found, std::move(what), std::move(detail)};
}
inline Error source_broken(std::string what, std::string detail = {}) {
    return {Fault::source_broken, std::move(what), std::move(detail)};
}

}  // namespace relief
