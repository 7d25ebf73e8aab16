#pragma once
// The machine's fonts in order of preference, opened when first needed.

#include "tiler/core/result.hpp"
#include "tiler/text/text.hpp"

#include <fontconfig/fontconfig.h>
#include <ft2build.h>
#include FT_FREETYPE_H
#include <hb.h>

#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace relief::text {

template <auto release>
struct Release {
    template <typename Held>
    void operator()(Held* held) const noexcept {
        release(held);
    }
};

using OwnedCharSet = std::unique_ptr<FcCharSet, Release<FcCharSetDestroy>>;
using OwnedFace = std::unique_ptr<FT_FaceRec, Release<FT_Done_Face>>;
using OwnedFreeType = std::unique_ptr<FT_LibraryRec_, Release<FT_Done_FreeType>>;
using OwnedFont = std::unique_ptr<hb_font_t, Release<hb_font_destroy>>;

/// A font as fontconfig tells of it, before anything is opened.
struct FontEntry {
    std::string path;
    int index = 0;  ///< within a collection
    OwnedCharSet characters;
    std::vector<std::string> names{};  ///< as styles ask for it: "Noto Sans Bold"

    bool covers(char32_t character) const noexcept {
        return FcCharSetHasChar(characters.get(), character) == FcTrue;
    }
};

/// A font ready to shape and draw at the size last asked for.
struct OpenFont {
    OwnedFace face;
    OwnedFont shaper;
};

/// FreeType faces belong to one thread at a time, so they are reached only through a Lease.
class Fonts::Library {
public:
    Library(OwnedFreeType freetype, std::vector<FontEntry> entries)
        : freetype_(std::move(freetype)), entries_(std::move(entries)), opened_(entries_.size()) {}

    /// The font of the name, however its letters and spaces are written; nothing when there is
    /// none.
    std::optional<std::size_t> place_of(std::string_view name) const;

    /// Holds the library for one thread and sets every font to one size.
    class Lease {
    public:
        Lease(const Library& library, double pixels)
            : lock_(library.mutex_), library_(library), pixels_(pixels) {}

        /// Place of the font that has the character: `preferred` before all others; 0 (whose
        /// "missing" box it shows) if none.
        std::size_t font_for(char32_t character,
                             std::optional<std::size_t> preferred) const noexcept;
        bool covers(std::size_t font, char32_t character) const noexcept {
            return library_.entries_[font].covers(character);
        }
        /// The font at the lease's size; null when its file cannot be read any more.
        const OpenFont* font(std::size_t place) const;
        /// Units: 1/64 pixel.
        int em() const noexcept { return static_cast<int>(pixels_ * 64); }

    private:
        std::lock_guard<std::mutex> lock_;
        const Library& library_;
        double pixels_;
    };

private:
    mutable std::mutex mutex_;
    OwnedFreeType freetype_;
    std::vector<FontEntry> entries_;
    mutable std::vector<OpenFont> opened_;  ///< declared last: faces end before FreeType does
};

/// The fonts of this machine, best first: upright regular Noto Sans of every script, then other
/// Noto, then the rest in fontconfig's own order.
std::vector<FontEntry> installed_fonts();

}  // namespace relief::text
