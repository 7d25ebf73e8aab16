#pragma once
// Which letters the bytes of a table are.

#include "tiler/core/result.hpp"
#include "tiler/report/reading.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace relief::report {

/// A text in UTF-8, which lies in the bytes that were given wherever these are in UTF-8 already.
struct DecodedText {
    Encoding encoding = Encoding::utf8;
    std::string_view text;
    std::string converted{};  ///< what `text` looks at where the bytes had to be converted
    bool all_utf8 = true;     ///< false: in UTF-8, but some places are not

    DecodedText() = default;
    DecodedText(const DecodedText&) = delete;
    DecodedText& operator=(const DecodedText&) = delete;
    DecodedText(DecodedText&&) = delete;
    DecodedText& operator=(DecodedText&&) = delete;
    ~DecodedText() = default;
};

/// By a byte order mark, else by the bytes: UTF-16 has zeros in every other place; what is not
/// UTF-8 is Windows-1256 where its letters stand in words of their own, as Arabic does, else
/// Windows-1252. Never a guess by language.
Encoding encoding_shown_by(std::string_view bytes);

/// Errors: bad_request for bytes that are not in the encoding asked for, or too many to convert.
Result<void> decode(std::string_view bytes, std::optional<Encoding> wished, DecodedText& decoded);

}  // namespace relief::report
