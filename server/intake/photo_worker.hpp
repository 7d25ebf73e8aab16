#pragma once
// The child process that opens photos, and what it makes of them.

#include "tiler/core/bytes.hpp"
#include "tiler/core/result.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace relief::intake {

/// The hidden verb of the program under which the child runs.
inline constexpr const char* photo_verb = "worker-photo";

struct CleanPhoto {
    Bytes photo;      ///< JPEG, no side above 2048 pixels, upright, pixels alone
    Bytes thumbnail;  ///< the same, no side above 320
};

/// Reads a photo in base64 from standard input, line by line; answers each with {"photo",
/// "thumbnail"} in base64 or {"error"}. Opens no file at all. Gives the exit status.
int run_photo_worker();

/// What the child does: nothing of the file is kept but what it shows.
/// Errors: bad_request for what is no PNG, JPEG or WebP, too_large above 50 million pixels.
Result<CleanPhoto> clean_photo(std::span<const std::uint8_t> file);

/// The same in a child of its own, started as `program`. Errors: as above; bad_request for a photo
/// that the child does not survive.
Result<CleanPhoto> clean_photo_apart(const std::string& program, std::string_view file);

}  // namespace relief::intake
