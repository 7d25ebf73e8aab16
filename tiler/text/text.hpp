#pragma once
// Words to shaped, positioned glyph pixels, in any script.

#include "tiler/core/picture.hpp"
#include "tiler/core/result.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace relief::text {

/// Fonts of this machine (fontconfig, Noto first), opened once, used by any thread.
class Fonts {
public:
    /// Errors: source_broken when the machine has no usable font.
    static Result<Fonts> open();

    struct Library;
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
/// glyphs. Units:  `pixels` is the em size, 4 to 200. Errors: none; a glyph that no font has is the
/// font's own "missing" box. At most 500 code points are drawn.
Line draw_line(const Fonts& fonts, std::string_view utf8, double pixels);

}  // namespace relief::text
