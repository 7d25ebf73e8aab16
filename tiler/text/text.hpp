#pragma once
// Words to shaped, positioned glyph pixels, in any script.

#include "tiler/core/boxes.hpp"
#include "tiler/core/result.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace relief::text {

/// Fonts of this machine (fontconfig, Noto Sans first), opened once, used by any thread. Copies
/// share the fonts.
class Fonts {
public:
    /// Errors: source_broken when the machine has no usable font.
    static Result<Fonts> open();

    class Library;
    const Library& library() const noexcept { return *library_; }

private:
    explicit Fonts(std::shared_ptr<const Library> library) : library_(std::move(library)) {}
    std::shared_ptr<const Library> library_;
};

/// One line of text as coverage, 0 to 255 a pixel, row by row.
struct Line {
    PixelSize size;
    int baseline = 0;  ///< row of the baseline from the top
    std::vector<std::uint8_t> coverage;
};

/// Shapes (HarfBuzz) and orders (ICU bidi) one line, falling back over the fonts for missing
/// glyphs.
/// Shape:  as high as the fonts' ascent and descent at least; width 0 for an empty text.
/// Units:  `pixels` is the em size, held within 4 to 200.
/// Errors: none; a glyph that no font has is the font's own "missing" box, bytes that are no UTF-8
///         show U+FFFD, control characters a blank. At most 500 code points are drawn.
Line draw_line(const Fonts& fonts, std::string_view utf8, double pixels);

/// The text as draw_line() draws it: well-formed UTF-8 without control characters, at most 500 code
/// points; safe to stand in XML once it is escaped.
std::string printable(std::string_view utf8);

/// As no language in particular writes it (ICU, the root locale).
std::string in_upper_case(std::string_view utf8);
std::string in_lower_case(std::string_view utf8);

/// Whether it has a letter of a script that is written in columns too: Han, Kana, Hangul, Bopomofo,
/// Yi.
bool may_stand_in_a_column(std::string_view utf8);

/// Whether the first letter with a direction runs from right to left (UAX #9, rule P2).
bool is_right_to_left(std::string_view utf8);

}  // namespace relief::text
